/// At least one core indicator is stricter than the national or industry limit; every one where the
/// scheme asks for it.
///
/// Regulation 3.2.2 (水平应严于国家标准和行业标准), R9. Counted are core indicators with a value and a legal limit;
/// where there is none there is nothing to be stricter than, and the gate stands open.
package struct StricterGate: Rule {
    package static let code = "NOWHERE_STRICTER"
    package static let citation = LegalLimitGate.citation
    package static let nowhere = Finding(
        citation, code: code, zh: "没有一项核心指标严于国家标准或行业标准",
        en: "no core indicator is stricter than the national or industry limit")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        let compared = candidate.core.filter { $0.legal != nil }
        let notStricter = compared.filter { $0.legal != .stricter }
        if candidate.scheme.method.allStrictlyBetter {
            return notStricter.map { Self.finding($0.indicator) }
        }
        return !compared.isEmpty && notStricter.count == compared.count ? [Self.nowhere] : []
    }

    package static func finding(_ indicator: Indicator) -> Finding {
        Finding(
            citation, code: code, subject: indicator.code, zh: "核心指标“\(indicator.name)”不严于国家标准或行业标准",
            en: "core indicator “\(indicator.name)” is not stricter than the national or industry limit")
    }
}
