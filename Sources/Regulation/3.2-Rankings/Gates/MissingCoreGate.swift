/// A standard says something usable of every core indicator that applies, and at least one applies.
///
/// Regulation 3.2.2 (核心指标的综合排行), R10. An adopted national standard's limit is a declaration like any
/// other.
package struct MissingCoreGate: Rule {
    package static let code = "MISSING_CORE"
    package static let citation = Citation("3.2.2", term: "核心指标")
    /// A product to which no core indicator applies has nothing to be ranked by.
    package static let noneApplies = Finding(
        citation, code: code, zh: "没有适用的核心指标", en: "no core indicator applies")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        guard !candidate.core.isEmpty else { return [Self.noneApplies] }
        return candidate.core.filter { $0.level == .missing }.map { Self.finding($0.indicator) }
    }

    package static func finding(_ indicator: Indicator) -> Finding {
        Finding(
            citation, code: code, subject: indicator.code, zh: "未声明核心指标“\(indicator.name)”",
            en: "core indicator “\(indicator.name)” is not declared")
    }
}
