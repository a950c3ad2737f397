import Testing

@testable import Regulation

@Suite("Periods of ranking lists")
struct RankingPeriodTests {
    private func date(_ text: String) -> CivilDate { RuleSample.date(text) }

    @Test(
        "a period has its first and last day",
        arguments: [
            (2025, 0, "2025-01-01", "2025-12-31"), (2025, 1, "2025-01-01", "2025-03-31"),
            (2025, 2, "2025-04-01", "2025-06-30"), (2025, 3, "2025-07-01", "2025-09-30"),
            (2025, 4, "2025-10-01", "2025-12-31"), (2018, 0, "2018-01-01", "2018-12-31"),
        ])
    func bounds(year: Int, quarter: Int, first: String, last: String) throws {
        let period = try #require(RankingPeriod(year: year, quarter: quarter))
        #expect(period.firstDay == date(first))
        #expect(period.lastDay == date(last))
        #expect(RankingSchedule.dueDay(of: period) == date(last))
    }

    @Test(
        "there is no such period",
        arguments: [(2017, 0), (2025, 5), (2025, -1), (3000, 0), (Int.max, 1), (2025, Int.max)])
    func none(year: Int, quarter: Int) {
        #expect(RankingPeriod(year: year, quarter: quarter) == nil)
    }

    private func codes(_ period: RankingPeriod?, _ cycle: Cycle, on day: String) throws -> [String] {
        let choice = PeriodChoice(
            period: try #require(period), cycle: cycle, schemeYear: 2025, computedOn: date(day))
        return RankingPeriodRule().findings(in: choice).ruleCodes
    }

    @Test("a yearly scheme has years and a quarterly one quarters")
    func cycle() throws {
        let (year, quarter) = (
            RankingPeriod(year: 2025, quarter: 0), RankingPeriod(year: 2025, quarter: 3)
        )
        #expect(try codes(year, .yearly, on: "2025-09-03").isEmpty)
        #expect(try codes(quarter, .yearly, on: "2025-09-03") == ["PERIOD_NOT_OF_CYCLE"])
        #expect(try codes(quarter, .quarterly, on: "2025-09-03").isEmpty)
        #expect(try codes(year, .quarterly, on: "2025-09-03") == ["PERIOD_NOT_OF_CYCLE"])
    }

    @Test(
        "a period has begun on its first day and not on the day before, and is not before the scheme's year")
    func begun() throws {
        let quarter = RankingPeriod(year: 2025, quarter: 4)
        #expect(try codes(quarter, .quarterly, on: "2025-09-30") == ["PERIOD_NOT_BEGUN"])
        #expect(try codes(quarter, .quarterly, on: "2025-10-01").isEmpty)
        let earlier = RankingPeriod(year: 2024, quarter: 4)
        #expect(try codes(earlier, .quarterly, on: "2025-10-01") == ["PERIOD_BEFORE_SCHEME"])
    }

    private func named(_ periods: [RankingPeriod]) -> [String] { periods.map { "\($0.year)/\($0.quarter)" } }

    @Test("a schedule begins with the period of the scheme's publication and follows its cycle")
    func schedule() {
        let quarterly = RankingSchedule(
            cycle: .quarterly, schemeYear: 2025, publishedOn: date("2025-08-26"), succeededIn: nil)
        #expect(named(quarterly.periods(begunBy: date("2025-08-26"))) == ["2025/3"])
        #expect(named(quarterly.periods(begunBy: date("2025-09-30"))) == ["2025/3"])
        #expect(
            named(quarterly.periods(begunBy: date("2026-04-01")))
                == ["2025/3", "2025/4", "2026/1", "2026/2"])
        let yearly = RankingSchedule(
            cycle: .yearly, schemeYear: 2025, publishedOn: nil, succeededIn: nil)
        #expect(named(yearly.periods(begunBy: date("2024-12-31"))) == [])
        #expect(named(yearly.periods(begunBy: date("2026-01-01"))) == ["2025/0", "2026/0"])
    }

    @Test("a scheme published before its own year begins with that year, and ends where the next one begins")
    func succession() {
        let schedule = RankingSchedule(
            cycle: .quarterly, schemeYear: 2026, publishedOn: date("2025-12-20"), succeededIn: 2027)
        #expect(
            named(schedule.periods(begunBy: date("2028-05-01"))) == ["2026/1", "2026/2", "2026/3", "2026/4"])
    }

    @Test(
        "a submission is in time until the due day and late from the day after",
        arguments: [("2025-12-30", false), ("2025-12-31", false), ("2026-01-01", true)])
    func lateness(day: String, isLate: Bool) {
        let arrival = SubmissionArrival(submittedOn: date(day), dueOn: date("2025-12-31"))
        let findings = SubmissionTimelinessRule().findings(in: arrival)
        #expect(findings.ruleCodes == (isLate ? ["SUBMISSION_LATE"] : []))
        #expect(findings.allSatisfy { $0.modality == .advice })
    }
}
