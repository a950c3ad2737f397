internal import Crypto
internal import Regulation

/// Credit codes for enterprises of a registry that has none, derived from the enterprises' names.
///
/// The same name gives the same code on every machine and in every file, letter case and blanks not counted;
/// different names never share a code. The region is the provincial registry of a province that the name
/// picks as well. Such a code is made up, may by chance be somebody's, and is marked as synthetic wherever it
/// goes.
struct SyntheticCodes: Sendable {
    /// Derives a code from the folded name; `attempt` counts the codes of that name that were taken already.
    typealias Derivation = @Sendable (_ folded: String, _ attempt: Int) -> CreditCode

    /// Hong Kong, Macao and Taiwan register enterprises in other ways.
    private static let regions = Province.allCases.map(\.code).filter { $0 < "70" }.sorted().map {
        $0 + "0000"
    }

    private let codes: [String: CreditCode]

    /// `names` may repeat and be in any order.
    init(names: some Sequence<String>, derivation: Derivation = Self.derive) {
        var codes: [String: CreditCode] = [:]
        var taken: Set<CreditCode> = []
        // In the order of the names' bytes, so that a collision is settled the same way in every file order.
        for folded in Set(names.map(Self.folded)).sorted(by: Self.precedes) {
            var attempt = 0
            var code = derivation(folded, attempt)
            while !taken.insert(code).inserted {
                attempt += 1
                code = derivation(folded, attempt)
            }
            codes[folded] = code
        }
        self.codes = codes
    }

    func code(of name: String) -> CreditCode? { codes[Self.folded(name)] }

    /// The code of a name whose code no other name has.
    static func derive(name: String) -> CreditCode { derive(folded(name), attempt: 0) }

    /// Lower case, runs of blanks as one; the name is cleaned already.
    static func folded(_ name: String) -> String {
        name.lowercased().split(separator: " ").joined(separator: " ")
    }

    static func derive(_ folded: String, attempt: Int) -> CreditCode {
        let text = attempt == 0 ? folded : "\(folded)\n\(attempt)"
        let digest = Array(SHA256.hash(data: Array(text.utf8)))
        let pick = Int(digest[0]) << 8 | Int(digest[1])
        return CreditCode.synthesised(region: regions[pick % regions.count], seed: Array(digest[2...]))
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
