/// An enterprise whose title was cancelled enters no ranking for three years.
///
/// Regulation 3.2.6 (三年内不再纳入), R16, R18: the enterprise, in every category, to the last barred day
/// inclusive.
package struct BarGate: Rule {
    package static let code = "BARRED"
    package static let citation = Citation("3.2.6", term: "三年内不再纳入")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        let bar = candidate.standing.bar(on: candidate.standard.enterprise, at: candidate.cutoff)
        return bar.map { [Self.finding(lastDay: $0)] } ?? []
    }

    package static func finding(lastDay: CivilDate) -> Finding {
        Finding(
            citation, code: code, subject: lastDay.description, zh: "企业被取消“领跑者”称号，至\(lastDay)止不得纳入",
            en: "the enterprise is barred up to and including \(lastDay)")
    }
}
