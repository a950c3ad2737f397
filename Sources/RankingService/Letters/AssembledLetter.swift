package import Contracts
package import Wire

/// A letter put together from its pages.
package struct AssembledLetter: Sendable {
    /// With all rows, and what is said about the letter as a whole.
    package let letter: RankingAPI.Letter

    /// Why the pages do not make one letter.
    package enum Flaw: Error, Sendable, Hashable {
        /// The list changed between two pages.
        case changed
        /// The rows do not give the digest that was stated.
        case digestDiffers
    }

    private init(_ letter: RankingAPI.Letter) {
        self.letter = letter
    }

    /// Reads page after page; `read` gives the page that begins at a row.
    package static func read(
        _ read: (_ offset: Int) async throws(RPCStatus) -> RankingAPI.Letter
    ) async throws(RPCStatus) -> Result<AssembledLetter, Flaw> {
        var whole = try await read(0)
        while whole.rows.count < Int(whole.rowCount) {
            let page = try await read(whole.rows.count)
            guard page.digest == whole.digest, !page.rows.isEmpty else { return .failure(.changed) }
            whole.rows += page.rows
        }
        guard Letters.digest(of: whole) == whole.digest else { return .failure(.digestDiffers) }
        return .success(AssembledLetter(whole))
    }

    /// How the letter stands to the one that was submitted.
    package enum Standing: String, Sendable, Hashable, CaseIterable {
        case notSubmitted, asSubmitted, changedSince
    }

    package var standing: Standing {
        if letter.submittedDigest.isEmpty { return .notSubmitted }
        return letter.submittedDigest == letter.digest ? .asSubmitted : .changedSince
    }
}
