import Testing

@testable import RankingService

@Suite("Gzip")
struct GzipInflaterTests {
    /// gzip of "hello, hello, hello\n".
    private static let packed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xD7,
        0x51, 0xC8, 0x40, 0xA2, 0xB8, 0x00, 0xE7, 0x42, 0x6E, 0x52, 0x14, 0x00, 0x00, 0x00,
    ]

    /// gzip of 20,000 zero bytes: 370 to one.
    private static let zeros: [UInt8] =
        [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC1, 0x31, 0x01, 0x00, 0x00]
        + [0x00, 0xC2, 0xA0, 0xF5, 0x4F, 0x6D, 0x0D, 0x0F, 0xA0] + [UInt8](repeating: 0, count: 19)
        + [0x78, 0x30, 0x02, 0x53, 0x2F, 0x97, 0x20, 0x4E, 0x00, 0x00]

    private static func inflate(
        _ bytes: [UInt8], pieces size: Int = 7, limits: ImportLimits = ImportLimits()
    ) throws(GzipFlaw) -> String {
        let inflater = try GzipInflater(limits: limits)
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let piece = Array(bytes[start..<min(start + size, bytes.count)])
            try piece.withUnsafeBufferPointer { (bytes: UnsafeBufferPointer<UInt8>) throws(GzipFlaw) in
                try inflater.feed(
                    bytes, take: { (piece: UnsafeBufferPointer<UInt8>) throws(GzipFlaw) in output += piece },
                    refuse: { $0 })
            }
        }
        try inflater.finish()
        return String(decoding: output, as: UTF8.self)
    }

    @Test("pieces of any size, and members one after another, unpack", arguments: [1, 3, 30, 100])
    func members(size: Int) throws {
        let text = try Self.inflate(Self.packed + Self.packed, pieces: size)
        #expect(text == "hello, hello, hello\nhello, hello, hello\n")
    }

    @Test("a file cut off at any byte is refused, and so is one with a wrong byte or with text behind it")
    func damaged() {
        for count in 2..<Self.packed.count {
            #expect(throws: GzipFlaw.truncated(at: count)) { try Self.inflate(Array(Self.packed[..<count])) }
        }
        var flipped = Self.packed
        flipped[22] ^= 1
        #expect(throws: GzipFlaw.self) { try Self.inflate(flipped) }
        #expect(throws: GzipFlaw.self) { try Self.inflate(Self.packed + Array("tail".utf8)) }
    }

    @Test("size and proportion are bounded")
    func bounds() {
        var limits = ImportLimits()
        limits.inflatedByteCountMax = 19
        #expect(throws: GzipFlaw.tooLarge(byteCountMax: 19)) { try Self.inflate(Self.packed, limits: limits) }
        limits = ImportLimits()
        limits.inflationFreeByteCount = 19_999
        #expect(throws: GzipFlaw.bomb(factorMax: 200)) { try Self.inflate(Self.zeros, limits: limits) }
        limits.inflationFreeByteCount = 20_000
        #expect(throws: Never.self) { try Self.inflate(Self.zeros, limits: limits) }
    }

    @Test("a damaged file fails the import as a whole")
    func importFails() throws {
        let profile = try Profile(ImportSamples.message)
        #expect(throws: ImportFailure.gzip(.truncated(at: 20))) {
            try StandardsImport.run(file: "f", bytes: Array(Self.packed[..<20]), profile: profile)
        }
    }
}
