/// What an applicant declares under A1 one, in the form's order.
package enum AgencyUndertaking: String, Sendable, Hashable, CaseIterable {
    case voluntary, materialsTrue, followsProgramme, noFee, answersForResults, acceptsSupervision
    case acceptsLiability

    package var term: String {
        switch self {
        case .voluntary: "自愿承担评估"
        case .materialsTrue: "材料真实有效"
        case .followsProgramme: "按制度要求开展评估"
        case .noFee: "不向企业收取评估费用"
        case .answersForResults: "对评估方案和结果负责"
        case .acceptsSupervision: "接受监督"
        case .acceptsLiability: "承担法律责任"
        }
    }
}

/// The declaration of an applicant with its signature.
package struct AgencyDeclaration: Sendable, Hashable {
    package var accepted: Set<AgencyUndertaking>
    package var signedBy: String
    /// nil when the form has no valid date.
    package var signedOn: CivilDate?

    package init(accepted: Set<AgencyUndertaking>, signedBy: String, signedOn: CivilDate?) {
        self.accepted = accepted
        self.signedBy = signedBy
        self.signedOn = signedOn
    }
}

/// An applicant gives all seven undertakings, and the person who answers for it signs and dates them.
///
/// Regulation A1 one (郑重声明). Each undertaking that is not given is its own finding.
package struct UndertakingsRule: Rule {
    package static let citation = Citation("A1", term: "郑重声明")

    package init() {}

    package func findings(in declaration: AgencyDeclaration) -> [Finding] {
        var findings = AgencyUndertaking.allCases.filter { !declaration.accepted.contains($0) }.map {
            missing in
            Finding(
                Self.citation, code: "UNDERTAKING_MISSING", subject: "undertakings.\(missing.rawValue)",
                zh: "未承诺：\(missing.term)", en: "this undertaking is not given: \(missing.rawValue)")
        }
        if declaration.signedBy.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "UNDERTAKINGS_UNSIGNED", subject: "undertakings.signedBy",
                    zh: "法人或单位负责人未签字", en: "the undertakings are not signed"))
        }
        if declaration.signedOn == nil {
            findings.append(
                Finding(
                    Self.citation, code: "UNDERTAKINGS_UNDATED", subject: "undertakings.signedOn",
                    zh: "声明未写日期", en: "the undertakings are not dated"))
        }
        return findings
    }
}
