enum HalfEven {
    /// `dividend` / `divisor`, neither below zero, rounded to a whole number, a tie to the even one.
    @inline(__always)
    static func quotient<Number: FixedWidthInteger>(_ dividend: Number, _ divisor: Number) -> Number {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        let rest = divisor - remainder
        let roundsUp = remainder > rest || (remainder == rest && quotient & 1 == 1)
        return roundsUp ? quotient + 1 : quotient
    }
}
