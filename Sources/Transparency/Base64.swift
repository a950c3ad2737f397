/// RFC 4648, section 4, with padding; each value has one text.
enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    static func text(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let group = rest.prefix(3)
            rest = rest.dropFirst(3)
            let bits = (0..<3).reduce(UInt32(0)) { sum, place in
                sum << 8 | (place < group.count ? UInt32(group[group.startIndex + place]) : 0)
            }
            for place in 0..<4 {
                let digit = digits[Int(bits >> UInt32(18 - 6 * place)) & 63]
                text.append(place <= group.count ? digit : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for anything but the text that `text` gives: signed lines must not have two spellings.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let given = Array(text.utf8)
        guard given.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        var (bits, bitCount) = (UInt32(0), 0)
        for digit in given.prefix(while: { $0 != padding }) {
            guard let value = digits.firstIndex(of: digit) else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFFFF
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        return Array(Self.text(bytes).utf8) == given ? bytes : nil
    }
}
