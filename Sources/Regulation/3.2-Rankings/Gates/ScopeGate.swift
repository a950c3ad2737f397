/// A standard of another category than the scheme's is not its object.
///
/// Regulation 3.2.1 (评估对象). A scheme without a category draws no line.
package struct ScopeGate: Rule {
    package static let code = "OUT_OF_SCOPE"
    package static let citation = Citation("3.2.1", term: "评估对象")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        let scope = candidate.scheme.scope.category
        let category = candidate.standard.category
        guard !scope.isEmpty, ByteOrder.compare(scope, category) != 0 else { return [] }
        return [Self.finding(category: category)]
    }

    package static func finding(category: String) -> Finding {
        Finding(
            citation, code: code, subject: category, zh: "类别“\(category)”不在评估方案的范围内",
            en: "category “\(category)” is outside the scheme's scope")
    }
}
