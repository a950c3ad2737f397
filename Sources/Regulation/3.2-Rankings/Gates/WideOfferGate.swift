/// A service is widely offered.
///
/// Regulation 3.2.2 (广泛提供的服务). Asked of services only.
package struct WideOfferGate: Rule {
    package static let code = "NOT_WIDELY_OFFERED"
    package static let citation = Citation("3.2.2", term: "广泛提供的服务")
    package static let finding = Finding(
        citation, code: code, zh: "服务未广泛提供", en: "the service is not widely offered")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        !candidate.scheme.scope.isService || candidate.standard.isWidelyOffered ? [] : [Self.finding]
    }
}
