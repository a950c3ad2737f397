/// The kinds of institution that may evaluate, and the open kind at the end of the regulation's list.
package enum AgencyKind: String, Sendable, Hashable, CaseIterable {
    case standardsBody, researchInstitute, industryAssociation, testingBody, certificationBody
    case consultingBody, other

    package var term: String {
        switch self {
        case .standardsBody: "标准化技术机构"
        case .researchInstitute: "科研机构"
        case .industryAssociation: "行业协会"
        case .testingBody: "检测机构"
        case .certificationBody: "认证机构"
        case .consultingBody: "咨询服务机构"
        case .other: "其他"
        }
    }
}

/// Who applies to evaluate.
package struct AgencyCandidate: Sendable, Hashable {
    /// As written on the form.
    package var creditCode: String
    package var isLegalPerson: Bool
    /// nil when the form leaves it open.
    package var kind: AgencyKind?

    package init(creditCode: String, isLegalPerson: Bool, kind: AgencyKind?) {
        self.creditCode = creditCode
        self.isLegalPerson = isLegalPerson
        self.kind = kind
    }
}

/// An evaluation agency is registered in China, is a legal person of its own, and is of a kind that may
/// evaluate.
///
/// Regulation 2.1.2 (评估机构). A valid unified social credit code stands for the registration; branches have
/// one too, so legal personality is a separate duty. The list of kinds is open: another kind is pointed
/// out, not refused.
package struct AgencyEligibilityRule: Rule {
    package static let citation = Citation("2.1.2", term: "评估机构")

    package init() {}

    package func findings(in candidate: AgencyCandidate) -> [Finding] {
        var findings: [Finding] = []
        if (try? CreditCode(candidate.creditCode)) == nil {
            findings.append(
                Finding(
                    Self.citation, code: "CREDIT_CODE_INVALID", subject: "agency.institution.creditCode",
                    zh: "统一社会信用代码无效，不能证明在境内注册",
                    en: "the unified social credit code is not valid, so registration in China is not shown"))
        }
        if !candidate.isLegalPerson {
            findings.append(
                Finding(
                    Self.citation, code: "NOT_A_LEGAL_PERSON", subject: "agency.legalPerson",
                    zh: "不具有独立法人资格", en: "the institution is not a legal person of its own"))
        }
        switch candidate.kind {
        case nil:
            findings.append(
                Finding(
                    Self.citation, code: "AGENCY_KIND_MISSING", subject: "agency.kind",
                    zh: "未写明机构类别", en: "the kind of institution is not stated"))
        case .other:
            findings.append(
                Finding(
                    Self.citation, .advice, code: "AGENCY_KIND_OTHER", subject: "agency.kind",
                    zh: "机构不属于列明的六类，请在形式审查时说明",
                    en:
                        "none of the six kinds named; the form review should say why it fits"
                ))
        case .standardsBody, .researchInstitute, .industryAssociation, .testingBody, .certificationBody,
            .consultingBody:
            break
        }
        return findings
    }
}
