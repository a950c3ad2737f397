import Authority
import Contracts
import GRDB
import Ledger
import Wire

/// The papers of 3.2.3 and A1 that a shortlisted enterprise hands in.
package enum EvidenceKind: String, Sendable, CaseIterable {
    case report, supplement, commitment
}

// Papers of shortlisted enterprises: one report for each model of an entry, one supplement, one commitment.
// A later paper replaces an earlier one here; the record keeps both.
extension RankingStore {
    func save(_ evidence: RankingAPI.RecordEvidenceRequest) throws {
        let list = evidence.listId
        for paper in evidence.reports {
            try save(paper, .report, list, paper.entryKey, model: paper.model)
        }
        for paper in evidence.supplements { try save(paper, .supplement, list, paper.entryKey) }
        for paper in evidence.commitments { try save(paper, .commitment, list, paper.entryKey) }
    }

    private func save(
        _ paper: some WireMessage, _ kind: EvidenceKind, _ listID: String, _ entryKey: String,
        model: String = ""
    ) throws {
        try database.run(
            """
            INSERT INTO evidence (list_id, entry_key, kind, model, payload) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (list_id, entry_key, kind, model) DO UPDATE SET payload = excluded.payload
            """,
            .text(listID), .text(entryKey), .text(kind.rawValue), .text(model), .bytes(paper.serialized()))
    }

    /// Models reported on, by entry key; "" for a report that names none.
    func reportedModels(_ listID: String) throws -> [String: Set<String>] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT entry_key, model FROM evidence WHERE list_id = ? AND kind = ?",
            arguments: [listID, EvidenceKind.report.rawValue])
        var models: [String: Set<String>] = [:]
        for row in rows { models[row[0] as String, default: []].insert(row[1]) }
        return models
    }

    /// Keys of the entries that a paper of the kind is there for.
    func evidencedKeys(_ listID: String, _ kind: EvidenceKind) throws -> Set<String> {
        Set(
            try String.fetchAll(
                database, sql: "SELECT DISTINCT entry_key FROM evidence WHERE list_id = ? AND kind = ?",
                arguments: [listID, kind.rawValue]))
    }

    /// Papers of one kind for one entry, by model.
    func papers<Paper: WireMessage>(_ listID: String, _ entryKey: String, _ kind: EvidenceKind) throws
        -> [Paper]
    {
        try all(
            "SELECT payload FROM evidence WHERE list_id = ? AND entry_key = ? AND kind = ? ORDER BY model",
            [listID, entryKey, kind.rawValue])
    }

    /// Keys of entries with any paper, in the list's order; an empty key or enterprise means all.
    func evidencedEntries(
        _ listID: String, key: String, enterprise: String, _ page: PageBounds
    ) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT key FROM ranking_entries e WHERE \(Self.evidencedCondition)
                ORDER BY ordinal LIMIT ?4 OFFSET ?5
                """, arguments: [listID, key, enterprise, page.limit, page.offset])
    }

    func evidencedEntryCount(_ listID: String, key: String, enterprise: String) throws -> Int {
        try count(
            "SELECT count(*) FROM ranking_entries e WHERE \(Self.evidencedCondition)",
            [listID, key, enterprise])
    }

    private static let evidencedCondition = """
        e.list_id = ?1 AND (?2 = '' OR e.key = ?2) AND (?3 = '' OR e.credit_code = ?3)
            AND EXISTS (SELECT 1 FROM evidence p WHERE p.list_id = ?1 AND p.entry_key = e.key)
        """
}
