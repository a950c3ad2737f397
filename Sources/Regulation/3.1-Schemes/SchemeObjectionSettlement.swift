/// How an objection came out.
package enum ObjectionOutcome: String, Sendable, Hashable, CaseIterable {
    case rejected, upheld, amend
}

/// An objection as far as publication depends on it.
package struct LodgedObjection: Sendable, Hashable {
    package var id: String
    /// Keys of the entries it names; none means the whole list, method or scheme.
    package var entries: [String]
    /// nil while it is open.
    package var outcome: ObjectionOutcome?

    package init(id: String, entries: [String] = [], outcome: ObjectionOutcome?) {
        self.id = id
        self.entries = entries
        self.outcome = outcome
    }
}

/// What the committee's decision on an objection means for a scheme (R4).
package enum SchemeObjectionConsequence: Sendable, Hashable, CaseIterable {
    /// This objection no longer stands in the way.
    case publicationMayGoOn
    case schemeEnds
    /// The amended scheme gets a new notice of its own.
    case newNoticeNeeded

    package init(_ outcome: ObjectionOutcome) {
        switch outcome {
        case .rejected: self = .publicationMayGoOn
        case .upheld: self = .schemeEnds
        case .amend: self = .newNoticeNeeded
        }
    }
}

/// The committee's decision (处理意见) on an objection to a scheme.
package struct SchemeObjectionSettlement: Sendable, Hashable {
    package var objection: LodgedObjection
    /// nil when the decision names none of the three outcomes.
    package var outcome: ObjectionOutcome?
    package var reason: String

    package init(objection: LodgedObjection, outcome: ObjectionOutcome?, reason: String) {
        self.objection = objection
        self.outcome = outcome
        self.reason = reason
    }
}

/// The committee settles each objection to a scheme once, with one of three outcomes and its reason.
///
/// Regulation 3.1.3 (处理意见), R4. Who may decide is a matter of access, not of this rule.
package struct SchemeObjectionRule: Rule {
    package static let citation = Citation("3.1.3", term: "处理意见")

    package init() {}

    package func findings(in settlement: SchemeObjectionSettlement) -> [Finding] {
        var findings: [Finding] = []
        let id = settlement.objection.id
        if settlement.objection.outcome != nil {
            findings.append(
                Finding(
                    Self.citation, code: "OBJECTION_SETTLED_ALREADY", subject: id,
                    zh: "该异议已处理", en: "the objection is settled already"))
        }
        if settlement.outcome == nil {
            findings.append(
                Finding(
                    Self.citation, code: "OBJECTION_OUTCOME_MISSING", subject: id,
                    zh: "处理意见应为驳回、成立或修改之一",
                    en: "the outcome is one of rejected, upheld or amend"))
        }
        if settlement.reason.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "SETTLEMENT_REASON_MISSING", subject: id,
                    zh: "未写明处理意见的理由", en: "the reason of the decision is not stated"))
        }
        return findings
    }
}
