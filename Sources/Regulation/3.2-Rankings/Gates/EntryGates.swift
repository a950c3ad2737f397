/// The gates that a declared standard passes before it is ranked, in the order in which their reasons
/// are listed.
///
/// Regulation 3.2.1, 3.2.2 and 3.2.6. A standard stopped by one gate is still judged by all the others,
/// so its enterprise learns everything at once.
package enum EntryGates {
    package static let inOrder: [any Rule<Candidate>] = [
        ScopeGate(), DeclarationGate(), InForceGate(), FormGate(), MandatoryStandardsGate(),
        BasicIndicatorGate(),
        MissingCoreGate(), LegalLimitGate(), StricterGate(), SeriesProductionGate(), WideOfferGate(),
        BarGate(),
        BlacklistGate(), BaselineGate(),
    ]

    /// The reason codes, in the same order.
    package static let codes = [
        ScopeGate.code, DeclarationGate.code, InForceGate.code, FormGate.code, MandatoryStandardsGate.code,
        BasicIndicatorGate.code, MissingCoreGate.code, LegalLimitGate.code, StricterGate.code,
        SeriesProductionGate.code, WideOfferGate.code, BarGate.code, BlacklistGate.code, BaselineGate.code,
    ]
}
