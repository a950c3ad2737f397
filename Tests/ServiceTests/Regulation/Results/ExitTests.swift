import Testing

@testable import Regulation

@Suite("Validity and exit")
struct ExitTests {
    @Test(
        "a title lasts to the day before the same date next year",
        arguments: [
            ("2025-10-14", "2026-10-13"), ("2025-01-01", "2025-12-31"), ("2024-02-28", "2025-02-27"),
            ("2024-02-29", "2025-02-28"), ("2023-03-01", "2024-02-29"),
        ])
    func validity(from: String, until: String) {
        let validity = TitleValidity(publishedOn: RuleSample.date(from))
        #expect(validity.until == RuleSample.date(until))
        #expect(!validity.isValid(on: RuleSample.date(from).adding(days: -1)))
        #expect(validity.isValid(on: RuleSample.date(from)))
        #expect(validity.isValid(on: RuleSample.date(until)))
        #expect(!validity.isValid(on: RuleSample.date(until).adding(days: 1)))
    }

    @Test("six months from the last of August end with February")
    func months() {
        let validity = TitleValidity(publishedOn: RuleSample.date("2025-08-31"), months: 6)
        #expect(validity.until == RuleSample.date("2026-02-28"))
    }

    @Test(
        "the bar lasts three years, its last day included",
        arguments: [
            ("2025-06-03", "2028-06-03"), ("2024-02-29", "2027-02-28"), ("2025-12-31", "2028-12-31"),
        ])
    func bar(decided: String, last: String) {
        let bar = ThreeYearBar(decidedOn: RuleSample.date(decided))
        #expect(bar.lastDay == RuleSample.date(last))
        #expect(!bar.isBarred(on: RuleSample.date(decided).adding(days: -1)))
        #expect(bar.isBarred(on: RuleSample.date(decided)))
        #expect(bar.isBarred(on: RuleSample.date(last).adding(days: -1)))
        #expect(bar.isBarred(on: RuleSample.date(last)))
        #expect(!bar.isBarred(on: RuleSample.date(last).adding(days: 1)))
    }

    @Test("there are seven causes, numbered as in the regulation")
    func causes() {
        #expect(ExitCause.allCases.map(\.number) == Array(1...7))
        #expect(ExitCause.spotCheckFailed.citation.section == "3.2.6(4)")
        #expect(ExitCause(rawValue: 8) == nil)
    }

    @Test("causes 1 and 2 need both halves, causes 3 to 6 a reference", arguments: ExitCause.allCases)
    func evidence(cause: ExitCause) {
        let bare = ExitEvidence(cause: cause, reference: "", statement: "", secondStatement: "")
        var expected = ["EXIT_STATEMENT_MISSING"]
        if [1, 2].contains(cause.number) { expected.append("EXIT_SECOND_HALF_MISSING") }
        if (3...6).contains(cause.number) { expected.append("EXIT_REFERENCE_MISSING") }
        #expect(ExitEvidenceRule().findings(in: bare).ruleCodes == expected)
        let full = ExitEvidence(cause: cause, reference: "文号1", statement: "事实", secondStatement: "后果")
        #expect(ExitEvidenceRule().findings(in: full).isEmpty)
    }

    static func demand(
        on day: String, cancelled: Bool = false, demanded: Bool = false, evidence: [ExitEvidence]
    ) -> [String] {
        CancellationDemandRule().findings(
            in: CancellationDemand(
                validity: TitleValidity(publishedOn: RuleSample.date("2025-06-03")), isCancelled: cancelled,
                isDemanded: demanded, demandedOn: RuleSample.date(day), evidence: evidence,
                spotChecksMet: ["CHECK-1"])
        ).ruleCodes
    }

    @Test("a demand is for a valid title, once, with a cause")
    func demand() {
        let failed = ExitEvidence(
            cause: .spotCheckFailed, reference: "CHECK-2", statement: "未达到", secondStatement: "")
        let met = ExitEvidence(
            cause: .spotCheckFailed, reference: "CHECK-1", statement: "未达到", secondStatement: "")
        #expect(Self.demand(on: "2025-06-03", evidence: [failed]) == [])
        #expect(Self.demand(on: "2026-06-02", evidence: [failed]) == [])
        #expect(Self.demand(on: "2026-06-03", evidence: [failed]) == ["TITLE_NOT_VALID"])
        #expect(Self.demand(on: "2025-07-01", evidence: []) == ["EXIT_CAUSE_MISSING"])
        #expect(Self.demand(on: "2025-07-01", evidence: [met]) == ["SPOT_CHECK_WAS_MET"])
        #expect(
            Self.demand(on: "2025-07-01", cancelled: true, demanded: true, evidence: [failed])
                == ["TITLE_CANCELLED_ALREADY"])
        #expect(
            Self.demand(on: "2025-07-01", demanded: true, evidence: [failed])
                == ["CANCELLATION_DEMANDED_ALREADY"])
    }

    @Test("the agency has ten working days to answer")
    func answer() {
        let end = CancellationDemandRule.answerBy(
            demandedOn: RuleSample.date("2025-06-03"), calendar: RuleSample.calendar)
        #expect(end.lastDay == RuleSample.date("2025-06-17"))
    }

    static func cancel(
        _ decider: Cancellation.Decider, on day: String, answerBy: String? = "2025-06-17",
        agencyCancelled: Bool = false, cancelled: Bool = false, reason: String = "抽检不合格"
    ) -> [String] {
        CancellationAuthorityRule().findings(
            in: Cancellation(
                decider: decider, titleAgency: RuleSample.code(1), isAgencyCancelled: agencyCancelled,
                isCancelled: cancelled, answerBy: answerBy.map(RuleSample.date),
                decidedOn: RuleSample.date(day), reason: reason)
        ).ruleCodes
    }

    @Test("the title's agency cancels on demand; the work agency when the answer is overdue")
    func authority() {
        let agency = Cancellation.Decider.evaluationAgency(RuleSample.code(1))
        #expect(Self.cancel(agency, on: "2025-06-10") == [])
        #expect(Self.cancel(agency, on: "2025-07-10") == [])
        #expect(Self.cancel(agency, on: "2025-06-10", answerBy: nil) == ["CANCELLATION_NOT_DEMANDED"])
        #expect(
            Self.cancel(.evaluationAgency(RuleSample.code(2)), on: "2025-06-10") == ["NOT_THE_TITLES_AGENCY"])
        #expect(Self.cancel(.workAgency, on: "2025-06-17") == ["ANSWER_NOT_OVERDUE"])
        #expect(Self.cancel(.workAgency, on: "2025-06-18") == [])
        #expect(Self.cancel(.workAgency, on: "2025-06-10", agencyCancelled: true) == [])
        #expect(Self.cancel(agency, on: "2025-06-10", agencyCancelled: true) == ["AGENCY_CANCELLED"])
        #expect(
            Self.cancel(agency, on: "2025-06-10", cancelled: true, reason: "")
                == ["TITLE_CANCELLED_ALREADY", "CANCELLATION_REASON_MISSING"])
    }
}
