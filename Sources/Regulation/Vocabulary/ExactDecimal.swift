/// A decimal number as it is written: a sign, digits, and how many of them stand behind the point.
///
/// Never binary floating point: 0.1 is one tenth. Equality and order are numeric (1.50 equals 1.5, and they
/// hash alike), because trailing zeros are dropped when the value is made; whoever must keep the written form
/// keeps the text. The value is `significand` / 10^`scale`.
package struct ExactDecimal: Hashable, Sendable {
    package static let significantDigitsMax = 18
    /// Most digits behind the point.
    package static let scaleMax: UInt8 = 14
    package static let zero = ExactDecimal(0)

    package let significand: Int64
    /// 0...14, and 0 for every whole number that is given as one.
    package let scale: UInt8

    package init(_ integer: Int) {
        significand = Int64(integer)
        scale = 0
    }

    /// `significand` / 10^`scale`, with zeros at the end or without; nil where the digits are more than can
    /// be read.
    package init?(significand: Int64, scale: UInt8) {
        guard scale <= Self.scaleMax, significand.magnitude < 1_000_000_000_000_000_000 else { return nil }
        self.init(normalising: significand, scale: scale)
    }

    /// Drops the zeros behind the point that carry no value.
    private init(normalising significand: Int64, scale: UInt8) {
        var significand = significand
        var scale = significand == 0 ? 0 : scale
        while scale > 0, significand.isMultiple(of: 10) {
            significand /= 10
            scale -= 1
        }
        self.significand = significand
        self.scale = scale
    }

    /// Reads `[+-]digits[.digits]`.
    ///
    /// No exponent, no thousands separator, no blank, no bare point, ASCII only. Nil also for more than 18
    /// significant or more than 14 fraction digits, zeros at the end counted, so that no written digit is
    /// ever lost.
    package init?(_ text: some StringProtocol) {
        var isNegative = false
        var significand: Int64 = 0
        var significantCount = 0
        var wholeCount = 0
        var fractionCount: Int?
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0:
                isNegative = true
            case UInt8(ascii: "+") where index == 0:
                break
            case UInt8(ascii: ".") where fractionCount == nil && wholeCount > 0:
                fractionCount = 0
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if fractionCount == nil { wholeCount += 1 }
                fractionCount = fractionCount.map { $0 + 1 }
                if significand != 0 || byte != UInt8(ascii: "0") { significantCount += 1 }
                guard significantCount <= Self.significantDigitsMax else { return nil }
                significand = significand * 10 + Int64(byte - UInt8(ascii: "0"))
            default:
                return nil
            }
        }
        guard wholeCount > 0, fractionCount != 0, fractionCount ?? 0 <= Int(Self.scaleMax) else { return nil }
        self.init(normalising: isNegative ? -significand : significand, scale: UInt8(fractionCount ?? 0))
    }
}

extension ExactDecimal {
    /// The quotient rounded to `fractionDigits` (0...14), a tie going to the even last digit.
    ///
    /// `denominator` is not zero and smaller than 10^37 in magnitude. A quotient too large for that many
    /// digits keeps as many as fit, rounded once; one beyond Int64 stops at its bound. Neither happens with
    /// the 18 digits that are read.
    package static func roundedHalfEven(
        numerator: Int128, denominator: Int128, fractionDigits: Int
    ) -> ExactDecimal {
        precondition(denominator != 0, "a quotient needs a denominator other than zero")
        let isNegative = (numerator < 0) != (denominator < 0)
        let divisor = denominator.magnitude
        var (magnitude, remainder) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
        let bound = UInt128(Int64.max)
        guard magnitude < bound else {
            return ExactDecimal(normalising: isNegative ? -Int64.max : Int64.max, scale: 0)
        }
        var scale: UInt8 = 0
        let scaleWanted = UInt8(min(max(0, fractionDigits), Int(scaleMax)))
        while scale < scaleWanted, (magnitude + 1) * 10 <= bound {
            let (digit, rest) = (remainder * 10).quotientAndRemainder(dividingBy: divisor)
            magnitude = magnitude * 10 + digit
            remainder = rest
            scale += 1
        }
        let half = divisor - remainder
        if remainder > half || (remainder == half && !magnitude.isMultiple(of: 2)) { magnitude += 1 }
        let significand = Int64(magnitude)
        return ExactDecimal(normalising: isNegative ? -significand : significand, scale: scale)
    }

