/// Eight bytes that stand for an enterprise and its models, to count how often the same come again among some
/// millions: two different ones share a mark once in a million files.
struct ModelsMark {
    private var state: UInt64

    init(enterprise: Int) { state = (0xCBF2_9CE4_8422_2325 ^ UInt64(enterprise)) &* 0x100_0000_01B3 }

    init(enterprise: Int, models: [String]) {
        self.init(enterprise: enterprise)
        for var model in models { model.withUTF8 { add(UnsafeRawBufferPointer($0)) } }
    }

    // FNV-1a, finished so that every bit counts.
    mutating func add(_ model: UnsafeRawBufferPointer) {
        for byte in model { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = (state ^ 0xFF) &* 0x100_0000_01B3
    }

    var value: UInt64 { (state ^ state >> 32) &* 0x9E37_79B9_7F4A_7C15 }
}
