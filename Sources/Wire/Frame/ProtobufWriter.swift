/// Writes protobuf fields to the end of an array, and says beforehand how long they will be.
enum ProtobufWriter {
    static func byteCount(varint value: UInt64) -> Int {
        (UInt64.bitWidth - (value | 1).leadingZeroBitCount + 6) / 7
    }

    /// Of a length-delimited field with a number below 16: tag, length and content.
    static func byteCount(fieldOf contentByteCount: Int) -> Int {
        1 + byteCount(varint: UInt64(contentByteCount)) + contentByteCount
    }

    static func append(varint value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Tag and value; nothing for zero, which is the default.
    static func append(field number: UInt8, varint value: UInt64, to bytes: inout [UInt8]) {
        guard value != 0 else { return }
        bytes.append(number << 3)
        append(varint: value, to: &bytes)
    }

    /// Tag and length of a length-delimited field whose content follows.
    static func append(field number: UInt8, contentByteCount: Int, to bytes: inout [UInt8]) {
        let tag = number << 3 | 2
        if contentByteCount < 0x80 {
            withUnsafeBytes(of: (tag, UInt8(contentByteCount))) { bytes.append(contentsOf: $0) }
        } else {
            bytes.append(tag)
            append(varint: UInt64(contentByteCount), to: &bytes)
        }
    }

    static func append(field number: UInt8, text: String, to bytes: inout [UInt8]) {
        guard !text.isEmpty else { return }
        append(field: number, contentByteCount: text.utf8.count, to: &bytes)
        let isCopied: Void? = text.utf8.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
        if isCopied == nil { bytes.append(contentsOf: text.utf8) }
    }

    static func append(field number: UInt8, bytes content: [UInt8], to bytes: inout [UInt8]) {
        guard !content.isEmpty else { return }
        append(field: number, contentByteCount: content.count, to: &bytes)
        bytes.append(contentsOf: content)
    }
}
