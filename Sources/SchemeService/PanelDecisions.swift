import Authority
import Contracts
import Regulation
import Wire

/// Form review and expert review (3.1.2).
enum PanelDecisions {
    /// 形式审查: a pass is impossible while a part of Annex 1 is missing; a failed one ends the application.
    static func reviewForm(
        _ request: SchemeAPI.ReviewFormRequest, of application: SchemeAPI.Application,
        contents: [Finding]
    ) throws(Refusal) -> (SchemeAPI.FormReviewed, remarks: [Finding]) {
        try ApplicationLifecycle.require(.reviewForm, of: application)
        let review = FormReview(passes: request.pass, opinion: request.opinion, findings: contents)
        let examined = try examine(review, against: [FormReviewRule()])
        let remarks = examined.remarks
        return (
            SchemeAPI.FormReviewed(
                applicationId: application.id, pass: request.pass, opinion: request.opinion),
            remarks
        )
    }

    /// 评审专家组: five of the field, none of the drafting bodies.
    static func appoint(
        _ experts: [SchemeAPI.Expert], to application: SchemeAPI.Application
    ) throws -> SchemeAPI.PanelAppointed {
        try ApplicationLifecycle.require(.appointPanel, of: application)
        let panel = try panel(of: experts, for: application)
        _ = try examine(panel, against: [ReviewPanelRule()])
        return SchemeAPI.PanelAppointed(applicationId: application.id, expertIds: experts.map(\.id))
    }

    /// One expert's opinion on the four criteria.
    static func give(
        _ opinion: SchemeAPI.Opinion, on application: SchemeAPI.Application, panel experts: [SchemeAPI.Expert]
    ) throws -> SchemeAPI.OpinionGiven {
        try ApplicationLifecycle.require(.giveOpinion, of: application)
        let arrival = OpinionArrival(
            panel: try panel(of: experts, for: application), opinion: ExpertOpinion(opinion),
            isRepeated: application.opinions.contains { $0.expertId == opinion.expertId })
        _ = try examine(arrival, against: [PanelOpinionRule()])
        return SchemeAPI.OpinionGiven(applicationId: application.id, opinion: opinion)
    }

    /// 评审意见: five opinions, two thirds of them passing all four criteria (R7); conflicts are looked at again
    /// (R8).
    static func conclude(
        _ request: SchemeAPI.ConcludePanelRequest, of application: SchemeAPI.Application,
        panel experts: [SchemeAPI.Expert]
    ) throws -> SchemeAPI.PanelConcluded {
        try ApplicationLifecycle.require(.concludePanel, of: application)
        let conclusion = PanelConclusion(
            panel: try panel(of: experts, for: application),
            opinions: application.opinions.map(ExpertOpinion.init),
            wasSentBack: application.sendBackCount > 0, statement: request.opinion)
        _ = try examine(conclusion, findings: conclusion.findings)
        return SchemeAPI.PanelConcluded(
            applicationId: application.id, verdict: conclusion.verdict.message, opinion: request.opinion,
            opinionCount: UInt32(conclusion.opinionCount), passCount: UInt32(conclusion.passCount),
            threshold: conclusion.threshold.description)
    }

    /// The agency hands in the changed scheme, once.
    static func revise(
        _ scheme: EvaluationAPI.EvaluationScheme, of application: SchemeAPI.Application, contents: [Finding]
    ) throws(Refusal) -> SchemeAPI.SchemeRevised {
        try ApplicationLifecycle.require(.reviseScheme, of: application)
        let revision = SchemeRevision(
            isSentBack: application.state == .sentBack, timesSentBack: Int(application.sendBackCount))
        let unanswered = (application.notice?.objections ?? []).filter { $0.state == .received }.map {
            Finding(
                SchemeObjectionRule.citation, code: "OBJECTION_OPEN", subject: $0.id,
                zh: "异议\($0.id)尚未处理", en: "objection \($0.id) is open")
        }
        _ = try examine(
            revision, findings: SchemeRevisionRule().findings(in: revision) + unanswered + contents)
        return SchemeAPI.SchemeRevised(applicationId: application.id, scheme: scheme)
    }

    private static func panel(
        of experts: [SchemeAPI.Expert], for application: SchemeAPI.Application
    ) throws -> ReviewPanel {
        var drafters = [
            try affiliation(application.agency?.institution?.creditCode ?? "", parent: "", "agency")
        ]
        for drafter in application.jointDrafters {
            drafters.append(try affiliation(drafter.creditCode, parent: "", "jointDrafters"))
        }
        let panelists = try experts.map { expert in
            PanelExpert(
                id: expert.id,
                affiliation: try affiliation(
                    expert.employer?.creditCode ?? "", parent: expert.employerParent, expert.id),
                keyFields: Set(expert.keyFields))
        }
        return ReviewPanel(keyField: application.keyField, experts: panelists, drafters: drafters)
    }

    private static func affiliation(
        _ code: String, parent: String, _ field: String
    ) throws(RPCStatus) -> Affiliation {
        Affiliation(
            body: try Fields.creditCode(code, field),
            parent: parent.isEmpty ? nil : try Fields.creditCode(parent, field))
    }
}
