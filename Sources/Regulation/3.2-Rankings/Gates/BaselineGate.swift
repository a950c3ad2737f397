/// Every core indicator reaches at least the baseline level (基准水平).
///
/// Regulation 3.2.2 (依据评估方案). Without a baseline limit there is nothing to miss.
package struct BaselineGate: Rule {
    package static let code = "BELOW_BASELINE"
    package static let citation = Citation("3.2.2", term: "基准水平")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        candidate.core.filter(\.isBelowBaseline).map { Self.finding($0.indicator) }
    }

    package static func finding(_ indicator: Indicator) -> Finding {
        Finding(
            citation, code: code, subject: indicator.code, zh: "核心指标“\(indicator.name)”未达到基准水平",
            en: "core indicator “\(indicator.name)” is below baseline")
    }
}
