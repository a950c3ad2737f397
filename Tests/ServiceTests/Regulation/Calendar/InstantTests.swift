import Regulation
import Testing

@Suite("Instants")
struct InstantTests {
    @Test(
        "a moment reads and prints to the microsecond",
        arguments: [
            ("2025-06-03T01:00:00.000000Z", 1_748_912_400_000_000), ("1970-01-01T00:00:00.000000Z", 0),
            ("1969-12-31T23:59:59.999999Z", -1), ("2024-02-29T12:34:56.789012Z", 1_709_210_096_789_012),
        ] as [(String, Int64)])
    func text(written: String, microseconds: Int64) throws {
        #expect(try #require(Instant(written)).utcMicroseconds == microseconds)
        #expect(Instant(utcMicroseconds: microseconds).description == written)
    }

    @Test(
        "offsets and short fractions are understood",
        arguments: [
            "2025-06-03T09:00:00+08:00", "2025-06-03T01:00:00Z", "2025-06-03T01:00:00.0Z",
            "2025-06-02T20:30:00-04:30",
        ])
    func offsets(written: String) {
        #expect(Instant(written)?.description == "2025-06-03T01:00:00.000000Z")
    }

    @Test(
        "what is no moment is refused",
        arguments: [
            "", "2025-06-03", "2025-06-03T01:00:00", "2025-06-03 01:00:00Z", "2025-06-03T24:00:00Z",
            "2025-06-03T01:60:00Z", "2025-06-03T01:00:60Z", "2025-06-03T01:00:00.Z",
            "2025-06-03T01:00:00.0000000Z",
            "2025-06-31T01:00:00Z", "2025-06-03T01:00:00z", "2025-06-03T01:00:00ZZ", "2025-06-03T01:00:00+08",
            "2025-06-03T01:00:00+0800", "2025-06-03T1:00:00Z0", "1900-01-01T00:00:00+08:00",
            "2999-12-31T23:00:00-02:00", "2025-06-03T01:00:00.000000+08:000",
        ])
    func refuses(written: String) {
        #expect(Instant(written) == nil)
    }

    @Test("the day changes at 16:00 UTC, midnight in Beijing")
    func shanghai() throws {
        let before = try #require(Instant("2025-06-03T15:59:59.999999Z"))
        let after = try #require(Instant("2025-06-03T16:00:00Z"))
        #expect(before.shanghaiDate.description == "2025-06-03")
        #expect(after.shanghaiDate.description == "2025-06-04")
        #expect(after.shanghaiDescription == "2025-06-04T00:00:00.000000+08:00")
        #expect(Instant(utcMicroseconds: -8 * 3_600_000_000 - 1).shanghaiDate.description == "1969-12-31")
        #expect(Instant.shanghai(after.shanghaiDate, hour: 0, minute: 0) == after)
        #expect(
            Instant.shanghai(after.shanghaiDate, hour: 9, minute: 30).description
                == "2025-06-04T01:30:00.000000Z")
    }

    @Test("a deadline is met up to 24:00 of its day")
    func dayEnd() throws {
        let day = try #require(CivilDate("2025-12-31"))
        #expect(day.endsAt.description == "2025-12-31T16:00:00.000000Z")
        #expect(day.endsAt == day.adding(days: 1).beginsAt)
        #expect(day.isMet(by: day.endsAt.adding(microseconds: -1)))
        #expect(!day.isMet(by: day.endsAt))
    }

    @Test("arithmetic stops at the bounds")
    func bounds() {
        #expect(Instant(utcMicroseconds: .max) == .max)
        #expect(Instant(utcMicroseconds: .min) == .min)
        #expect(Instant.max.description == "2999-12-31T23:59:59.999999Z")
        #expect(Instant.min.description == "1900-01-01T00:00:00.000000Z")
        #expect(Instant.max.adding(seconds: .max) == .max)
        #expect(Instant.min.adding(microseconds: .min) == .min)
        #expect(
            Instant(utcMicroseconds: 0).adding(seconds: 86_400).description == "1970-01-02T00:00:00.000000Z")
    }
}
