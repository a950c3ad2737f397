/// RFC 4648 in its two alphabets; each value has one text.
package enum Base64 {
    /// How a text spells values 62 and 63, and whether it is filled up to whole groups.
    package enum Form: Sendable {
        /// Section 4, with padding: notes, checkpoints, keys.
        case standard
        /// Section 5, without padding: JSON web tokens.
        case url

        fileprivate var digits: [UInt8] {
            switch self {
            case .standard: Base64.standardDigits
            case .url: Base64.urlDigits
            }
        }

        fileprivate var values: [UInt8] {
            switch self {
            case .standard: Base64.standardValues
            case .url: Base64.urlValues
            }
        }
    }

    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standardDigits = Array((letters + "+/").utf8)
    private static let urlDigits = Array((letters + "-_").utf8)
    private static let standardValues = values(of: standardDigits)
    private static let urlValues = values(of: urlDigits)
    private static let padding = UInt8(ascii: "=")
    /// No digit's value.
    private static let none: UInt8 = 0xFF

    private static func values(of digits: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: none, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }

    package static func text(_ bytes: some Collection<UInt8>, _ form: Form = .standard) -> String {
        let digits = form.digits
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var (bits, bitCount) = (UInt32(0), 0)
        for byte in bytes {
            bits = (bits << 8 | UInt32(byte)) & 0xFFFF
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(digits[Int(bits >> UInt32(bitCount)) & 63])
            }
        }
        if bitCount > 0 { text.append(digits[Int(bits << UInt32(6 - bitCount)) & 63]) }
        if case .standard = form {
            while !text.count.isMultiple(of: 4) { text.append(padding) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for anything but the text that `text` gives: what is signed must not have two spellings.
    package static func bytes(_ text: some StringProtocol, _ form: Form = .standard) -> [UInt8]? {
        bytes(digits: Array(text.utf8)[...], form)
    }

    /// The same of a text's bytes.
    package static func bytes(digits text: ArraySlice<UInt8>, _ form: Form = .standard) -> [UInt8]? {
        var digits = text
        if case .standard = form {
            guard digits.count.isMultiple(of: 4) else { return nil }
            for _ in 0..<2 where digits.last == padding { digits.removeLast() }
        }
        guard digits.count % 4 != 1 else { return nil }
        // All values together: one that is none shows in them.
        var (all, rest) = (UInt8(0), UInt32(0))
        let bytes = [UInt8](unsafeUninitializedCapacity: digits.count * 3 / 4) { bytes, count in
            form.values.withUnsafeBufferPointer { values in
                digits.withUnsafeBufferPointer { digits in
                    func take(_ place: Int, _ bits: UInt32) -> UInt32 {
                        let value = values[Int(digits[place])]
                        all |= value
                        return bits << 6 | UInt32(value & 63)
                    }
                    let wholeEnd = digits.count & ~3
                    for place in stride(from: 0, to: wholeEnd, by: 4) {
                        let bits = take(place + 3, take(place + 2, take(place + 1, take(place, 0))))
                        bytes[count] = UInt8(truncatingIfNeeded: bits >> 16)
                        bytes[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                        bytes[count + 2] = UInt8(truncatingIfNeeded: bits)
                        count += 3
                    }
                    // Two digits are a byte and four bits, three are two bytes and two bits.
                    for place in wholeEnd..<digits.count { rest = take(place, rest) }
                    var bitCount = UInt32(digits.count - wholeEnd) * 6
                    while bitCount >= 8 {
                        bitCount -= 8
                        bytes[count] = UInt8(truncatingIfNeeded: rest >> bitCount)
                        count += 1
                    }
                    rest &= (1 << bitCount) - 1
                }
            }
        }
        // Bits beyond the last byte are zero in what is written.
        return all <= 63 && rest == 0 ? bytes : nil
    }
}
