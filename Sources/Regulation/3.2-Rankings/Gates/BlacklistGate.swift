/// A blacklisted enterprise is not evaluated.
///
/// Regulation 2.1.1 (企业黑名单制度). Bars end by themselves; the blacklist is left by a recorded decision
/// only (R25).
package struct BlacklistGate: Rule {
    package static let code = "BLACKLISTED"
    package static let citation = Citation("2.1.1", term: "企业黑名单制度")
    package static let finding = Finding(
        citation, code: code, zh: "企业在黑名单内", en: "the enterprise is blacklisted")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        candidate.standing.blacklisted.contains(candidate.standard.enterprise) ? [Self.finding] : []
    }
}
