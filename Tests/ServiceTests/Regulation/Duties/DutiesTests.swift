import Testing

@testable import Regulation

@Suite("Agencies and experts")
struct DutiesTests {
    @Test("each of the six kinds is eligible")
    func kinds() {
        for kind in AgencyKind.allCases where kind != .other {
            let candidate = AgencyCandidate(
                creditCode: RuleSample.code(1).text, isLegalPerson: true, kind: kind)
            #expect(AgencyEligibilityRule().findings(in: candidate).isEmpty)
        }
        #expect(AgencyKind.allCases.count { $0 != .other } == 6)
    }

    @Test("another kind is pointed out, not refused")
    func otherKind() throws {
        let candidate = AgencyCandidate(
            creditCode: RuleSample.code(1).text, isLegalPerson: true, kind: .other)
        let findings = AgencyEligibilityRule().findings(in: candidate)
        #expect(findings.ruleCodes == ["AGENCY_KIND_OTHER"])
        let examined = try examine(candidate, against: [AgencyEligibilityRule()])
        let remarks = examined.remarks
        #expect(remarks == findings)
    }

    @Test("a bad code, a branch and an unnamed kind are told at once")
    func ineligible() {
        let candidate = AgencyCandidate(creditCode: "91110000", isLegalPerson: false, kind: nil)
        #expect(
            AgencyEligibilityRule().findings(in: candidate).ruleCodes
                == ["CREDIT_CODE_INVALID", "NOT_A_LEGAL_PERSON", "AGENCY_KIND_MISSING"])
    }

    @Test(
        "who may do what after being cancelled",
        arguments: [
            (AgencyStanding.inGoodStanding, AgencyBarRule.Act.apply, [String]()),
            (.inGoodStanding, .evaluate, []),
            (.cancelledForIntegrity, .apply, ["AGENCY_BARRED"]),
            (.cancelledForIntegrity, .evaluate, ["AGENCY_BARRED"]),
            (.cancelledOtherwise, .apply, []),
            (.cancelledOtherwise, .evaluate, ["AGENCY_CANCELLED"]),
        ])
    func bar(standing: AgencyStanding, act: AgencyBarRule.Act, codes: [String]) {
        let attempt = AgencyBarRule.Attempt(agency: RuleSample.code(1), standing: standing, act: act)
        #expect(AgencyBarRule().findings(in: attempt).ruleCodes == codes)
    }

    @Test("a committee without consumers or enterprises is told so")
    func composition() {
        #expect(ExpertRepresentation.allCases.count == 9)
        #expect(CommitteeCompositionRule().findings(in: ExpertRepresentation.allCases).isEmpty)
        let roster = ExpertRepresentation.allCases.filter { $0 != .consumer && $0 != .enterprise }
        let findings = CommitteeCompositionRule().findings(in: roster)
        #expect(findings.ruleCodes == ["REPRESENTATION_MISSING", "REPRESENTATION_MISSING"])
        #expect(findings.map(\.subject) == ["enterprise", "consumer"])
    }

    @Test("an expert is enrolled with everything a conflict is seen by")
    func enrolment() {
        var expert = ExpertEnrolment(
            id: "E1", name: "王", employer: RuleSample.code(3).text, employerParent: "",
            representation: .consumer, keyFields: ["2025-LAMP"])
        #expect(ExpertEnrolmentRule().findings(in: expert).isEmpty)
        expert.employerParent = RuleSample.code(4).text
        #expect(ExpertEnrolmentRule().findings(in: expert).isEmpty)
        expert = ExpertEnrolment(
            id: "", name: "", employer: "x", employerParent: "y", representation: nil, keyFields: [])
        #expect(
            ExpertEnrolmentRule().findings(in: expert).ruleCodes == [
                "EXPERT_ID_MISSING", "EXPERT_NAME_MISSING", "EMPLOYER_CODE_INVALID",
                "EMPLOYER_PARENT_CODE_INVALID", "REPRESENTATION_UNSTATED", "EXPERT_FIELD_MISSING",
            ])
    }
}
