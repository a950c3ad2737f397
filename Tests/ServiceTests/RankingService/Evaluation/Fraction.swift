import Regulation

/// An exact fraction in lowest terms, for numbers small enough that Int128 never overflows; it traps where it
/// would.
struct Fraction: Comparable, ExpressibleByIntegerLiteral {
    private let numerator: Int128
    private let denominator: Int128

    init(_ numerator: Int128, over denominator: Int128) {
        var (left, right) = (numerator.magnitude, denominator.magnitude)
        while right != 0 { (left, right) = (right, left % right) }
        let divisor = Int128(left) * (denominator < 0 ? -1 : 1)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    init(_ integer: Int) { self.init(Int128(integer), over: 1) }
    init(integerLiteral integer: Int) { self.init(integer) }
    init(_ decimal: ExactDecimal) { self.init(text: decimal.description) }

    /// Of a decimal as it is printed.
    init(text: String) {
        let parts = text.split(separator: ".")
        let digits = parts.joined()
        let fraction = parts.count > 1 ? parts[1].count : 0
        var denominator: Int128 = 1
        for _ in 0..<fraction { denominator *= 10 }
        self.init(Int128(digits) ?? 0, over: denominator)
    }

    static prefix func - (value: Fraction) -> Fraction { Fraction(-value.numerator, over: value.denominator) }

    static func + (left: Fraction, right: Fraction) -> Fraction {
        Fraction(
            left.numerator * right.denominator + right.numerator * left.denominator,
            over: left.denominator * right.denominator)
    }

    static func - (left: Fraction, right: Fraction) -> Fraction { left + -right }

    static func * (left: Fraction, right: Fraction) -> Fraction {
        let one = Fraction(left.numerator, over: right.denominator)
        let other = Fraction(right.numerator, over: left.denominator)
        return Fraction(one.numerator * other.numerator, over: one.denominator * other.denominator)
    }

    static func / (left: Fraction, right: Fraction) -> Fraction {
        left * Fraction(right.denominator, over: right.numerator)
    }

    static func < (left: Fraction, right: Fraction) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }

    /// To four decimals; not below zero.
    var roundedHalfEven: Fraction {
        let scaled = self * 10_000
        let floor = scaled.numerator / scaled.denominator
        let twice = (scaled - Fraction(floor, over: 1)) * 2
        let goesUp = twice > 1 || (twice == 1 && floor % 2 == 1)
        return Fraction(goesUp ? floor + 1 : floor, over: 10_000)
    }

    /// With four digits behind the point; exact after `roundedHalfEven`.
    var fourDecimals: String {
        let scaled = self * 10_000
        let digits = String(scaled.numerator)
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return padded.dropLast(4) + "." + padded.suffix(4)
    }
}
