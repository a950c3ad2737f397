/// What an expert, or the panel, says of a scheme.
package enum PanelVerdict: String, Sendable, Hashable, CaseIterable {
    case pass, passAfterChange, fail
}

/// The four criteria of the expert review, in the regulation's order.
package enum PanelCriterion: String, Sendable, Hashable, CaseIterable {
    case feasibility, indicators, fairness, authority

    package var term: String {
        switch self {
        case .feasibility: "产品和服务类别可行性"
        case .indicators: "指标选取科学性"
        case .fairness: "评估方法和程序公正性"
        case .authority: "评估机构及人员权威性"
        }
    }
}

/// One expert's opinion: a verdict on each criterion. A criterion without a verdict is not judged yet.
package struct ExpertOpinion: Sendable, Hashable {
    package var expert: String
    package var verdicts: [PanelCriterion: PanelVerdict]
    /// The expert signs that there is no conflict of interest.
    package var declaresNoConflict: Bool

    package init(expert: String, verdicts: [PanelCriterion: PanelVerdict], declaresNoConflict: Bool) {
        self.expert = expert
        self.verdicts = verdicts
        self.declaresNoConflict = declaresNoConflict
    }

    /// Pass only when all four criteria pass; fail as soon as one fails.
    package var verdict: PanelVerdict {
        let given = PanelCriterion.allCases.map { verdicts[$0] ?? .fail }
        if given.contains(.fail) { return .fail }
        return given.contains(.passAfterChange) ? .passAfterChange : .pass
    }
}

/// One opinion handed in to a panel.
package struct OpinionArrival: Sendable, Hashable {
    package var panel: ReviewPanel
    package var opinion: ExpertOpinion
    /// Whether this expert's opinion on the same text of the scheme is recorded already.
    package var isRepeated: Bool

    package init(panel: ReviewPanel, opinion: ExpertOpinion, isRepeated: Bool) {
        self.panel = panel
        self.opinion = opinion
        self.isRepeated = isRepeated
    }
}

/// An opinion comes from a seated expert without a conflict, once, and judges all four criteria.
///
/// Regulation 3.1.2 (专家审核), R8.
package struct PanelOpinionRule: Rule {
    package static let citation = Citation("3.1.2", term: "专家审核")

    package init() {}

    package func findings(in arrival: OpinionArrival) -> [Finding] {
        let opinion = arrival.opinion
        var findings: [Finding] = []
        func add(_ code: String, subject: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: subject, zh: zh, en: en))
        }
        if let expert = arrival.panel.experts.first(where: { $0.id == opinion.expert }) {
            if let flaw = arrival.panel.flaw(of: expert) { findings.append(flaw) }
        } else {
            add(
                "EXPERT_NOT_SEATED", subject: opinion.expert, zh: "该专家不在评审专家组中",
                en: "the expert does not sit on the panel")
        }
        if arrival.isRepeated {
            add(
                "OPINION_REPEATED", subject: opinion.expert, zh: "该专家已提交评审意见",
                en: "the expert's opinion is recorded already")
        }
        if !opinion.declaresNoConflict {
            add(
                "CONFLICT_NOT_DENIED", subject: opinion.expert, zh: "专家未声明无利益冲突",
                en: "the expert does not declare to be free of conflicts")
        }
        for criterion in PanelCriterion.allCases where opinion.verdicts[criterion] == nil {
            add(
                "CRITERION_NOT_JUDGED", subject: criterion.rawValue, zh: "未评审\(criterion.term)",
                en: "no verdict on \(criterion.rawValue)")
        }
        return findings
    }
}
