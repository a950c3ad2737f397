import Contracts
package import Regulation

/// Declared standards as the record keeps them: what was imported, by way of the message that is stored.
///
/// Whoever ranks a file outside the service takes the same way, and so gets the same digests.
package enum RecordedForm {
    /// The standards as they are read back from a snapshot.
    package static func of(_ standards: [DeclaredStandard]) throws -> [DeclaredStandard] {
        try standards.map { try DeclaredStandard(StandardsAPI.DeclaredStandard($0)) }
    }

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
}
