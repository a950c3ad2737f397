/// Models are final designs in series production.
///
/// Regulation 3.2.2 (量产的定型产品). Asked of products only.
package struct SeriesProductionGate: Rule {
    package static let code = "NOT_SERIES_PRODUCED"
    package static let citation = Citation("3.2.2", term: "量产的定型产品")
    package static let finding = Finding(
        citation, code: code, zh: "产品型号不是量产的定型产品", en: "the models are not final designs in series production"
    )

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        candidate.scheme.scope.isService || candidate.standard.isSeriesProduced ? [] : [Self.finding]
    }
}
