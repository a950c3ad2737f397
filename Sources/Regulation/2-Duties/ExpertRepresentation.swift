/// Whom a member of the expert committee represents: the nine kinds of regulation 2.1.3 (专家委员会).
package enum ExpertRepresentation: String, Sendable, Hashable, CaseIterable {
    case industryAssociation, university, researchInstitute, standardsBody, testingBody
    case certificationBody, consultingBody, enterprise, consumer

    package var term: String {
        switch self {
        case .industryAssociation: "行业协会"
        case .university: "高校"
        case .researchInstitute: "科研机构"
        case .standardsBody: "标准化机构"
        case .testingBody: "检测机构"
        case .certificationBody: "认证机构"
        case .consultingBody: "咨询服务机构"
        case .enterprise: "企业"
        case .consumer: "消费者"
        }
    }
}

/// The expert committee has representatives of every kind the regulation names.
///
/// Regulation 2.1.3 (专家委员会). Judged over the whole roster, for the report on the committee's composition;
/// members are enrolled one by one, so a committee in the making is incomplete by nature and nothing is
/// blocked.
package struct CommitteeCompositionRule: Rule {
    package static let citation = Citation("2.1.3", term: "专家委员会")

    package init() {}

    package func findings(in roster: [ExpertRepresentation]) -> [Finding] {
        let present = Set(roster)
        return ExpertRepresentation.allCases.filter { !present.contains($0) }.map { kind in
            Finding(
                Self.citation, .advice, code: "REPRESENTATION_MISSING", subject: kind.rawValue,
                zh: "专家委员会中没有\(kind.term)的代表",
                en: "the committee has no representative of this kind: \(kind.rawValue)")
        }
    }
}
