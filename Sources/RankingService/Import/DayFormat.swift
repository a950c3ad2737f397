package import Regulation

/// A way to write a date, all parts with leading zeros.
package enum DayFormat: String, Sendable, Hashable, CaseIterable {
    case yearFirst = "YYYY-MM-DD"
    case monthFirst = "MM/DD/YYYY"

    package func date(_ text: String) -> CivilDate? {
        let digits = Array(text.utf8)
        guard digits.count == 10 else { return nil }
        switch self {
        case .yearFirst:
            return date(digits, separator: UInt8(ascii: "-"), year: 0..<4, month: 5..<7, day: 8..<10)
        case .monthFirst:
            return date(digits, separator: UInt8(ascii: "/"), year: 6..<10, month: 0..<2, day: 3..<5)
        }
    }

    private func date(
        _ digits: [UInt8], separator: UInt8, year: Range<Int>, month: Range<Int>, day: Range<Int>
    ) -> CivilDate? {
        for index in digits.indices
        where !year.contains(index) && !month.contains(index) && !day.contains(index) {
            guard digits[index] == separator else { return nil }
        }
        guard let year = number(digits[year]), let month = number(digits[month]),
            let day = number(digits[day])
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    private func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }
}
