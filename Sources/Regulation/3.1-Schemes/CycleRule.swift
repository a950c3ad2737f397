/// A scheme fixes its cycle, and titles last one year unless it gives a reason for another length.
///
/// Regulation 3.2.5 (评估周期原则上为1年), R15. A reason in the scheme is the departure's record; without one the
/// finding stands until a reason is recorded elsewhere.
package struct CycleRule: Rule {
    package static let citation = TitleValidity.citation

    package init() {}

    package func findings(in scheme: EvaluationScheme) -> [Finding] {
        var findings: [Finding] = []
        if scheme.cycleReason.isUnstated {
            findings.append(
                Finding(
                    Self.citation, .advice, code: "CYCLE_REASON_MISSING", subject: "scheme.cycleReason",
                    zh: "未说明评估周期的理由", en: "the cycle is not reasoned"))
        }
        let months = scheme.forerunners.validityMonths
        // 0 stands for the regulation's year.
        guard months != 0, months != TitleValidity.months else { return findings }
        let isReasoned = !scheme.forerunners.validityReason.isUnstated
        findings.append(
            Finding(
                Self.citation, isReasoned ? .advice : .inPrinciple,
                code: isReasoned ? "VALIDITY_DEPARTS_WITH_REASON" : "VALIDITY_NOT_ONE_YEAR",
                subject: "scheme.forerunners.validityMonths",
                zh: "“领跑者”有效期为\(months)个月，原则上为\(TitleValidity.months)个月",
                en: "titles last \(months) months; in principle they last \(TitleValidity.months)"))
        return findings
    }
}
