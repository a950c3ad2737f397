import Authority
import Contracts
import Foundation
import GRDB
import Ledger
import Wire

// Bulk rows: declared standards, rejected rows, entries and exclusions. Events state their digests.
extension RankingStore {
    // MARK: Writing, in the transaction of the event that states the digest

    func insert(
        _ standards: [(key: String, standard: StandardsAPI.DeclaredStandard)],
        rejected: [StandardsAPI.RejectedRow], of snapshotID: String
    ) throws {
        let statement = try database.makeStatement(
            sql: """
                INSERT INTO standards (snapshot_id, ordinal, key, category, credit_code, payload)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        for (ordinal, row) in standards.enumerated() {
            try statement.execute(arguments: [
                snapshotID, ordinal, row.key, row.standard.category,
                row.standard.enterprise?.creditCode ?? "", Data(row.standard.serialized()),
            ])
        }
        let rejection = try database.makeStatement(
            sql: "INSERT INTO rejected_rows (snapshot_id, ordinal, payload) VALUES (?, ?, ?)")
        for (ordinal, row) in rejected.enumerated() {
            try rejection.execute(arguments: [snapshotID, ordinal, Data(row.serialized())])
        }
    }

    func insert(
        _ entries: [RankingAPI.Entry], _ exclusions: [RankingAPI.Exclusion], of listID: String
    ) throws {
        let statement = try database.makeStatement(
            sql: """
                INSERT INTO ranking_entries (list_id, ordinal, rank, key, credit_code, payload)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        for (ordinal, entry) in entries.enumerated() {
            try statement.execute(arguments: [
                listID, ordinal, Int(entry.rank), entry.key, entry.enterprise?.creditCode ?? "",
                Data(entry.serialized()),
            ])
        }
        let exclusion = try database.makeStatement(
            sql: "INSERT INTO ranking_exclusions (list_id, ordinal, codes, payload) VALUES (?, ?, ?, ?)")
        for (ordinal, row) in exclusions.enumerated() {
            try exclusion.execute(arguments: [
                listID, ordinal, Self.codes(of: row), Data(row.serialized()),
            ])
        }
    }

    /// Reason codes between bars, so that one code can be looked for: "|A|B|".
    static func codes(of exclusion: RankingAPI.Exclusion) -> String {
        "|" + exclusion.reasons.map { $0.code + "|" }.joined()
    }

    // MARK: Reading

    /// Standards of a snapshot in the order of the file; an empty category means all.
    func standards(of snapshotID: String, category: String = "") throws -> [StandardsAPI.DeclaredStandard] {
        try all(
            """
            SELECT payload FROM standards WHERE snapshot_id = ?1 AND (?2 = '' OR category = ?2)
            ORDER BY ordinal
            """, [snapshotID, category])
    }

    /// Some standards of a snapshot behind a place in the order of the file, and the place of the last one.
    func standards(
        of snapshotID: String, behind ordinal: Int, limit: Int
    ) throws -> (standards: [StandardsAPI.DeclaredStandard], last: Int)? {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT payload, ordinal FROM standards WHERE snapshot_id = ? AND ordinal > ?
                ORDER BY ordinal LIMIT ?
                """, arguments: [snapshotID, ordinal, limit])
        guard let last: Int = rows.last?["ordinal"] else { return nil }
        let standards = try rows.map {
            try StandardsAPI.DeclaredStandard(serialized: Array($0["payload"] as Data))
        }
        return (standards, last)
    }

    func standard(key: String, in snapshotID: String) throws -> StandardsAPI.DeclaredStandard? {
        try one(
            "SELECT payload FROM standards WHERE snapshot_id = ? AND key = ? ORDER BY ordinal LIMIT 1",
            [snapshotID, key])
    }

    func rejectedRows(of snapshotID: String, _ page: PageBounds) throws -> [StandardsAPI.RejectedRow] {
        try all(
            "SELECT payload FROM rejected_rows WHERE snapshot_id = ? ORDER BY ordinal LIMIT ? OFFSET ?",
            [snapshotID, page.limit, page.offset])
    }

    func rejectedRowCount(of snapshotID: String) throws -> Int {
        try count("SELECT count(*) FROM rejected_rows WHERE snapshot_id = ?", [snapshotID])
    }

    func entries(of listID: String, _ page: PageBounds) throws -> [RankingAPI.Entry] {
        try all(
            "SELECT payload FROM ranking_entries WHERE list_id = ? ORDER BY ordinal LIMIT ? OFFSET ?",
            [listID, page.limit, page.offset])
    }

    func entries(of listID: String) throws -> [RankingAPI.Entry] {
        try all("SELECT payload FROM ranking_entries WHERE list_id = ? ORDER BY ordinal", [listID])
    }

    func entry(key: String, in listID: String) throws -> RankingAPI.Entry? {
        try one("SELECT payload FROM ranking_entries WHERE list_id = ? AND key = ? LIMIT 1", [listID, key])
    }

    /// Credit codes of all enterprises on a list, sorted.
    func enterprises(of listID: String) throws -> [String] {
        try String.fetchAll(
            database,
            sql: "SELECT DISTINCT credit_code FROM ranking_entries WHERE list_id = ? ORDER BY credit_code",
            arguments: [listID])
    }

    /// Key, rank and enterprise of every entry, without the explanations.
    func entryKeys(of listID: String) throws -> [(key: String, rank: Int, enterprise: String)] {
        try Row.fetchAll(
            database,
            sql: "SELECT key, rank, credit_code FROM ranking_entries WHERE list_id = ? ORDER BY ordinal",
            arguments: [listID]
        ).map { ($0[0], $0[1], $0[2]) }
    }

    func exclusions(of listID: String, code: String, _ page: PageBounds) throws -> [RankingAPI.Exclusion] {
        try all(
            """
            SELECT payload FROM ranking_exclusions WHERE list_id = ?1
                AND (?2 = '' OR instr(codes, '|' || ?2 || '|') > 0)
            ORDER BY ordinal LIMIT ?3 OFFSET ?4
            """, [listID, code, page.limit, page.offset])
    }

    func exclusions(of listID: String) throws -> [RankingAPI.Exclusion] {
        try all("SELECT payload FROM ranking_exclusions WHERE list_id = ? ORDER BY ordinal", [listID])
    }

    func exclusionCount(of listID: String, code: String) throws -> Int {
        try count(
            """
            SELECT count(*) FROM ranking_exclusions WHERE list_id = ?1
                AND (?2 = '' OR instr(codes, '|' || ?2 || '|') > 0)
            """, [listID, code])
    }

    /// How many standards each combination of reasons left out.
    func exclusionCodes(of listID: String) throws -> [(codes: String, count: Int)] {
        try Row.fetchAll(
            database,
            sql: "SELECT codes, count(*) FROM ranking_exclusions WHERE list_id = ? GROUP BY codes",
            arguments: [listID]
        ).map { ($0[0], $0[1]) }
    }

    func count(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try Int.fetchOne(database, sql: sql, arguments: arguments) ?? 0
    }
}
