package import Regulation

/// Declared standards as the record keeps them, in the words of those who rank them. A file that is imported
/// outside of the service gives the same, and so the same digests.
package enum RecordedForm {
    /// The standards as a scheme's indicators understand them; see `Declaration.read(as:)`.
    package static func read(
        _ standards: [DeclaredStandard], under scheme: EvaluationScheme
    ) -> [DeclaredStandard] {
        let directions = Dictionary(scheme.indicators.map { ($0.code, $0.direction) }) { first, _ in first }
        return standards.map { standard in
            var standard = standard
            standard.declarations = standard.declarations.map { declaration in
                directions[declaration.indicator].map(declaration.read) ?? declaration
            }
            return standard
        }
    }

    /// Codes of the indicators whose values are words, whatever they look like.
    static func wordCodes(of scheme: EvaluationScheme) -> Set<String> {
        let directions = Dictionary(scheme.indicators.map { ($0.code, $0.direction) }) { first, _ in first }
        return Set(
            directions.compactMap { code, direction in
                guard case .ordinal = direction else { return nil }
                return code
            })
    }
}
