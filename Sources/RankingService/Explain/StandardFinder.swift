package import Regulation

/// Standards of a result by what a person knows of them.
package enum StandardFinder {
    /// A standard of a result, and its position among the entries; nil where it was left out.
    package struct Found: Sendable, Hashable {
        package let row: Int
        package let key: String
        package let position: Int?
    }

    /// Those whose key, credit code or number is exactly `query`; where there is none, those in whose key,
    /// enterprise, number or models it occurs, capitals and blanks being of no matter. Ranked ones first, in
    /// the order of the list. An empty query finds nothing.
    package static func find(_ query: String, in result: RankingResult) -> [Found] {
        let wanted = folded(query)
        guard !wanted.isEmpty else { return [] }
        var all = result.entries.enumerated().map { position, entry in
            Found(row: entry.row, key: result.key(of: entry), position: position)
        }
        all += result.exclusions.map { Found(row: $0.row, key: result.key(of: $0), position: nil) }
        let exact = all.filter { found in
            let standard = result.standards[found.row]
            return [found.key, standard.enterprise.text, standard.number.text].contains {
                folded($0) == wanted
            }
        }
        if !exact.isEmpty { return exact }
        return all.filter { found in
            let standard = result.standards[found.row]
            return folded(found.key).contains(wanted) || folded(standard.enterpriseName).contains(wanted)
                || standard.models.contains { folded($0).contains(wanted) }
        }
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().filter { $0 != " " }
    }
}
