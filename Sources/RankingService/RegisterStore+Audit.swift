import Contracts
import Foundation
import GRDB
import Regulation

/// Holds the register of declared standards against the digests in the record, and every row against itself.
struct RegisterAudit {
    let store: RegisterStore
    private var database: Database { store.database }

    init(store: RegisterStore) { self.store = store }

    /// What stands at a snapshot gives its digests.
    func problems(_ snapshot: RankingAPI.Snapshot) throws -> [String] {
        let summary = snapshot.summary ?? .init()
        var digests: [CategoryDigest] = []
        for (number, name) in try store.categories(of: snapshot.series) {
            let standing = try store.digests(inCategory: number, at: Int(snapshot.number))
            if !standing.isEmpty { digests.append(CategoryDigest(category: name, standards: standing)) }
        }
        var problems: [String] = []
        let stated = summary.categories.map {
            CategoryDigest(category: $0.category, count: Int($0.accepted), digest: $0.digest)
        }
        if Set(stated) != Set(digests) || stated.count != digests.count {
            let wrong = Set(stated).symmetricDifference(digests).map(\.category).min() ?? ""
            problems.append("snapshot \(snapshot.id): the standards of “\(wrong)” do not give its digest")
        }
        if SnapshotDigest.of(digests) != summary.snapshotDigest {
            problems.append("snapshot \(snapshot.id): its standards do not give its digest")
        }
        return problems
    }

    /// Every row is what its digest says, and belongs to deliveries that the record knows.
    func problems() throws -> [String] {
        let known = try Set(Int.fetchAll(database, sql: "SELECT number FROM snapshots"))
        let unfinished = try Set(Int.fetchAll(database, sql: "SELECT number FROM standard_loads"))
        let names = try store.categoryNames()
        let tables = StoredTables(database)
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT standards.id, since, until, standards.number, digest, payload, credit_code
                FROM standards
                    LEFT JOIN standard_enterprises ON standard_enterprises.id = standards.enterprise
                ORDER BY standards.id
                """)
        var problems: [String] = []
        while let row = try rows.next() {
            let id: Int64 = row[0]
            let (since, until): (Int, Int) = (row[1], row[2])
            let isKnown = known.contains(since) || unfinished.contains(since)
            let endIsKnown =
                until == 0 || (until > since && (known.contains(until) || unfinished.contains(until)))
            if !isKnown || !endIsKnown {
                problems.append("standards: row \(id) belongs to nothing in the record")
            }
            if let flaw = flaw(of: row, names, tables) { problems.append("standards: row \(id) \(flaw)") }
        }
        return try problems + index() + strangers(known.union(unfinished))
    }

    private func flaw(
        of row: Row, _ names: [Int: (series: String, name: String)], _ tables: StoredTables
    ) -> String? {
        guard let category = names[RegisterID(rawValue: row[0]).category]?.name else {
            return "has an unknown category"
        }
        do {
            guard let code: String = row[6] else { return "has an unknown enterprise" }
            let key: String = row[3]
            let standard = try Array(row[5] as Data).withUnsafeBytes {
                try StandardCoding.read(
                    $0, enterprise: try tables.creditCode(code), matchKey: key, category: category, tables)
            }
            guard standard.number.matchKey == key else { return "has wrong columns" }
            guard StandardDigest(row[4] as Data) == StandardDigest(of: standard) else {
                return "does not give its digest"
            }
        } catch {
            return "cannot be read"
        }
        return nil
    }

    /// Every row has its entry by enterprise and number, and none has another. Rows of a load under way get
    /// theirs when the file is read.
    private func index() throws -> [String] {
        let ids = try Int64.fetchAll(
            database,
            sql: """
                SELECT standards.id FROM standards LEFT JOIN standard_numbers AS entry
                    ON entry.enterprise = standards.enterprise AND entry.number = standards.number
                        AND entry.id = standards.id
                WHERE entry.id IS NULL AND since NOT IN (SELECT number FROM standard_loads) LIMIT 100
                """)
        let count = try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM standard_numbers AS entry LEFT JOIN standards
                    ON standards.id = entry.id AND standards.enterprise = entry.enterprise
                        AND standards.number = entry.number
                WHERE standards.id IS NULL
                """)
        return ids.map { "standards: row \($0) is not found by its number" }
            + (count == 0 ? [] : ["standard_numbers: \(count ?? 0) entries are of no row"])
    }

    private func strangers(_ known: Set<Int>) throws -> [String] {
        let numbers = try Int.fetchAll(database, sql: "SELECT DISTINCT number FROM rejected_rows")
        return numbers.filter { !known.contains($0) }.map {
            "rejected_rows: rows of delivery \($0) belong to nothing in the record"
        }
    }
}
