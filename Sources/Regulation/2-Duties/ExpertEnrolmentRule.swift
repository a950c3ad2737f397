/// An expert who is to join the committee.
package struct ExpertEnrolment: Sendable, Hashable {
    package var id: String
    package var name: String
    /// Credit code of the employer, as written.
    package var employer: String
    /// Credit code of the employer's parent as declared; empty when it has none.
    package var employerParent: String
    /// nil when the form leaves it open.
    package var representation: ExpertRepresentation?
    /// Codes of key fields.
    package var keyFields: [String]

    package init(
        id: String, name: String, employer: String, employerParent: String,
        representation: ExpertRepresentation?, keyFields: [String]
    ) {
        self.id = id
        self.name = name
        self.employer = employer
        self.employerParent = employerParent
        self.representation = representation
        self.keyFields = keyFields
    }
}

/// A committee member is enrolled with an employer, a kind of representation and at least one key field.
///
/// Regulation 2.1.3 (专家委员会). Without the employer no conflict of interest could be seen later, without the
/// field nobody could tell whether the expert is one of the field (3.1.2).
package struct ExpertEnrolmentRule: Rule {
    package static let citation = Citation("2.1.3", term: "专家委员会")

    package init() {}

    package func findings(in expert: ExpertEnrolment) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, _ subject: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: subject, zh: zh, en: en))
        }
        if expert.id.isUnstated {
            add("EXPERT_ID_MISSING", "expert.id", zh: "专家未编号", en: "the expert has no id")
        }
        if expert.name.isUnstated {
            add("EXPERT_NAME_MISSING", "expert.name", zh: "未写明专家姓名", en: "the expert's name is missing")
        }
        if (try? CreditCode(expert.employer)) == nil {
            add(
                "EMPLOYER_CODE_INVALID", "expert.employer.creditCode",
                zh: "专家所在单位的统一社会信用代码无效", en: "the employer's credit code is not valid")
        }
        if !expert.employerParent.isEmpty, (try? CreditCode(expert.employerParent)) == nil {
            add(
                "EMPLOYER_PARENT_CODE_INVALID", "expert.employerParent",
                zh: "专家所在单位上级单位的统一社会信用代码无效",
                en: "the credit code of the employer's parent is not valid")
        }
        if expert.representation == nil {
            add(
                "REPRESENTATION_UNSTATED", "expert.representation", zh: "未写明专家代表的方面",
                en: "it is not stated whom the expert represents")
        }
        if expert.keyFields.allSatisfy(\.isUnstated) {
            add(
                "EXPERT_FIELD_MISSING", "expert.keyFields", zh: "未写明专家的领域",
                en: "the expert has no key field")
        }
        return findings
    }
}
