import Authority
import Contracts
import GRDB
import Regulation
import Wire

// Entries of a stored list by their positions, for explanations that look at a few of very many.
extension RankingStore {
    /// Position of an entry in its list, from 0.
    func position(ofEntry key: String, in listID: String) throws -> Int? {
        try Int.fetchOne(
            database, sql: "SELECT ordinal FROM ranking_entries WHERE list_id = ? AND key = ? LIMIT 1",
            arguments: [listID, key])
    }

    /// Positions and keys of one enterprise's entries, better ones first.
    func positions(ofEnterprise code: String, in listID: String) throws -> [(position: Int, key: String)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT ordinal, key FROM ranking_entries WHERE list_id = ? AND credit_code = ?
                ORDER BY ordinal
                """, arguments: [listID, code]
        ).map { ($0[0], $0[1]) }
    }

    func place(at position: Int, in listID: String) throws -> (rank: Int, key: String) {
        let row = try Row.fetchOne(
            database, sql: "SELECT rank, key FROM ranking_entries WHERE list_id = ? AND ordinal = ?",
            arguments: [listID, position])
        guard let row else { throw MissingRow("entry \(position) of \(listID)") }
        return (row[0], row[1])
    }

    /// All standards of a snapshot with this key, which a source may repeat.
    func standards(key: String, in snapshotID: String) throws -> [DeclaredStandard] {
        guard let snapshot = try snapshot(snapshotID) else { return [] }
        return try RegisterStore(database: database).standards(key: key, of: .init(snapshot))
    }

    /// The first `limit` standards that one enterprise declared, of every category, and how many there are.
    func standards(
        of snapshotID: String, enterprise code: String, limit: Int
    ) throws -> (standards: [DeclaredStandard], total: Int) {
        guard let snapshot = try snapshot(snapshotID) else { return ([], 0) }
        return try RegisterStore(database: database)
            .standards(of: .init(snapshot), enterprise: code, offset: 0, limit: limit)
    }
}

/// The entries of a stored list, each read when it is asked for.
struct StoredPlaces: RankedPlaces {
    let store: RankingStore
    let list: RankingAPI.RankingList
    let scheme: EvaluationScheme

    var count: Int { Int(list.entryCount) }

    func standard(at position: Int) throws -> DeclaredStandard {
        let key = try key(at: position)
        guard let standard = try standard(key: key) else { throw MissingRow("standard \(key)") }
        return standard
    }

    func rank(at position: Int) throws -> Int { try store.place(at: position, in: list.id).rank }
    func key(at position: Int) throws -> String { try store.place(at: position, in: list.id).key }

    /// The standard of an entry or exclusion, as the scheme reads it; "#2", "#3", … are further ones with one
    /// key, in the neutral order.
    func standard(key: String) throws -> DeclaredStandard? {
        let parts = key.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        guard let occurrence = parts.count == 1 ? 1 : Int(parts[1]), occurrence > 0 else { return nil }
        let category = scheme.scope.category
        let found = RecordedForm.read(
            try store.standards(key: String(parts[0]), in: list.snapshotId), under: scheme
        ).filter { category.isEmpty || $0.category == category }
        guard occurrence <= found.count else { return nil }
        return found.sorted { NeutralOrder.compare($0, $1) < 0 }[occurrence - 1]
    }
}

/// A row that others point to is not there.
struct MissingRow: Error, CustomStringConvertible {
    let description: String

    init(_ what: String) { description = "\(what) is not in the store; run `forerunner ledger audit`" }
}
