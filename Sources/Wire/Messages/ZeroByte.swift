extension UnsafeBufferPointer<UInt8> {
    /// Whether a byte is zero, looked for in eight at a time: `contains` looks at each by itself, and every
    /// text is searched on its way in and out.
    var containsZero: Bool {
        let bytes = UnsafeRawBufferPointer(self)
        guard bytes.count >= 8 else { return contains(0) }
        var offset = 0
        while offset + 8 <= bytes.count {
            if bytes.wordContainsZero(at: offset) { return true }
            offset += 8
        }
        // The last eight, some of them once more.
        return bytes.wordContainsZero(at: bytes.count - 8)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func wordContainsZero(at offset: Int) -> Bool {
        let word = loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        // A byte's high bit is set by borrowing from it when it is zero, and was not set before.
        return (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
    }
}
