/// Every basic indicator (基础指标) that applies is declared and meets its limits, the legal one included.
///
/// Regulation 3.2.2 (依据评估方案): basic indicators are the scheme's condition of entry.
package struct BasicIndicatorGate: Rule {
    package static let code = "BASIC_FAILED"
    package static let citation = Citation("3.2.2", term: "基础指标")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        candidate.judgements
            .filter { $0.indicator.kind == .basic && ($0.level == .below || $0.level == .missing) }
            .map { Self.finding($0.indicator) }
    }

    package static func finding(_ indicator: Indicator) -> Finding {
        Finding(
            citation, code: code, subject: indicator.code, zh: "基础指标“\(indicator.name)”未声明或不符合要求",
            en: "basic indicator “\(indicator.name)” is not declared or fails")
    }
}
