/// The work agency's decision on an objection to a result.
package struct ResultObjectionDecision: Sendable, Hashable {
    package var objection: LodgedObjection
    /// What the experts hold; nil while they have not given their opinion.
    package var expertsFindFounded: Bool?
    /// nil when the decision names none of the three outcomes.
    package var outcome: ObjectionOutcome?
    package var reason: String

    package init(
        objection: LodgedObjection, expertsFindFounded: Bool?, outcome: ObjectionOutcome?, reason: String
    ) {
        self.objection = objection
        self.expertsFindFounded = expertsFindFounded
        self.outcome = outcome
        self.reason = reason
    }
}

/// An objection to a result is decided after the experts' opinion, and a decision against it says why.
///
/// Regulation 3.2.4 (综合评议), R5: the experts advise, the work agency decides.
package struct ResultObjectionRule: Rule {
    package static let citation = Citation("3.2.4", term: "综合评议")

    package init() {}

    package func findings(in decision: ResultObjectionDecision) -> [Finding] {
        var findings: [Finding] = []
        let id = decision.objection.id
        func add(_ code: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: id, zh: zh, en: en))
        }
        if decision.objection.outcome != nil {
            add("OBJECTION_SETTLED_ALREADY", zh: "该异议已处理", en: "the objection is settled already")
        }
        if decision.expertsFindFounded == nil {
            add(
                "COMPREHENSIVE_OPINION_MISSING", zh: "尚无专家综合评议意见",
                en: "the experts have not given their opinion")
        }
        guard let outcome = decision.outcome else {
            add(
                "OBJECTION_OUTCOME_MISSING", zh: "处理意见应为驳回、成立或修改之一",
                en: "the outcome is one of rejected, upheld or amend")
            return findings
        }
        let holdsFounded = outcome != .rejected
        if let founded = decision.expertsFindFounded, founded != holdsFounded, decision.reason.isUnstated {
            add(
                "DEPARTURE_FROM_OPINION_WITHOUT_REASON", zh: "决定与专家综合评议意见不一致，须说明理由",
                en: "the decision departs from the experts' opinion and does not say why")
        }
        return findings
    }
}
