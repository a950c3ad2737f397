/// The cancellation of a title, as somebody wants to decide it.
package struct Cancellation: Sendable, Hashable {
    /// Who decides.
    package enum Decider: Sendable, Hashable {
        case evaluationAgency(CreditCode)
        case workAgency
    }

    package var decider: Decider
    package var titleAgency: CreditCode
    /// Whether the title's agency was itself cancelled (2.2).
    package var isAgencyCancelled: Bool
    package var isCancelled: Bool
    /// Last day for the agency's answer, inclusive; nil when nothing was demanded.
    package var answerBy: CivilDate?
    package var decidedOn: CivilDate
    package var reason: String

    package init(
        decider: Decider, titleAgency: CreditCode, isAgencyCancelled: Bool, isCancelled: Bool,
        answerBy: CivilDate?, decidedOn: CivilDate, reason: String
    ) {
        self.decider = decider
        self.titleAgency = titleAgency
        self.isAgencyCancelled = isAgencyCancelled
        self.isCancelled = isCancelled
        self.answerBy = answerBy
        self.decidedOn = decidedOn
        self.reason = reason
    }
}

/// A title is cancelled by its evaluation agency on demand, or by the work agency once the answer is overdue.
///
/// Regulation 3.2.6 (取消称号), R17. The work agency also acts in the place of an agency that was itself
/// cancelled.
package struct CancellationAuthorityRule: Rule {
    package static let citation = Citation("3.2.6", term: "取消称号")

    package init() {}

    package func findings(in cancellation: Cancellation) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, _ subject: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: subject, zh: zh, en: en))
        }
        if cancellation.isCancelled {
            add("TITLE_CANCELLED_ALREADY", "titleId", zh: "称号已取消", en: "the title is cancelled already")
        }
        if cancellation.reason.isUnstated {
            add(
                "CANCELLATION_REASON_MISSING", "reason", zh: "未写明取消称号的理由",
                en: "the reason of the cancellation is not stated")
        }
        if cancellation.answerBy == nil {
            add(
                "CANCELLATION_NOT_DEMANDED", "titleId", zh: "工作机构尚未要求取消该称号",
                en: "the work agency has not demanded the cancellation")
        }
        switch cancellation.decider {
        case .evaluationAgency(let agency):
            if agency != cancellation.titleAgency {
                add(
                    "NOT_THE_TITLES_AGENCY", agency.text, zh: "不是该称号的评估机构",
                    en: "another agency evaluated this title")
            } else if cancellation.isAgencyCancelled {
                add(
                    "AGENCY_CANCELLED", agency.text, zh: "评估机构已被取消，由工作机构取消称号",
                    en: "the agency was cancelled itself; the work agency acts in its place")
            }
        case .workAgency:
            if let answerBy = cancellation.answerBy, cancellation.decidedOn <= answerBy,
                !cancellation.isAgencyCancelled
            {
                add(
                    "ANSWER_NOT_OVERDUE", "answerBy", zh: "评估机构可于\(answerBy)24:00前答复",
                    en: "the evaluation agency may answer to 24:00 of \(answerBy)")
            }
        }
        return findings
    }
}
