/// Fields that `FieldCleaner` would leave as they are, and that a canonical text takes as they are, told
/// apart by a look at their bytes.
enum PlainText {
    /// Not every such field, but every field of a usual file: printable ASCII without `\`, without blanks at
    /// its ends, and, where entities are decoded, without `&`; Chinese characters; and the full-width and
    /// other signs that are written between them.
    static func isPlain(_ bytes: UnsafeRawBufferPointer, decodesEntities: Bool) -> Bool {
        guard let last = bytes.last else { return true }
        guard bytes[0] != 0x20, last != 0x20 else { return false }
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte < 0x80 {
                if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") { return false }
                if decodesEntities, byte == UInt8(ascii: "&") { return false }
                offset += 1
            } else {
                guard offset + 2 < bytes.count, isKept(byte, bytes[offset + 1], bytes[offset + 2]) else {
                    return false
                }
                offset += 3
            }
        }
        return true
    }

    /// A character of U+4E00 to U+9FFF, U+FF00 to U+FF7F, U+3001 to U+303F, or U+2010 to U+2027.
    private static func isKept(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        guard third & 0xC0 == 0x80 else { return false }
        return switch first {
        case 0xE4: second >= 0xB8 && second <= 0xBF
        case 0xE5...0xE9: second & 0xC0 == 0x80
        case 0xEF: second == 0xBC || second == 0xBD
        case 0xE3: second == 0x80 && third != 0x80
        case 0xE2: second == 0x80 && third >= 0x90 && third <= 0xA7
        default: false
        }
    }

    /// Whether a character of three bytes of UTF-8 stands here, from U+1000 on and no surrogate.
    static func isThreeBytes(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        guard offset + 2 < bytes.count, bytes[offset + 1] & 0xC0 == 0x80, bytes[offset + 2] & 0xC0 == 0x80
        else { return false }
        return switch bytes[offset] {
        case 0xE1...0xEC, 0xEE, 0xEF: true
        default: false
        }
    }
}
