/// google.protobuf.Timestamp as RFC 3339 text, from the year 1 to the year 9999.
enum TimestampText {
    /// The first and the last second, since 1970, that the type allows.
    static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
    private static let dayLength: Int64 = 86_400

    /// In UTC with "Z", the fraction with 0, 3, 6 or 9 digits; nil outside of the range.
    static func text(seconds: Int64, nanos: Int32) -> String? {
        guard Self.seconds.contains(seconds), Nanos.range.contains(nanos) else { return nil }
        let day = Int((seconds - seconds.remainder(dividedBy: dayLength)) / dayLength)
        let second = Int(seconds.remainder(dividedBy: dayLength))
        let date = ProlepticDate(daysSince1970: day)
        return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
            + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2)
            + Nanos.fraction(nanos) + "Z"
    }

    /// Reads capital T and Z, offsets from UTC, and up to nine digits of a second; nil for anything else,
    /// also for a leap second and for days that the calendar has not.
    static func parse(_ text: String) -> (seconds: Int64, nanos: Int32)? {
        var scan = DigitScan(text)
        guard let year = scan.number(digits: 4), scan.take("-"), let month = scan.number(digits: 2),
            scan.take("-"), let day = scan.number(digits: 2), scan.take("T"),
            let hour = scan.number(digits: 2), scan.take(":"), let minute = scan.number(digits: 2),
            scan.take(":"), let second = scan.number(digits: 2),
            let days = ProlepticDate(year: year, month: month, day: day)?.daysSince1970,
            hour < 24, minute < 60, second < 60
        else { return nil }
        guard let nanos = scan.fraction(), let offset = offset(&scan), scan.isAtEnd else { return nil }
        let seconds = Int64(days) * dayLength + Int64(hour * 3600 + minute * 60 + second) - Int64(offset)
        return Self.seconds.contains(seconds) ? (seconds, nanos) : nil
    }

    /// Seconds east of UTC.
    private static func offset(_ scan: inout DigitScan) -> Int? {
        if scan.take("Z") { return 0 }
        let isEast = scan.take("+")
        guard isEast || scan.take("-"), let hours = scan.number(digits: 2), scan.take(":"),
            let minutes = scan.number(digits: 2), hours < 24, minutes < 60
        else { return nil }
        return (isEast ? 1 : -1) * (hours * 3600 + minutes * 60)
    }

    private static func padded(_ number: Int, _ digitCount: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digitCount - text.count)) + text
    }
}

/// A day of the Gregorian calendar, which is reckoned backwards before its own beginning.
private struct ProlepticDate {
    let year: Int
    let month: Int
    let day: Int

    /// nil for a day that the calendar has not; years from 1.
    init?(year: Int, month: Int, day: Int) {
        guard year >= 1, (1...12).contains(month), day >= 1, day <= Self.dayCount(year, month) else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Years are counted from March, so that the leap day is the last of its year; 719,468 days lie between
    /// 1 March of the year 0 and 1970.
    init(daysSince1970: Int) {
        let days = daysSince1970 + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func dayCount(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    /// From 0 to just below the divisor, also for a negative number.
    fileprivate func remainder(dividedBy divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
