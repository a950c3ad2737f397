/// Only standards that their enterprises had declared in public by the cut-off are evaluated.
///
/// Regulation 3.2.1 (声明公开). The day of declaration counts.
package struct DeclarationGate: Rule {
    package static let code = "NOT_DECLARED"
    package static let citation = Citation("3.2.1", term: "声明公开")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        let day = candidate.standard.declaredOn
        guard day > candidate.cutoff else { return [] }
        return [Self.finding(declaredOn: day)]
    }

    package static func finding(declaredOn day: CivilDate) -> Finding {
        Finding(
            citation, code: code, subject: day.description, zh: "于\(day)声明公开，晚于数据截止日",
            en: "declared on \(day), after the cut-off")
    }
}
