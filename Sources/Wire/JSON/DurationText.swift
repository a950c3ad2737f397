/// google.protobuf.Duration as text, as in "1.500s".
enum DurationText {
    /// About ten thousand years either way, as the type says.
    static let secondCountMax: Int64 = 315_576_000_000

    /// The fraction with 0, 3, 6 or 9 digits; nil out of range or with two parts of different sign.
    static func text(seconds: Int64, nanos: Int32) -> String? {
        guard isValid(seconds, nanos) else { return nil }
        let sign = seconds < 0 || nanos < 0 ? "-" : ""
        return sign + String(seconds.magnitude) + Nanos.fraction(nanos < 0 ? -nanos : nanos) + "s"
    }

    static func parse(_ text: String) -> (seconds: Int64, nanos: Int32)? {
        var scan = DigitScan(text)
        let isNegative = scan.take("-")
        guard let whole = scan.number(), let nanos = scan.fraction(), scan.take("s"), scan.isAtEnd,
            isValid(whole, nanos)
        else { return nil }
        return isNegative ? (-whole, -nanos) : (whole, nanos)
    }

    private static func isValid(_ seconds: Int64, _ nanos: Int32) -> Bool {
        guard seconds.magnitude <= secondCountMax, nanos > -Nanos.count, nanos < Nanos.count else {
            return false
        }
        return seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0)
    }
}

/// Nanoseconds as the fraction of a second.
enum Nanos {
    static let count: Int32 = 1_000_000_000
    static let range: ClosedRange<Int32> = 0...(count - 1)

    /// Nothing for 0, else a point and 3, 6 or 9 digits.
    static func fraction(_ nanos: Int32) -> String {
        guard nanos != 0 else { return "" }
        var digits = String(nanos)
        digits = String(repeating: "0", count: 9 - digits.count) + digits
        while digits.hasSuffix("000") { digits.removeLast(3) }
        return "." + digits
    }
}

/// Steps over text of ASCII digits and marks.
struct DigitScan {
    private let text: [UInt8]
    private var offset = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    var isAtEnd: Bool { offset == text.count }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard offset < text.count, text[offset] == UInt8(ascii: mark) else { return false }
        offset += 1
        return true
    }

    /// A number of exactly so many digits.
    mutating func number(digits count: Int) -> Int? {
        guard let number = run(atMost: count), number.digitCount == count else { return nil }
        return Int(number.value)
    }

    /// A number of one digit or more that fits.
    mutating func number() -> Int64? {
        run(atMost: 18).map(\.value)
    }

    /// Nothing, or a point and one to nine digits, as nanoseconds.
    mutating func fraction() -> Int32? {
        guard take(".") else { return 0 }
        guard let number = run(atMost: 9) else { return nil }
        var nanos = Int32(number.value)
        for _ in number.digitCount..<9 { nanos *= 10 }
        return nanos
    }

    /// The digits here; nil when there are none.
    private mutating func run(atMost countMax: Int) -> (value: Int64, digitCount: Int)? {
        var value: Int64 = 0
        var count = 0
        while count < countMax, offset < text.count, (0x30...0x39).contains(text[offset]) {
            value = value * 10 + Int64(text[offset] - 0x30)
            count += 1
            offset += 1
        }
        return count == 0 ? nil : (value, count)
    }
}
