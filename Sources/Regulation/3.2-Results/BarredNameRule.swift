/// No list names an enterprise that is barred or blacklisted.
///
/// Regulation 3.2.6 (三年内不再纳入) and 2.2 (信用黑名单). The case is the set of enterprises that are named although
/// barred, looked up on the day of the act.
package struct BarredNameRule: Rule {
    package static let citation = Citation("3.2.6", term: "三年内不再纳入")

    package init() {}

    package func findings(in barredNamed: Set<CreditCode>) -> [Finding] {
        barredNamed.sorted().map { code in
            Finding(
                Self.citation, code: "BARRED_ENTERPRISE_NAMED", subject: code.text,
                zh: "\(code.text)在禁入期内，不得列入", en: "\(code.text) is barred and may not be listed")
        }
    }
}
