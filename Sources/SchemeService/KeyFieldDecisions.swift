import Authority
import Contracts
import Regulation

/// Key fields, the committee's roster, and calls (sections 1, 2.1.3, 3.1.1).
enum KeyFieldDecisions {
    /// Section 1: the market-regulation authority publishes a key field; it is immutable from then on.
    static func publish(
        _ keyField: SchemeAPI.KeyField, existing: SchemeAPI.KeyField?, on day: CivilDate
    ) throws(Refusal) -> SchemeAPI.KeyFieldPublished {
        let proposal = KeyFieldProposal(
            code: keyField.code, name: keyField.name, year: Int(keyField.year),
            declaredStandards: keyField.declaredStandards, consumerConcern: keyField.consumerConcern,
            qualityEffect: keyField.qualityEffect, differentiation: keyField.differentiation)
        var findings = KeyFieldRule().findings(in: proposal)
        if existing != nil {
            findings.append(
                Finding(
                    KeyFieldRule.citation, code: "KEY_FIELD_PUBLISHED_BEFORE", subject: keyField.code,
                    zh: "重点领域\(keyField.code)已公布，公布后不得更改",
                    en: "key field \(keyField.code) is published already and cannot be changed"))
        }
        let examined = try examine(proposal, findings: findings)
        return examined.publish(keyField, on: day)
    }

    /// 2.1.3: an expert joins the committee's roster.
    static func enrol(
        _ expert: SchemeAPI.Expert, existing: SchemeAPI.Expert?
    ) throws(Refusal) -> SchemeAPI.ExpertEnrolled {
        let enrolment = ExpertEnrolment(
            id: expert.id, name: expert.name, employer: expert.employer?.creditCode ?? "",
            employerParent: expert.employerParent,
            representation: ExpertRepresentation(expert.representation), keyFields: expert.keyFields)
        var findings = ExpertEnrolmentRule().findings(in: enrolment)
        if existing != nil {
            findings.append(
                Finding(
                    ExpertEnrolmentRule.citation, code: "EXPERT_ENROLLED_BEFORE", subject: expert.id,
                    zh: "专家\(expert.id)已在库", en: "expert \(expert.id) is enrolled already"))
        }
        _ = try examine(enrolment, findings: findings)
        return SchemeAPI.ExpertEnrolled(expert: expert)
    }

    /// 3.1.1: the work agency opens a call for a published key field of its year.
    static func open(
        _ request: SchemeAPI.OpenCallRequest, id: String, keyField: SchemeAPI.KeyField?, on day: CivilDate
    ) throws -> SchemeAPI.CallOpened {
        let deadline = try Fields.date(request.deadline, "deadline")
        let call = SchemeCall(
            keyFieldYear: keyField.map { Int($0.year) }, conditions: request.conditions, openedOn: day,
            deadline: deadline)
        _ = try examine(call, against: [CallRule()])
        return SchemeAPI.CallOpened(
            call: SchemeAPI.Call(
                id: id, keyField: request.keyField, conditions: request.conditions,
                openedOn: day.description, deadline: deadline.description))
    }
}

extension Examined where Subject == KeyFieldProposal {
    /// Only an examined key field is published.
    consuming func publish(_ keyField: SchemeAPI.KeyField, on day: CivilDate) -> SchemeAPI.KeyFieldPublished {
        var published = keyField
        published.publishedOn = day.description
        return SchemeAPI.KeyFieldPublished(keyField: published)
    }
}
