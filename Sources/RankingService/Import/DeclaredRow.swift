internal import Regulation

/// A row that has passed every check of its own; the enterprise's code may still be unknown.
struct DeclaredRow: Sendable {
    let row: Int
    let line: Int
    let enterpriseName: String
    /// nil: to be derived from the name.
    let creditCode: CreditCode?
    let province: Province?
    let number: StandardNumber
    let name: String
    let category: String
    let models: [String]
    let attributes: [String: String]
    let declarations: [Declaration]
    let declaredOn: CivilDate
    let abolishedOn: CivilDate?
}

extension DeclaredRow {
    /// The declared standard of this row. Whether it was in force is a matter of the cut-off date, judged later.
    func standard(
        enterprise: CreditCode, province derived: Province?, profile: Profile
    ) -> DeclaredStandard {
        DeclaredStandard(
            enterprise: enterprise, enterpriseName: enterpriseName, codeIsSynthetic: creditCode == nil,
            province: province ?? derived, number: number, name: name, category: category, models: models,
            attributes: attributes, declarations: declarations, declaredOn: declaredOn,
            abolishedOn: abolishedOn, isInForce: true, isSeriesProduced: profile.isSeriesProduced,
            isWidelyOffered: profile.isWidelyOffered, mandatoryBreaches: [], sourceRow: row)
    }
}
