/// A ranking list, or a list of forerunners, that its agency hands to the work agency.
package struct ResultSubmission: Sendable, Hashable {
    /// Whether the list is computed or chosen and not submitted yet, or was returned.
    package var isReady: Bool
    /// All enterprises on the list.
    package var enterprises: Set<CreditCode>
    package var consents: [CreditCode: Bool]
    package var undertakings: Set<LetterUndertaking>

    package init(
        isReady: Bool, enterprises: Set<CreditCode>, consents: [CreditCode: Bool],
        undertakings: Set<LetterUndertaking>
    ) {
        self.isReady = isReady
        self.enterprises = enterprises
        self.consents = consents
        self.undertakings = undertakings
    }
}

/// A result is submitted once every enterprise on it was asked, with its letter's five undertakings.
///
/// Regulation 3.2.4 (提交评估结果), R13. A recorded "no" is an answer; only silence stops the submission.
package struct RankingSubmissionRule: Rule {
    package static let citation = Citation("3.2.4", term: "提交评估结果")

    package init() {}

    package func findings(in submission: ResultSubmission) -> [Finding] {
        var findings: [Finding] = []
        if !submission.isReady {
            findings.append(
                Finding(
                    Self.citation, code: "RESULT_NOT_READY", subject: "list",
                    zh: "榜单不处于可提交的状态", en: "the list is in no state to be submitted"))
        }
        for code in submission.enterprises.sorted() where submission.consents[code] == nil {
            findings.append(
                Finding(
                    Self.citation, code: "CONSENT_NOT_RECORDED", subject: code.text,
                    zh: "未记录\(code.text)是否同意", en: "the answer of \(code.text) is not recorded"))
        }
        findings += LetterUndertakingsRule().findings(in: submission.undertakings)
        return findings
    }
}
