import Testing

@testable import Regulation

@Suite("Calls and notices")
struct NoticeTests {
    static let posted = RuleSample.date("2025-06-03")
    static let period = NoticePeriod(postedOn: posted, workingDays: 10, calendar: RuleSample.calendar)

    @Test("a call is for a published key field of its own year")
    func call() {
        var call = SchemeCall(
            keyFieldYear: 2025, conditions: "见附件", openedOn: RuleSample.date("2025-03-03"),
            deadline: RuleSample.date("2025-03-03"))
        #expect(CallRule().findings(in: call).isEmpty)
        call.keyFieldYear = 2024
        call.deadline = RuleSample.date("2025-03-02")
        call.conditions = ""
        #expect(
            CallRule().findings(in: call).ruleCodes
                == ["KEY_FIELD_OF_OTHER_YEAR", "DEADLINE_BEFORE_OPENING", "CALL_CONDITIONS_MISSING"])
        call.keyFieldYear = nil
        #expect(CallRule().findings(in: call).ruleCodes.first == "KEY_FIELD_NOT_PUBLISHED")
    }

    @Test(
        "applications are in time from the opening to 24:00 of the deadline",
        arguments: [
            ("2025-03-02", ["CALL_NOT_OPEN"]), ("2025-03-03", []), ("2025-03-31", []),
            ("2025-04-01", ["CALL_CLOSED"]),
        ])
    func deadline(day: String, codes: [String]) {
        let arrival = ApplicationArrival(
            openedOn: RuleSample.date("2025-03-03"), deadline: RuleSample.date("2025-03-31"),
            receivedOn: RuleSample.date(day))
        #expect(ApplicationDeadlineRule().findings(in: arrival).ruleCodes == codes)
    }

    @Test(
        "a scheme's notice has ten working days, neither nine nor eleven",
        arguments: [(9, 1), (10, 0), (11, 1)])
    func schemeDays(days: Int, findings: Int) {
        let found = SchemeNoticeRule().findings(in: days)
        #expect(found.count == findings)
        #expect(found.allSatisfy { $0.code == "SCHEME_NOTICE_NOT_TEN_DAYS" && $0.modality == .must })
    }

    @Test("the day of posting does not count")
    func lastDay() {
        #expect(Self.period.lastDay == RuleSample.date("2025-06-17"))
        #expect(Self.period.earliestPublication == RuleSample.date("2025-06-18"))
        #expect(!Self.period.provisional)
    }

    @Test("over the Spring Festival the notice ends on a make-up working day")
    func springFestival() {
        let period = NoticePeriod(
            postedOn: RuleSample.date("2025-01-20"), workingDays: 10, calendar: RuleSample.calendar)
        #expect(period.lastDay == RuleSample.date("2025-02-08"))
    }

    @Test(
        "an objection on the last day is in time, on the next day it is late",
        arguments: [
            ("2025-06-02", ["OBJECTION_TOO_EARLY"]), ("2025-06-03", []), ("2025-06-17", []),
            ("2025-06-18", ["OBJECTION_TOO_LATE"]),
        ])
    func objection(day: String, codes: [String]) {
        let day = RuleSample.date(day)
        #expect(Self.period.accepts(objectionOn: day) == codes.isEmpty)
        for kind in NoticeKind.allCases {
            let arrival = ObjectionArrival(kind: kind, period: Self.period, receivedOn: day, ground: "指标有误")
            let findings = ObjectionTimelinessRule().findings(in: arrival)
            #expect(findings.ruleCodes == codes)
            #expect(findings.allSatisfy { $0.citation == kind.citation })
        }
    }

    @Test("23:59:59 of the last day in Shanghai is in time, 00:00 of the next is not")
    func midnight() {
        let last = Instant.shanghai(Self.period.lastDay, hour: 23, minute: 59)
        let next = Instant.shanghai(Self.period.earliestPublication, hour: 0, minute: 0)
        #expect(Self.period.accepts(objectionOn: last.shanghaiDate))
        #expect(!Self.period.accepts(objectionOn: next.shanghaiDate))
    }

    @Test("an objection without a ground is no objection")
    func ground() {
        let arrival = ObjectionArrival(
            kind: .scheme, period: Self.period, receivedOn: Self.posted, ground: " ")
        #expect(ObjectionTimelinessRule().findings(in: arrival).ruleCodes == ["OBJECTION_GROUND_MISSING"])
    }

    @Test("a notice closes the day after its last day")
    func closing() {
        #expect(!Self.period.mayClose(on: RuleSample.date("2025-06-17"), calendar: RuleSample.calendar))
        #expect(Self.period.mayClose(on: RuleSample.date("2025-06-18"), calendar: RuleSample.calendar))
    }

    @Test("a notice into a year without a calendar is provisional and never closes by itself")
    func provisional() {
        let period = NoticePeriod(
            postedOn: RuleSample.date("2026-12-25"), workingDays: 10, calendar: RuleSample.calendar)
        #expect(period.provisional)
        let later = RuleSample.date("2027-06-01")
        #expect(!period.mayClose(on: later, calendar: RuleSample.calendar))
        #expect(
            period.findings(closingOn: later, calendar: RuleSample.calendar, kind: .result).ruleCodes
                == ["NOTICE_END_PROVISIONAL"])
    }

    @Test("an amended calendar lengthens a promised notice and never shortens it")
    func promise() {
        let long = NoticePeriod(
            postedOn: Self.posted, workingDays: 10, lastDay: RuleSample.date("2025-06-20"), provisional: true)
        #expect(long.settled(by: RuleSample.calendar).lastDay == RuleSample.date("2025-06-20"))
        #expect(!long.settled(by: RuleSample.calendar).provisional)
        let short = NoticePeriod(
            postedOn: Self.posted, workingDays: 10, lastDay: RuleSample.date("2025-06-13"), provisional: true)
        #expect(short.settled(by: RuleSample.calendar).lastDay == RuleSample.date("2025-06-17"))
        #expect(!short.mayClose(on: RuleSample.date("2025-06-16"), calendar: RuleSample.calendar))
    }

    static func publication(
        on day: String = "2025-06-18", objections: [LodgedObjection] = [], isAgencyDetermined: Bool = true
    ) -> [String] {
        let publication = SchemePublication(
            period: period, publishedOn: RuleSample.date(day), calendar: RuleSample.calendar,
            objections: objections, isAgencyDetermined: isAgencyDetermined)
        return SchemePublicationRule().findings(in: publication).ruleCodes
    }

    @Test("a scheme is published after its notice, with its agency, without an objection in the way")
    func publication() {
        #expect(Self.publication() == [])
        #expect(Self.publication(on: "2025-06-17") == ["NOTICE_STILL_OPEN"])
        #expect(Self.publication(isAgencyDetermined: false) == ["AGENCY_NOT_DETERMINED"])
        let expected: [(ObjectionOutcome?, [String])] = [
            (nil, ["OBJECTION_OPEN"]), (.rejected, []), (.upheld, ["OBJECTION_UPHELD"]),
            (.amend, ["NEW_NOTICE_NEEDED"]),
        ]
        for (outcome, codes) in expected {
            #expect(Self.publication(objections: [LodgedObjection(id: "O1", outcome: outcome)]) == codes)
        }
    }

    @Test("the committee settles an objection once, with an outcome and a reason")
    func settlement() {
        let open = LodgedObjection(id: "O1", outcome: nil)
        for outcome in ObjectionOutcome.allCases {
            let settlement = SchemeObjectionSettlement(objection: open, outcome: outcome, reason: "经商定")
            #expect(SchemeObjectionRule().findings(in: settlement).isEmpty)
        }
        let bad = SchemeObjectionSettlement(
            objection: LodgedObjection(id: "O1", outcome: .rejected), outcome: nil, reason: "")
        #expect(
            SchemeObjectionRule().findings(in: bad).ruleCodes
                == ["OBJECTION_SETTLED_ALREADY", "OBJECTION_OUTCOME_MISSING", "SETTLEMENT_REASON_MISSING"])
    }
}
