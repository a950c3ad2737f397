import Authority
import Contracts
import Foundation
import GRDB
import Ledger
import Wire

// Rows of letters, and the letters that were submitted.
extension RankingStore {
    /// Entries whose enterprises agreed to be named, without those taken off, in the list's order.
    func namedEntries(
        of listID: String, without removed: Set<String>, _ page: PageBounds?
    ) throws -> [RankingAPI.Entry] {
        try all(
            """
            SELECT e.payload \(Self.named(without: removed.count)) ORDER BY e.ordinal LIMIT ? OFFSET ?
            """,
            [listID] + StatementArguments(removed.sorted()) + [page?.limit ?? -1, page?.offset ?? 0])
    }

    func namedEntryCount(of listID: String, without removed: Set<String>) throws -> Int {
        try count(
            "SELECT count(*) \(Self.named(without: removed.count))",
            [listID] + StatementArguments(removed.sorted()))
    }

    /// `CROSS JOIN` keeps SQLite from going by consents, in whose order the rows would have to be sorted.
    private static func named(without removedCount: Int) -> String {
        """
        FROM ranking_entries e CROSS JOIN consents c
            ON c.list_id = e.list_id AND c.credit_code = e.credit_code AND c.given = 1
        WHERE e.list_id = ? AND e.key NOT IN (\(databaseQuestionMarks(count: removedCount)))
        """
    }

    func save(letter digest: [UInt8], of subjectID: String) throws {
        try database.run(
            """
            INSERT INTO submitted_letters (subject_id, digest) VALUES (?1, ?2)
            ON CONFLICT (subject_id) DO UPDATE SET digest = ?2
            """, .text(subjectID), .bytes(digest))
    }

    /// Digest of the letter as it was submitted last; empty before.
    func submittedLetter(of subjectID: String) throws -> [UInt8] {
        let digest = try Data.fetchOne(
            database, sql: "SELECT digest FROM submitted_letters WHERE subject_id = ?",
            arguments: [subjectID])
        return digest.map { Array($0) } ?? []
    }
}
