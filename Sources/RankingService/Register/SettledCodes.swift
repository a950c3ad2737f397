import Regulation

/// The codes of enterprises whose derived code another name has too; see `SyntheticCodes`. Of a file with
/// codes there are none.
struct SettledCodes: Sendable {
    static let none = SettledCodes(codes: [:])

    private let codes: [String: CreditCode]

    private init(codes: [String: CreditCode]) { self.codes = codes }

    /// `names` are all of a file's.
    init(names: Set<String>) {
        let settled = SyntheticCodes(names: names)
        var codes: [String: CreditCode] = [:]
        for name in names {
            guard let code = settled.code(of: name), code != SyntheticCodes.derive(name: name) else {
                continue
            }
            codes[name] = code
        }
        self.codes = codes
    }

    var isEmpty: Bool { codes.isEmpty }

    func code(ofName name: String) -> CreditCode { codes[name] ?? SyntheticCodes.derive(name: name) }

    func settle(_ standard: inout DeclaredStandard, readsProvince: Bool) {
        guard let code = codes[standard.enterpriseName] else { return }
        standard.enterprise = code
        if readsProvince { standard.province = Province(regionDigits: code.regionDigits) }
    }
}
