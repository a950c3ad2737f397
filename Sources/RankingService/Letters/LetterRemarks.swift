package import Contracts

/// What the remarks of all rows say alike, so that a printed table says it once.
///
/// The annexes ask every remark for the method and the core indicators; these are the same for the whole
/// list and longer than everything else in a row. The data keep them in each row; the page has a note.
package struct LetterRemarks: Sendable, Hashable {
    /// Closing clauses that every remark has, joined as they were; empty when there are none.
    package let common: String
    /// What is left of each remark, in the order of the rows.
    package let own: [String]

    /// Between two clauses of a remark.
    private static let separator: Character = "；"

    package init(_ rows: [RankingAPI.LetterRow]) {
        let clauses = rows.map {
            $0.remark.split(separator: Self.separator, omittingEmptySubsequences: false)
        }
        guard let first = clauses.first, rows.count > 1 else {
            (common, own) = ("", rows.map(\.remark))
            return
        }
        var count = 0
        while count < first.count,
            clauses.allSatisfy({
                $0.count > count && $0[$0.count - 1 - count] == first[first.count - 1 - count]
            })
        {
            count += 1
        }
        common = first.suffix(count).joined(separator: String(Self.separator))
        own = clauses.map { $0.dropLast(count).joined(separator: String(Self.separator)) }
    }
}
