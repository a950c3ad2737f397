import Testing

@testable import Regulation

@Suite("Submission, review, notice and publication of results")
struct ResultNoticeTests {
    static let a = RuleSample.code(1)
    static let b = RuleSample.code(2)

    @Test("naming an enterprise needs its consent; no and silence are not consent")
    func consent() {
        let silent = RuleSample.code(3)
        let subject = ConsentCase(named: [Self.a, Self.b, silent], consents: [Self.a: true, Self.b: false])
        let findings = ConsentRule().findings(in: subject)
        #expect(findings.ruleCodes == ["CONSENT_MISSING", "CONSENT_MISSING"])
        #expect(Set(findings.map(\.subject)) == [Self.b.text, silent.text])
    }

    @Test("a list is submitted when everybody was asked, whatever they said")
    func submission() {
        var submission = ResultSubmission(
            isReady: true, enterprises: [Self.a, Self.b], consents: [Self.a: true, Self.b: false],
            undertakings: Set(LetterUndertaking.allCases))
        #expect(RankingSubmissionRule().findings(in: submission).isEmpty)
        submission.consents[Self.b] = nil
        submission.isReady = false
        submission.undertakings.remove(.noFee)
        #expect(
            RankingSubmissionRule().findings(in: submission).ruleCodes
                == ["RESULT_NOT_READY", "CONSENT_NOT_RECORDED", "LETTER_UNDERTAKING_MISSING"])
    }

    @Test("each of the five undertakings is needed", arguments: LetterUndertaking.allCases)
    func letter(missing: LetterUndertaking) {
        let findings = LetterUndertakingsRule().findings(
            in: Set(LetterUndertaking.allCases).subtracting([missing]))
        #expect(findings.map(\.subject) == ["undertakings.\(missing.rawValue)"])
        #expect(LetterUndertaking.allCases.count == 5)
    }

    @Test("a result passes when it is what the scheme computes")
    func formReview() {
        var review = ResultFormReview(
            passes: true, opinion: "一致", submittedDigest: [1, 2], recomputedDigest: [1, 2],
            barredNamed: [], isSchemeInForce: true)
        #expect(ResultFormReviewRule().findings(in: review).isEmpty)
        review.recomputedDigest = [1, 3]
        review.barredNamed = [Self.a]
        review.isSchemeInForce = false
        review.opinion = ""
        #expect(
            ResultFormReviewRule().findings(in: review).ruleCodes == [
                "FORM_OPINION_MISSING", "SCHEME_NOT_IN_FORCE", "RESULT_NOT_REPRODUCED",
                "BARRED_ENTERPRISE_NAMED",
            ])
        review.passes = false
        #expect(ResultFormReviewRule().findings(in: review).ruleCodes == ["FORM_OPINION_MISSING"])
        review = ResultFormReview(
            passes: true, opinion: "一致", submittedDigest: [], recomputedDigest: [], barredNamed: [],
            isSchemeInForce: true)
        #expect(ResultFormReviewRule().findings(in: review).ruleCodes == ["RESULT_NOT_REPRODUCED"])
    }

    @Test(
        "a result's notice is generally of ten working days or more",
        arguments: [
            (9, Modality.generally, "RESULT_NOTICE_SHORT"), (1, .generally, "RESULT_NOTICE_SHORT"),
            (0, .must, "NOTICE_WITHOUT_DAYS"),
        ])
    func shortNotice(days: Int, modality: Modality, code: String) {
        let findings = ResultNoticeRule().findings(in: days)
        #expect(findings.ruleCodes == [code])
        #expect(findings.map(\.modality) == [modality])
    }

    @Test("ten and eleven days need no reason; nine pass with one, and it is kept")
    func departure() throws {
        #expect(ResultNoticeRule().findings(in: 10).isEmpty)
        #expect(ResultNoticeRule().findings(in: 11).isEmpty)
        #expect(throws: Refusal.self) { _ = try examine(9, against: [ResultNoticeRule()]) }
        let reason = Departure(code: "RESULT_NOTICE_SHORT", reason: "世界标准日前发布")
        let examined = try examine(9, against: [ResultNoticeRule()], departures: [reason])
        let used = examined.departures
        #expect(used == [reason])
        let never = Departure(code: "NOTICE_WITHOUT_DAYS", reason: "急")
        #expect(throws: Refusal.self) {
            _ = try examine(0, against: [ResultNoticeRule()], departures: [never])
        }
    }

    @Test("an objection names entries of the list")
    func entries() {
        let rule = ObjectedEntriesRule()
        #expect(rule.findings(in: ObjectedEntries(entries: [], listed: ["k"])).isEmpty)
        #expect(
            rule.findings(in: ObjectedEntries(entries: ["k", "x"], listed: ["k"])).ruleCodes
                == ["OBJECTED_ENTRY_UNKNOWN"])
    }

    @Test("experts of the agency or the enterprise give no opinion")
    func comprehensiveOpinion() {
        let voices = [
            ExpertVoice(expert: "E1", affiliation: Affiliation(body: RuleSample.code(7)), isFounded: true),
            ExpertVoice(expert: "E2", affiliation: Affiliation(body: RuleSample.code(8)), isFounded: false),
        ]
        var opinion = ComprehensiveOpinion(
            objection: LodgedObjection(id: "O", outcome: nil), voices: voices,
            interested: [Affiliation(body: Self.a)], statement: "意见")
        #expect(ComprehensiveOpinionRule().findings(in: opinion).isEmpty)
        #expect(!opinion.isFounded)
        opinion.voices[1].isFounded = true
        #expect(opinion.isFounded)
        opinion.voices[1] = ExpertVoice(expert: "E1", affiliation: Affiliation(body: Self.a), isFounded: true)
        opinion.statement = ""
        opinion.objection.outcome = .rejected
        #expect(
            ComprehensiveOpinionRule().findings(in: opinion).ruleCodes == [
                "OBJECTION_SETTLED_ALREADY", "EXPERT_REPEATED", "EXPERT_WITH_CONFLICT",
                "OPINION_STATEMENT_MISSING",
            ])
        opinion.voices = []
        #expect(ComprehensiveOpinionRule().findings(in: opinion).ruleCodes.contains("EXPERT_VOICE_MISSING"))
    }

    @Test("a decision against the experts says why")
    func decision() {
        let open = LodgedObjection(id: "O", outcome: nil)
        func codes(_ founded: Bool?, _ outcome: ObjectionOutcome?, _ reason: String) -> [String] {
            ResultObjectionRule().findings(
                in: ResultObjectionDecision(
                    objection: open, expertsFindFounded: founded, outcome: outcome, reason: reason)
            ).ruleCodes
        }
        #expect(codes(true, .upheld, "") == [])
        #expect(codes(true, .amend, "") == [])
        #expect(codes(false, .rejected, "") == [])
        #expect(codes(true, .rejected, "") == ["DEPARTURE_FROM_OPINION_WITHOUT_REASON"])
        #expect(codes(false, .upheld, " ") == ["DEPARTURE_FROM_OPINION_WITHOUT_REASON"])
        #expect(codes(true, .rejected, "证据不足") == [])
        #expect(codes(nil, .rejected, "x") == ["COMPREHENSIVE_OPINION_MISSING"])
        #expect(codes(true, nil, "x") == ["OBJECTION_OUTCOME_MISSING"])
        let settled = ResultObjectionDecision(
            objection: LodgedObjection(id: "O", outcome: .upheld), expertsFindFounded: true, outcome: .upheld,
            reason: "")
        #expect(ResultObjectionRule().findings(in: settled).ruleCodes == ["OBJECTION_SETTLED_ALREADY"])
    }

    @Test("entries under objection are held back, the others are published")
    func heldBack() {
        let effect = ObjectionEffect([
            LodgedObjection(id: "1", entries: ["a", "d"], outcome: nil),
            LodgedObjection(id: "2", entries: ["b"], outcome: .rejected),
            LodgedObjection(id: "3", entries: ["c"], outcome: .upheld),
            LodgedObjection(id: "4", entries: ["d"], outcome: .amend),
        ])
        #expect(effect.heldBack == ["a"])
        #expect(effect.removed == ["c", "d"])
        #expect(effect.againstList.isEmpty)
    }

    @Test("an objection to the list holds all of it until it is rejected")
    func wholeList() {
        let period = NoticePeriod(
            postedOn: RuleSample.date("2025-06-03"), workingDays: 10, calendar: RuleSample.calendar)
        func codes(_ objections: [LodgedObjection], on day: String = "2025-06-18") -> [String] {
            ResultPublicationRule().findings(
                in: ResultPublication(
                    period: period, publishedOn: RuleSample.date(day), calendar: RuleSample.calendar,
                    objections: objections, barredNamed: [])
            ).ruleCodes
        }
        #expect(codes([]) == [])
        #expect(codes([], on: "2025-06-17") == ["NOTICE_STILL_OPEN"])
        #expect(codes([LodgedObjection(id: "1", entries: ["a"], outcome: nil)]) == [])
        #expect(codes([LodgedObjection(id: "1", outcome: nil)]) == ["OBJECTION_OPEN"])
        #expect(codes([LodgedObjection(id: "1", outcome: .rejected)]) == [])
        #expect(codes([LodgedObjection(id: "1", outcome: .upheld)]) == ["OBJECTION_UPHELD"])
        #expect(codes([LodgedObjection(id: "1", outcome: .amend)]) == ["LIST_TO_BE_CHANGED"])
    }

    @Test("an enterprise barred since the notice stops the publication")
    func barred() {
        let publication = ResultPublication(
            period: NoticePeriod(
                postedOn: RuleSample.date("2025-06-03"), workingDays: 10, calendar: RuleSample.calendar),
            publishedOn: RuleSample.date("2025-07-01"), calendar: RuleSample.calendar, objections: [],
            barredNamed: [Self.a])
        #expect(ResultPublicationRule().findings(in: publication).ruleCodes == ["BARRED_ENTERPRISE_NAMED"])
    }
}
