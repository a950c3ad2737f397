/// A moment, in microseconds since 1970-01-01T00:00:00Z, within the years 1900 to 2999 UTC.
///
/// It is an argument everywhere: nothing here reads a clock. Beijing time is taken as UTC+8 all through the
/// range, which holds for every moment since the last daylight saving of 1991 and so for every moment of the
/// programme.
package struct Instant: Hashable, Sendable {
    static let microsecondsPerSecond: Int64 = 1_000_000
    static let microsecondsPerDay: Int64 = 86_400 * microsecondsPerSecond
    static let shanghaiOffset: Int64 = 8 * 3600 * microsecondsPerSecond

    package static let min = Instant(unchecked: Int64(CivilDate.min.dayNumber) * microsecondsPerDay)
    package static let max = Instant(unchecked: Int64(CivilDate.max.dayNumber + 1) * microsecondsPerDay - 1)

    package let utcMicroseconds: Int64

    private init(unchecked utcMicroseconds: Int64) {
        self.utcMicroseconds = utcMicroseconds
    }

    /// A number out of bounds is the nearest moment within.
    package init(utcMicroseconds: Int64) {
        self.init(
            unchecked: Swift.min(
                Swift.max(utcMicroseconds, Self.min.utcMicroseconds), Self.max.utcMicroseconds))
    }

    /// The moment of a wall clock in Beijing; hour 24, minute 0 is the end of the day, that is the next one's
    /// beginning.
    package static func shanghai(_ date: CivilDate, hour: Int, minute: Int) -> Instant {
        let minutes = Int64(Swift.min(Swift.max(hour, 0), 24) * 60 + Swift.min(Swift.max(minute, 0), 59))
        return Instant(
            utcMicroseconds: Int64(date.dayNumber) * microsecondsPerDay + minutes * 60 * microsecondsPerSecond
                - shanghaiOffset)
    }

    /// The day that a calendar on a wall in Beijing shows.
    package var shanghaiDate: CivilDate {
        CivilDate(dayNumber: Int(Self.dayAndRest(utcMicroseconds + Self.shanghaiOffset).day))
    }

    package func adding(microseconds: Int64) -> Instant {
        let (sum, isOverflow) = utcMicroseconds.addingReportingOverflow(microseconds)
        guard !isOverflow else { return microseconds < 0 ? Self.min : Self.max }
        return Instant(utcMicroseconds: sum)
    }

    package func adding(seconds: Int64) -> Instant {
        let (product, isOverflow) = seconds.multipliedReportingOverflow(by: Self.microsecondsPerSecond)
        guard !isOverflow else { return seconds < 0 ? Self.min : Self.max }
        return adding(microseconds: product)
    }

    private static func dayAndRest(_ microseconds: Int64) -> (day: Int64, rest: Int64) {
        let (day, rest) = microseconds.quotientAndRemainder(dividingBy: microsecondsPerDay)
        return rest < 0 ? (day - 1, rest + microsecondsPerDay) : (day, rest)
    }
}

extension Instant: Comparable {
    package static func < (left: Instant, right: Instant) -> Bool {
        left.utcMicroseconds < right.utcMicroseconds
    }
}

extension Instant: CustomStringConvertible {
    /// UTC with six fraction digits, "2025-06-03T01:00:00.000000Z".
    package var description: String { text(offset: 0, zone: "Z") }

    /// The same moment by the wall clock in Beijing, "2025-06-03T09:00:00.000000+08:00".
    package var shanghaiDescription: String { text(offset: Self.shanghaiOffset, zone: "+08:00") }

    private func text(offset: Int64, zone: String) -> String {
        let (day, rest) = Self.dayAndRest(utcMicroseconds + offset)
        let (seconds, fraction) = rest.quotientAndRemainder(dividingBy: Self.microsecondsPerSecond)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { DigitText.padded(Int($0), 2) }
        let date = CivilDate(dayNumber: Int(day))
        return "\(date)T\(clock[0]):\(clock[1]):\(clock[2]).\(DigitText.padded(Int(fraction), 6))\(zone)"
    }

    /// Reads RFC 3339: `YYYY-MM-DDTHH:MM:SS`, up to six fraction digits, then `Z` or `±HH:MM`.
    ///
    /// Nil without a zone, for a leap second, and for digits beyond the microsecond: nothing is guessed or
    /// rounded.
    package init?(_ iso8601: String) {
        let bytes = Array(iso8601.utf8.prefix(33))
        guard bytes.count >= 20, bytes.count <= 32,
            let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            bytes[10] == UInt8(ascii: "T"), let clock = Self.clock(bytes[11..<19])
        else { return nil }
        var index = 19
        var fraction = 0
        if bytes[index] == UInt8(ascii: ".") {
            let digits = bytes[(index + 1)...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard digits.count <= 6, let number = DigitText.number(digits) else { return nil }
            fraction = (digits.count..<6).reduce(number) { result, _ in result * 10 }
            index = digits.endIndex
        }
        guard let offset = Self.offset(bytes[index...]) else { return nil }
        let microseconds =
            Int64(date.dayNumber) * Self.microsecondsPerDay
            + (clock - offset) * Self.microsecondsPerSecond + Int64(fraction)
        guard microseconds >= Self.min.utcMicroseconds, microseconds <= Self.max.utcMicroseconds else {
            return nil
        }
        self.init(unchecked: microseconds)
    }

    /// Seconds of the day of `HH:MM:SS`.
    private static func clock(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ $0.count == 2 }),
            let hour = DigitText.number(parts[0]), let minute = DigitText.number(parts[1]),
            let second = DigitText.number(parts[2]), hour < 24, minute < 60, second < 60
        else { return nil }
        return Int64(hour * 3600 + minute * 60 + second)
    }

    /// Seconds east of UTC.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard let first = bytes.first else { return nil }
        if first == UInt8(ascii: "Z") { return bytes.count == 1 ? 0 : nil }
        let parts = bytes.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-"), parts.count == 2,
            parts.allSatisfy({ $0.count == 2 }), let hour = DigitText.number(parts[0]),
            let minute = DigitText.number(parts[1]), hour < 24, minute < 60
        else { return nil }
        let seconds = Int64(hour * 3600 + minute * 60)
        return first == UInt8(ascii: "-") ? -seconds : seconds
    }
}