    /// The value times 10^`scale`; exact when `scale` (at most 18) is no smaller than the value's own, else
    /// rounded half-even.
    package func scaled(to scale: UInt8) -> Int128 {
        guard scale < self.scale else {
            return Int128(significand) * Self.power(scale - self.scale)
        }
        let rounded = Self.roundedHalfEven(
            numerator: Int128(significand), denominator: Self.power(self.scale), fractionDigits: Int(scale))
        return rounded.scaled(to: scale)
    }

    static func power(_ exponent: UInt8) -> Int128 {
        var power: Int128 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}

extension ExactDecimal: Comparable {
    package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        let scale = max(left.scale, right.scale)
        return left.scaled(to: scale) < right.scaled(to: scale)
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// The canonical text: no plus sign, no zeros at the end behind the point, "0" for zero.
    package var description: String { text(fractionDigits: Int(scale)) }

    /// With exactly `fractionDigits` (0...18) digits behind the point: padded, or rounded half-even where
    /// there are more.
    package func text(fractionDigits: Int) -> String {
        let digitCount = min(max(0, fractionDigits), 18)
        let scaled = scaled(to: UInt8(digitCount))
        return Self.text(scaled.magnitude, isNegative: scaled < 0, fractionDigits: digitCount, behind: [])
    }

    /// `significand` / 10^`fractionDigits` (0...18) with so many digits behind the point, behind other
    /// letters.
    package static func text(
        significand: Int64, fractionDigits: Int, behind letters: [UInt8] = []
    ) -> String {
        text(
            UInt128(significand.magnitude), isNegative: significand < 0, fractionDigits: fractionDigits,
            behind: letters)
    }

    private static func text(
        _ magnitude: UInt128, isNegative: Bool, fractionDigits: Int, behind letters: [UInt8]
    ) -> String {
        // As many digits as 128 bits have, a point and a sign.
        let digitCountMax = 42
        let capacity = letters.count + digitCountMax
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { text in
            var start = write(magnitude, fractionDigits: fractionDigits, to: text)
            if isNegative {
                start -= 1
                text.initializeElement(at: start, to: UInt8(ascii: "-"))
            }
            for letter in letters.reversed() {
                start -= 1
                text.initializeElement(at: start, to: letter)
            }
            return String(decoding: UnsafeBufferPointer(rebasing: text[start...]), as: UTF8.self)
        }
    }

    /// Writes from the last digit to the first, the last one at the end; answers where the first one is.
    private static func write(
        _ magnitude: UInt128, fractionDigits: Int, to text: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var place = text.count
        func write(_ digit: UInt8) {
            if text.count - place == fractionDigits, fractionDigits > 0 {
                place -= 1
                text.initializeElement(at: place, to: UInt8(ascii: "."))
            }
            place -= 1
            text.initializeElement(at: place, to: UInt8(ascii: "0") + digit)
        }
        var wide = magnitude
        while wide > UInt128(UInt64.max) {
            write(UInt8(wide % 10))
            wide /= 10
        }
        // What has room in 64 bits, as nearly all has, is divided at a fraction of the cost.
        var rest = UInt64(wide)
        let countMin = fractionDigits == 0 ? 1 : fractionDigits + 2
        while rest > 0 || text.count - place < countMin {
            write(UInt8(rest % 10))
            rest /= 10
        }
        return place
    }
}
