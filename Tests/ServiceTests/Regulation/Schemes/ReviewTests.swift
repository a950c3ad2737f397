import Testing

@testable import Regulation

@Suite("Review of a scheme")
struct ReviewTests {
    @Test("four experts are refused, five and six are not", arguments: [(4, 1), (5, 0), (6, 0)])
    func count(experts: UInt8, findings: Int) {
        let found = ReviewPanelRule().findings(in: RuleSample.panel(experts))
        #expect(found.count == findings)
        #expect(found.allSatisfy { $0.code == "TOO_FEW_EXPERTS" })
    }

    @Test("an expert named twice counts once")
    func repeated() {
        var panel = RuleSample.panel(4)
        panel.experts.append(RuleSample.expert(0))
        #expect(ReviewPanelRule().findings(in: panel).ruleCodes == ["TOO_FEW_EXPERTS", "EXPERT_REPEATED"])
    }

    @Test("an expert of another field does not count")
    func otherField() {
        var panel = RuleSample.panel(4)
        panel.experts.append(RuleSample.expert(9, field: "2025-PAINT"))
        #expect(
            ReviewPanelRule().findings(in: panel).ruleCodes == ["TOO_FEW_EXPERTS", "EXPERT_OF_OTHER_FIELD"])
    }

    @Test("the drafting body, its parent and its subsidiary give no expert; a sister does")
    func conflicts() {
        let drafter = RuleSample.code(1)
        let parent = RuleSample.code(2)
        let other = RuleSample.code(50)
        let cases: [(Affiliation, Bool)] = [
            (Affiliation(body: drafter), true), (Affiliation(body: parent), true),
            (Affiliation(body: other, parent: drafter), true),
            (Affiliation(body: other, parent: parent), false),
            (Affiliation(body: other), false),
        ]
        for (affiliation, isConflict) in cases {
            var panel = RuleSample.panel(5)
            panel.experts.append(PanelExpert(id: "X", affiliation: affiliation, keyFields: ["2025-LAMP"]))
            let codes = ReviewPanelRule().findings(in: panel).ruleCodes
            #expect(codes == (isConflict ? ["EXPERT_FROM_DRAFTING_BODY"] : []), "\(affiliation)")
        }
    }

    @Test("an opinion judges all four criteria, once, without a conflict, from a seat")
    func opinions() {
        let panel = RuleSample.panel(5)
        let good = OpinionArrival(panel: panel, opinion: RuleSample.opinion(0, .pass), isRepeated: false)
        #expect(PanelOpinionRule().findings(in: good).isEmpty)
        let bad = OpinionArrival(
            panel: panel,
            opinion: ExpertOpinion(
                expert: "Z", verdicts: [.feasibility: .pass, .indicators: .pass, .fairness: .pass],
                declaresNoConflict: false),
            isRepeated: true)
        #expect(
            PanelOpinionRule().findings(in: bad).ruleCodes == [
                "EXPERT_NOT_SEATED", "OPINION_REPEATED", "CONFLICT_NOT_DENIED", "CRITERION_NOT_JUDGED",
            ])
    }

    @Test("a conflict that appears after the appointment stops the opinion")
    func lateConflict() {
        var panel = RuleSample.panel(5)
        panel.experts[0].affiliation = Affiliation(body: RuleSample.code(1))
        let arrival = OpinionArrival(panel: panel, opinion: RuleSample.opinion(0, .pass), isRepeated: false)
        #expect(PanelOpinionRule().findings(in: arrival).ruleCodes == ["EXPERT_FROM_DRAFTING_BODY"])
        let conclusion = Self.conclude(panel, passing: 5, changing: 0)
        #expect(conclusion.findings.ruleCodes == ["EXPERT_FROM_DRAFTING_BODY", "TOO_FEW_OPINIONS"])
    }

    static func conclude(
        _ panel: ReviewPanel, passing: Int, changing: Int, wasSentBack: Bool = false,
        threshold: PanelThreshold = .twoThirds
    ) -> PanelConclusion {
        let opinions = panel.experts.indices.map { index in
            let verdict: PanelVerdict =
                index < passing ? .pass : index < passing + changing ? .passAfterChange : .fail
            return RuleSample.opinion(UInt8(index), verdict)
        }
        return PanelConclusion(
            panel: panel, opinions: opinions, wasSentBack: wasSentBack, statement: "同意", threshold: threshold)
    }

    @Test(
        "two thirds pass: below, at and above",
        arguments: [
            (6, 3, 0, PanelVerdict.fail), (6, 4, 0, .pass), (6, 5, 0, .pass),
            (5, 3, 0, .fail), (5, 4, 0, .pass), (7, 4, 0, .fail), (7, 5, 0, .pass),
            (6, 3, 1, .passAfterChange), (6, 2, 1, .fail), (6, 0, 4, .passAfterChange),
        ])
    func threshold(experts: UInt8, passing: Int, changing: Int, verdict: PanelVerdict) {
        let conclusion = Self.conclude(RuleSample.panel(experts), passing: passing, changing: changing)
        #expect(conclusion.findings.isEmpty)
        #expect(conclusion.verdict == verdict)
        #expect(conclusion.passCount == passing)
        #expect(conclusion.opinionCount == Int(experts))
        #expect(conclusion.threshold.description == "2/3")
    }

    @Test("pass after change works once")
    func sentBackOnce() {
        let panel = RuleSample.panel(6)
        #expect(Self.conclude(panel, passing: 3, changing: 3).verdict == .passAfterChange)
        #expect(Self.conclude(panel, passing: 3, changing: 3, wasSentBack: true).verdict == .fail)
        #expect(Self.conclude(panel, passing: 4, changing: 2, wasSentBack: true).verdict == .pass)
    }

    @Test("a charter's threshold is used and recorded")
    func charter() throws {
        let all = try #require(PanelThreshold(parts: 1, of: 1))
        #expect(Self.conclude(RuleSample.panel(5), passing: 4, changing: 0, threshold: all).verdict == .fail)
        #expect(Self.conclude(RuleSample.panel(5), passing: 5, changing: 0, threshold: all).verdict == .pass)
        #expect(PanelThreshold(parts: 0, of: 3) == nil)
        #expect(PanelThreshold(parts: 4, of: 3) == nil)
    }

    @Test("four opinions conclude nothing, nor do five without a statement")
    func tooFewOpinions() {
        let panel = RuleSample.panel(6)
        let four = (0..<4).map { RuleSample.opinion($0, .pass) }
        let conclusion = PanelConclusion(panel: panel, opinions: four, wasSentBack: false, statement: " ")
        #expect(conclusion.findings.ruleCodes == ["TOO_FEW_OPINIONS", "PANEL_STATEMENT_MISSING"])
    }

    @Test("a scheme is revised when it was sent back, and once")
    func revision() {
        let rule = SchemeRevisionRule()
        #expect(rule.findings(in: SchemeRevision(isSentBack: true, timesSentBack: 1)).isEmpty)
        #expect(
            rule.findings(in: SchemeRevision(isSentBack: false, timesSentBack: 0)).ruleCodes
                == ["SCHEME_NOT_SENT_BACK"])
        #expect(
            rule.findings(in: SchemeRevision(isSentBack: true, timesSentBack: 2)).ruleCodes
                == ["SCHEME_REVISED_ALREADY"])
    }

    @Test("the form review cannot pass while a finding is open, but may fail with an opinion")
    func formReview() {
        let open = UndertakingsRule().findings(
            in: AgencyDeclaration(accepted: [], signedBy: "李", signedOn: RuleSample.date("2025-06-03")))
        let advice = Finding(UndertakingsRule.citation, .advice, code: "X", zh: "", en: "")
        let rule = FormReviewRule()
        #expect(rule.findings(in: FormReview(passes: true, opinion: "合格", findings: [advice])).isEmpty)
        #expect(rule.findings(in: FormReview(passes: false, opinion: "不合格", findings: open)).isEmpty)
        let passed = rule.findings(in: FormReview(passes: true, opinion: "合格", findings: open))
        #expect(passed.ruleCodes.first == "FORM_PASS_WITH_FINDINGS")
        #expect(passed.count == 1 + open.count)
        #expect(
            rule.findings(in: FormReview(passes: false, opinion: "", findings: [])).ruleCodes
                == ["FORM_OPINION_MISSING"])
    }

    @Test("an agency is determined on a passed scheme, with minutes")
    func determination() {
        let rule = AgencyDeterminationRule()
        #expect(rule.findings(in: AgencyDetermination(panelVerdict: .pass, minutes: "纪要")).isEmpty)
        #expect(
            rule.findings(in: AgencyDetermination(panelVerdict: .passAfterChange, minutes: "")).ruleCodes
                == ["SCHEME_NOT_PASSED", "MINUTES_MISSING"])
    }
}
