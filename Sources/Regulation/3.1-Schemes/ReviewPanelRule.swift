/// An expert of the committee, as far as a panel needs to know.
package struct PanelExpert: Sendable, Hashable {
    package var id: String
    package var affiliation: Affiliation
    /// Codes of key fields.
    package var keyFields: Set<String>

    package init(id: String, affiliation: Affiliation, keyFields: Set<String>) {
        self.id = id
        self.affiliation = affiliation
        self.keyFields = keyFields
    }
}

/// The experts who are to review one scheme, and the bodies that drafted it.
package struct ReviewPanel: Sendable, Hashable {
    package var keyField: String
    package var experts: [PanelExpert]
    /// The applicant and its joint drafters.
    package var drafters: [Affiliation]

    package init(keyField: String, experts: [PanelExpert], drafters: [Affiliation]) {
        self.keyField = keyField
        self.experts = experts
        self.drafters = drafters
    }

    /// Why an expert may not sit on this panel, or nothing.
    func flaw(of expert: PanelExpert) -> Finding? {
        if drafters.contains(where: { expert.affiliation.conflicts(with: $0) }) {
            return Finding(
                ReviewPanelRule.citation, code: "EXPERT_FROM_DRAFTING_BODY", subject: expert.id,
                zh: "评审专家\(expert.id)是方案编制单位（或其上级单位）的人员",
                en: "expert \(expert.id) belongs to a body that drafted the scheme, or to its parent")
        }
        if !expert.keyFields.contains(keyField) {
            return Finding(
                ReviewPanelRule.citation, code: "EXPERT_OF_OTHER_FIELD", subject: expert.id,
                zh: "评审专家\(expert.id)不是\(keyField)领域的专家",
                en: "expert \(expert.id) is not an expert of key field \(keyField)")
        }
        return nil
    }

    /// Ids of the distinct experts who may sit.
    var eligible: Set<String> { Set(experts.filter { flaw(of: $0) == nil }.map(\.id)) }
}

/// A review panel seats at least five experts of the field, none of them from a body that drafted the scheme.
///
/// Regulation 3.1.2 (评审专家组), R8. Several duties, so several kinds of finding; only distinct experts without
/// a flaw count towards the five.
package struct ReviewPanelRule: Rule {
    package static let citation = Citation("3.1.2", term: "评审专家组")
    package static let expertCountMin = 5

    package init() {}

    package func findings(in panel: ReviewPanel) -> [Finding] {
        var findings: [Finding] = []
        let eligible = panel.eligible
        if eligible.count < Self.expertCountMin {
            findings.append(
                Finding(
                    Self.citation, code: "TOO_FEW_EXPERTS", subject: panel.keyField,
                    zh: "符合条件的评审专家\(eligible.count)人，应不少于\(Self.expertCountMin)人",
                    en: "\(eligible.count) eligible experts; at least \(Self.expertCountMin) are required"))
        }
        var seen: Set<String> = []
        for expert in panel.experts {
            guard seen.insert(expert.id).inserted else {
                findings.append(
                    Finding(
                        Self.citation, code: "EXPERT_REPEATED", subject: expert.id,
                        zh: "评审专家\(expert.id)重复", en: "expert \(expert.id) is named twice"))
                continue
            }
            if let flaw = panel.flaw(of: expert) { findings.append(flaw) }
        }
        return findings
    }
}
