import Regulation

/// The declared standards of a category as an evaluation takes them, by row: values that somebody has
/// (`ReadStandards`), or rows of the register, of whose declarations no value is made (`StoredStandards`).
protocol RankedStandards: Sendable {
    /// Everything but the declarations, which may be missing.
    var heads: [DeclaredStandard] { get }

    /// Everything, as the scheme reads it.
    func standard(_ row: Int) -> DeclaredStandard

    /// What these rows declare of the indicators.
    func columns(of rows: ArraySlice<Int>, _ plans: [IndicatorPlan]) -> RawColumns

    /// Appends what a row declares, in the order of its declarations.
    func appendDeclared(of row: Int, to declared: inout [ShownDeclaration])
}

/// A declaration as an explanation shows it.
struct ShownDeclaration: Sendable, Hashable {
    /// With its sign, as in "≥ 95".
    let text: String
    let unit: String
    /// Of what it is adopted; empty for the enterprise's own.
    let provenance: String
}

/// Standards in memory, as the scheme reads them.
struct ReadStandards: RankedStandards {
    let heads: [DeclaredStandard]

    init(_ standards: [DeclaredStandard]) { heads = standards }

    func standard(_ row: Int) -> DeclaredStandard { heads[row] }

    func columns(of rows: ArraySlice<Int>, _ plans: [IndicatorPlan]) -> RawColumns {
        ColumnLoader.load(heads, rows, plans)
    }

    func appendDeclared(of row: Int, to declared: inout [ShownDeclaration]) {
        for declaration in heads[row].declarations {
            declared.append(
                ShownDeclaration(
                    text: declaration.shown, unit: declaration.unit, provenance: declaration.provenance))
        }
    }
}
