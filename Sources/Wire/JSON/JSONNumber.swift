/// Integers out of JSON numbers, exactly: "1e3" and "1.50e2" are integers, "1.5" is none.
enum JSONNumber {
    /// Digits beyond this, zeros of an exponent included, cannot be a 64-bit integer.
    private static let digitCountMax = 20

    /// The integer this number is, or nil when it is none or out of the type's range.
    static func integer<Integer: FixedWidthInteger>(_ text: String) -> Integer? {
        var rest = text[...]
        let isNegative = rest.first == "-"
        if isNegative { rest = rest.dropFirst() }
        let parts = rest.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = mantissa[0]
        let fraction = mantissa.count == 2 ? mantissa[1] : ""
        guard isDigits(whole), mantissa.count == 1 || isDigits(fraction) else { return nil }
        var exponent = 0
        if parts.count == 2 {
            // An exponent too long for Int belongs to zero, or to no 64-bit integer.
            let digits = parts[1].drop { $0 == "+" || $0 == "-" }
            guard isDigits(digits), parts[1].count - digits.count <= 1 else { return nil }
            exponent = Int(parts[1]) ?? (parts[1].first == "-" ? -1_000_000 : 1_000_000)
        }
        var digits = String(whole + fraction)
        exponent -= fraction.count
        while digits.last == "0", digits.count > 1 {
            digits.removeLast()
            exponent += 1
        }
        digits = String(digits.drop { $0 == "0" })
        guard !digits.isEmpty else { return 0 }
        guard exponent >= 0, exponent + digits.count <= digitCountMax else { return nil }
        return Integer((isNegative ? "-" : "") + digits + String(repeating: "0", count: exponent))
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }
}
