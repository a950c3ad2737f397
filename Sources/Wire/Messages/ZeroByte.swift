extension UnsafeBufferPointer<UInt8> {
    /// Whether a byte is zero, looked for in eight at a time: `contains` looks at each by itself, and every
    /// text is searched on its way in and out.
    var containsZero: Bool {
        let bytes = UnsafeRawBufferPointer(self)
        var offset = 0
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            // A byte's high bit is set by borrowing from it when it is zero, and was not set before.
            if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
            offset += 8
        }
        return self[offset...].contains(0)
    }
}
