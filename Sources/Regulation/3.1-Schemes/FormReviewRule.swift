/// The form review (形式审查) of an application, as its officer wants to conclude it.
package struct FormReview: Sendable, Hashable {
    package var passes: Bool
    /// 初审意见.
    package var opinion: String
    /// What the rules on form and contents found in the application.
    package var findings: [Finding]

    package init(passes: Bool, opinion: String, findings: [Finding]) {
        self.passes = passes
        self.opinion = opinion
        self.findings = findings
    }
}

/// The work agency states an opinion on form, and an application with open findings cannot pass.
///
/// Regulation 3.1.2 (形式审查, 初审意见). An application that fails goes no further; that is a state, not a finding.
package struct FormReviewRule: Rule {
    package static let citation = Citation("3.1.2", term: "形式审查")

    package init() {}

    package func findings(in review: FormReview) -> [Finding] {
        var findings: [Finding] = []
        if review.opinion.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "FORM_OPINION_MISSING", subject: "opinion",
                    zh: "未写初审意见", en: "the opinion of the form review is missing"))
        }
        let open = review.findings.filter { $0.modality != .advice }
        if review.passes, !open.isEmpty {
            findings.append(
                Finding(
                    Self.citation, code: "FORM_PASS_WITH_FINDINGS", subject: open[0].subject,
                    zh: "尚有\(open.count)项不符合，不能通过形式审查",
                    en: "\(open.count) findings are open, so the form review cannot pass"))
            findings.append(contentsOf: open)
        }
        return findings
    }
}
