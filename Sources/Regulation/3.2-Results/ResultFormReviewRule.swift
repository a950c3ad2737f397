/// The work agency's form review (形式审查) of a submitted result.
package struct ResultFormReview: Sendable, Hashable {
    package var passes: Bool
    package var opinion: String
    /// Digest of the result as submitted, and as computed anew from the same scheme, snapshot and bars.
    package var submittedDigest: [UInt8]
    package var recomputedDigest: [UInt8]
    /// Enterprises named although barred or blacklisted on the day of the review.
    package var barredNamed: Set<CreditCode>
    package var isSchemeInForce: Bool

    package init(
        passes: Bool, opinion: String, submittedDigest: [UInt8], recomputedDigest: [UInt8],
        barredNamed: Set<CreditCode>, isSchemeInForce: Bool
    ) {
        self.passes = passes
        self.opinion = opinion
        self.submittedDigest = submittedDigest
        self.recomputedDigest = recomputedDigest
        self.barredNamed = barredNamed
        self.isSchemeInForce = isSchemeInForce
    }
}

/// A result passes the form review when it is what its scheme computes and names nobody who is barred.
///
/// Regulation 3.2.4 (形式审查) and 3.2.6 (三年内不再纳入). A result that is returned needs only the opinion.
package struct ResultFormReviewRule: Rule {
    package static let citation = Citation("3.2.4", term: "形式审查")

    package init() {}

    package func findings(in review: ResultFormReview) -> [Finding] {
        var findings: [Finding] = []
        if review.opinion.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "FORM_OPINION_MISSING", subject: "opinion",
                    zh: "未写形式审查意见", en: "the opinion of the form review is missing"))
        }
        guard review.passes else { return findings }
        if !review.isSchemeInForce {
            findings.append(
                Finding(
                    Self.citation, code: "SCHEME_NOT_IN_FORCE", subject: "list.schemeId",
                    zh: "所依据的评估方案未在有效期内", en: "the scheme of the list is not in force"))
        }
        if review.submittedDigest.isEmpty || review.submittedDigest != review.recomputedDigest {
            findings.append(
                Finding(
                    Self.citation, code: "RESULT_NOT_REPRODUCED", subject: "list.digests.result",
                    zh: "按同一方案和数据重新计算的结果与提交的结果不一致",
                    en: "computing anew from the same scheme and data gives another result"))
        }
        findings += BarredNameRule().findings(in: review.barredNamed)
        return findings
    }
}
