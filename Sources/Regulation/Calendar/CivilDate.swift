/// A day of the civil calendar in Asia/Shanghai, from 1900-01-01 to 2999-12-31.
///
/// Deadlines of the programme are days, so this has no hour; it prints and reads as "2025-06-03". Arithmetic
/// that would leave the bounds stops at them.
package struct CivilDate: Hashable, Sendable {
    package static let yearMin = 1900
    package static let yearMax = 2999
    package static let min = CivilDate(unchecked: dayNumber(yearMin, 1, 1))
    package static let max = CivilDate(unchecked: dayNumber(yearMax, 12, 31))

    private let number: Int32

    private init(unchecked number: Int) {
        self.number = Int32(number)
    }

    /// Nil when there is no such day within the bounds.
    package init?(year: Int, month: Int, day: Int) {
        guard (Self.yearMin...Self.yearMax).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.dayCount(year, month)
        else { return nil }
        self.init(unchecked: Self.dayNumber(year, month, day))
    }

    /// Days since 1970-01-01; a number out of bounds is the nearest day within.
    package init(dayNumber: Int) {
        self.init(unchecked: Swift.min(Swift.max(dayNumber, Self.min.dayNumber), Self.max.dayNumber))
    }

    /// Days since 1970-01-01, negative before.
    package var dayNumber: Int { Int(number) }
    package var year: Int { parts.year }
    package var month: Int { parts.month }
    package var day: Int { parts.day }

    package var weekday: Weekday {
        // 1970-01-01 was a Thursday, three days after Monday.
        let index = ((dayNumber + 3) % 7 + 7) % 7
        return Weekday.allCases[index]
    }

    package func adding(days: Int) -> CivilDate {
        let (sum, isOverflow) = dayNumber.addingReportingOverflow(days)
        guard !isOverflow else { return days < 0 ? Self.min : Self.max }
        return CivilDate(dayNumber: sum)
    }

    /// The corresponding date so many months later (or earlier); the month's last day where there is no such
    /// date.
    ///
    /// Civil Code, Article 202.
    package func adding(months: Int) -> CivilDate {
        let from = parts
        let span = (Self.yearMax - Self.yearMin + 1) * 12
        let count = from.year * 12 + from.month - 1 + Swift.min(Swift.max(months, -span), span)
        guard count >= Self.yearMin * 12 else { return Self.min }
        guard count < (Self.yearMax + 1) * 12 else { return Self.max }
        let (year, month) = (count / 12, count % 12 + 1)
        let day = Swift.min(from.day, Self.dayCount(year, month))
        return CivilDate(unchecked: Self.dayNumber(year, month, day))
    }
}

extension CivilDate: Comparable {
    package static func < (left: CivilDate, right: CivilDate) -> Bool { left.number < right.number }
}

extension CivilDate: LosslessStringConvertible {
    /// Reads exactly `YYYY-MM-DD` in ASCII digits.
    package init?(_ description: String) {
        let bytes = Array(description.utf8.prefix(11))
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = DigitText.number(bytes[0..<4]), let month = DigitText.number(bytes[5..<7]),
            let day = DigitText.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var description: String {
        let parts = parts
        return "\(parts.year)-\(DigitText.padded(parts.month, 2))-\(DigitText.padded(parts.day, 2))"
    }
}

// The proleptic Gregorian calendar. Years begin in March here, so that the leap day is the last of its year.
extension CivilDate {
    private var parts: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func dayCount(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
