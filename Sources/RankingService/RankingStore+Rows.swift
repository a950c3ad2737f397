import Authority
import Contracts
import GRDB
import Ledger
import Regulation
import Wire

// Bulk rows: declared standards, rejected rows, entries and exclusions. Events state their digests.
extension RankingStore {
    // MARK: Writing, in the transaction of the event that states the digest

    func insert(
        _ entries: [RankingAPI.Entry], _ exclusions: [RankingAPI.Exclusion], of listID: String
    ) throws {
        for (ordinal, entry) in entries.enumerated() {
            try database.run(
                """
                INSERT INTO ranking_entries (list_id, ordinal, rank, key, credit_code, payload)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                .text(listID), .number(ordinal), .number(entry.rank), .text(entry.key),
                .text(entry.enterprise?.creditCode ?? ""), .bytes(entry.serialized()))
        }
        for (ordinal, row) in exclusions.enumerated() {
            try database.run(
                "INSERT INTO ranking_exclusions (list_id, ordinal, codes, payload) VALUES (?, ?, ?, ?)",
                .text(listID), .number(ordinal), .text(Self.codes(of: row)), .bytes(row.serialized()))
        }
    }

    /// Reason codes between bars, so that one code can be looked for: "|A|B|".
    static func codes(of exclusion: RankingAPI.Exclusion) -> String {
        "|" + exclusion.reasons.map { $0.code + "|" }.joined()
    }

    // MARK: Reading

    /// Of one category of a snapshot; an empty one means all.
    func standards(of snapshot: RankingAPI.Snapshot, category: String) throws -> [DeclaredStandard] {
        try RegisterStore(database: database).standards(of: .init(snapshot), category: category)
    }

    func standard(key: String, in snapshotID: String) throws -> StandardsAPI.DeclaredStandard? {
        try standards(key: key, in: snapshotID).first.map { .init($0) }
    }

    /// Rejected rows of a delivery; one with several flaws has several lines.
    func rejectedRows(of delivery: Int, _ page: PageBounds) throws -> [StandardsAPI.RejectedRow] {
        try all(
            "SELECT payload FROM rejected_rows WHERE number = ? ORDER BY row, place LIMIT ? OFFSET ?",
            [delivery, page.limit, page.offset])
    }

    func rejectedRowCount(of delivery: Int) throws -> Int {
        try count("SELECT count(*) FROM rejected_rows WHERE number = ?", [delivery])
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

    func entry(at position: Int, in listID: String) throws -> RankingAPI.Entry? {
        try one(
            "SELECT payload FROM ranking_entries WHERE list_id = ? AND ordinal = ?", [listID, position])
    }

    func exclusion(at position: Int, of listID: String) throws -> RankingAPI.Exclusion? {
        try one(
            "SELECT payload FROM ranking_exclusions WHERE list_id = ? AND ordinal = ?", [listID, position])
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
