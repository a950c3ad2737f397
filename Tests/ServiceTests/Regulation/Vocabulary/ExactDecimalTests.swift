import Regulation
import Testing

@Suite("Exact decimals")
struct ExactDecimalTests {
    @Test(
        "a written number is read exactly",
        arguments: [
            ("0", 0, 0, "0"), ("1.50", 15, 1, "1.5"), ("-0.25", -25, 2, "-0.25"), ("+7", 7, 0, "7"),
            ("007", 7, 0, "7"), ("-0.000", 0, 0, "0"), ("100", 100, 0, "100"), ("10.0", 10, 0, "10"),
            ("0.000000000001", 1, 12, "0.000000000001"),
            ("999999999999999999", 999_999_999_999_999_999, 0, "999999999999999999"),
            ("-123456.789012345678", -123_456_789_012_345_678, 12, "-123456.789012345678"),
        ] as [(String, Int64, UInt8, String)])
    func reads(text: String, significand: Int64, scale: UInt8, canonical: String) throws {
        let value = try #require(ExactDecimal(text))
        #expect(value.significand == significand)
        #expect(value.scale == scale)
        #expect(value.description == canonical)
    }

    @Test(
        "what is no plain number is refused",
        arguments: [
            "", "-", "+", ".", ".5", "5.", "1e3", "1,000", " 1", "1 ", "1.2.3", "--1", "1-", "0x1F", "１", "一",
            "NaN", "1.000000000000000", "0.000000000000001", "1000000000000000000", "1.234567890123456789",
        ])
    func refuses(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test("zeros at the end change neither equality nor hash")
    func equality() throws {
        let short = try #require(ExactDecimal("1.5"))
        let long = try #require(ExactDecimal("1.500"))
        #expect(short == long)
        #expect(Set([short, long]).count == 1)
        #expect(try #require(ExactDecimal("-0")) == .zero)
    }

    @Test("numbers of different scales are ordered by value")
    func order() {
        let ordered = [
            "-999999999999999999", "-1.5", "-1.49", "-0.000000000001", "0", "0.000000000001", "0.1", "0.11",
            "0.9", "1", "1.000000000001", "2", "10", "99999.9", "999999999999999999",
        ].compactMap { ExactDecimal($0) }
        #expect(ordered.count == 15)
        for (i, left) in ordered.enumerated() {
            for (j, right) in ordered.enumerated() { #expect((left < right) == (i < j)) }
        }
    }

    @Test(
        "a tie goes to the even digit, on both sides of zero",
        arguments: [
            (1, 2, 0, "0"), (3, 2, 0, "2"), (5, 2, 0, "2"), (-1, 2, 0, "0"), (-3, 2, 0, "-2"),
            (-5, 2, 0, "-2"),
            (3, -2, 0, "-2"), (-5, -2, 0, "2"), (1, 3, 4, "0.3333"), (2, 3, 4, "0.6667"),
            (-2, 3, 4, "-0.6667"),
            (12345, 100_000, 4, "0.1234"), (12355, 100_000, 4, "0.1236"), (123_451, 1_000_000, 4, "0.1235"),
            (-12345, 100_000, 4, "-0.1234"), (0, 7, 4, "0"), (199_999, 2_000, 0, "100"), (1, 1, 12, "1"),
            (1, 20_000, 4, "0"), (3, 20_000, 4, "0.0002"), (1, 3, 40, "0.33333333333333"), (7, 2, -1, "4"),
        ] as [(Int, Int, Int, String)])
    func rounds(numerator: Int, denominator: Int, digits: Int, expected: String) {
        let value = ExactDecimal.roundedHalfEven(
            numerator: Int128(numerator), denominator: Int128(denominator), fractionDigits: digits)
        #expect(value.description == expected)
    }

    @Test("a quotient too large for its digits keeps what fits and never wraps round")
    func large() {
        let big = Int128(Int64.max)
        let over = ExactDecimal.roundedHalfEven(numerator: big * 1000, denominator: 1, fractionDigits: 4)
        #expect(over.significand == Int64.max)
        let under = ExactDecimal.roundedHalfEven(numerator: big * 1000, denominator: -1, fractionDigits: 4)
        #expect(under.significand == -Int64.max)
        let wide = ExactDecimal.roundedHalfEven(
            numerator: 123_456_789_012_345_678 * 3, denominator: 3 * 7, fractionDigits: 12)
        #expect(wide.description == "17636684144620811.14")
        let widest = ExactDecimal.roundedHalfEven(
            numerator: Int128.max, denominator: 10_000_000_000_000_000_000_000_000_000_000_000_000,
            fractionDigits: 12)
        #expect(widest.description == "17.014118346047")
    }

    @Test(
        "a text has just the digits asked for",
        arguments: [
            ("1.5", 4, "1.5000"), ("1.25", 1, "1.2"), ("1.35", 1, "1.4"), ("-1.25", 1, "-1.2"),
            ("-0.04", 1, "0.0"),
            ("99.995", 2, "100.00"), ("0.05", 2, "0.05"), ("7", 0, "7"), ("7.5", 0, "8"), ("6.5", 0, "6"),
            ("999999999999999999", 12, "999999999999999999.000000000000"),
        ] as [(String, Int, String)])
    func text(value: String, digits: Int, expected: String) throws {
        #expect(try #require(ExactDecimal(value)).text(fractionDigits: digits) == expected)
    }

    @Test("scaling is exact upwards and half-even downwards")
    func scaling() throws {
        let value = try #require(ExactDecimal("-2.125"))
        #expect(value.scaled(to: 3) == -2125)
        #expect(value.scaled(to: 6) == -2_125_000)
        #expect(value.scaled(to: 2) == -212)
        #expect(ExactDecimal(3).scaled(to: 4) == 30_000)
    }
}
