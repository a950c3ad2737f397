/// No core indicator is looser than the national or industry limit.
///
/// Regulation 3.2.2 (水平应严于国家标准和行业标准), R9. An indicator without a legal limit does not count.
package struct LegalLimitGate: Rule {
    package static let code = "LOOSER_THAN_LEGAL"
    package static let citation = Citation("3.2.2", term: "严于国家标准和行业标准")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        candidate.core.filter { $0.legal == .looser }.map { Self.finding($0.indicator) }
    }

    package static func finding(_ indicator: Indicator) -> Finding {
        Finding(
            citation, code: code, subject: indicator.code, zh: "核心指标“\(indicator.name)”宽于国家标准或行业标准",
            en: "core indicator “\(indicator.name)” is looser than the national or industry limit")
    }
}
