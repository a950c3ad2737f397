package import Regulation

/// A way to write a date, all parts with leading zeros.
package enum DayFormat: String, Sendable, Hashable, CaseIterable {
    case yearFirst = "YYYY-MM-DD"
    case monthFirst = "MM/DD/YYYY"
    /// As in "Tue Jan 01 00:00:00 EST 2013": the day that is written, whatever the hour and the zone.
    case names = "WWW MMM DD HH:MM:SS ZZZ YYYY"

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    package func date(_ text: String) -> CivilDate? {
        let digits = Array(text.utf8)
        guard digits.count == 10 || self == .names else { return nil }
        switch self {
        case .names: return namedDate(text)
        case .yearFirst:
            return date(digits, separator: UInt8(ascii: "-"), year: 0..<4, month: 5..<7, day: 8..<10)
        case .monthFirst:
            return date(digits, separator: UInt8(ascii: "/"), year: 6..<10, month: 0..<2, day: 3..<5)
        }
    }

    private func namedDate(_ text: String) -> CivilDate? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].count == 3, parts[2].utf8.count == 2, parts[3].utf8.count == 8,
            parts[5].utf8.count == 4, let month = Self.months.firstIndex(of: String(parts[1])),
            let day = number(Array(parts[2].utf8)[...]), let year = number(Array(parts[5].utf8)[...])
        else { return nil }
        return CivilDate(year: year, month: month + 1, day: day)
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
