import Contracts
import Foundation
import GRDB
import Ledger
import Wire

// Comparing a load with what stood before it, and what follows: rows that end, succeed others or go again.
extension RegisterStore {
    /// What stood in a series before a delivery.
    struct Before: Sendable {
        let series: String
        /// Empty for the first.
        let snapshotID: String
        /// Categories in which something may stand; none for the first.
        let categories: Set<Int>
    }

    func before(_ series: String) throws -> Before {
        let last = try RankingStore(database: database).lastSnapshot(of: series)
        return Before(
            series: series, snapshotID: last?.id ?? "",
            categories: last == nil ? [] : Set(try categories(of: series).map(\.number)))
    }

    func apply(_ found: Reconciliation, delivery number: Int) throws {
        for id in found.removed { try remove(id) }
        for pair in found.successions {
            try end(pair.old, delivery: number)
            try database.run(
                "UPDATE standards SET origin = ? WHERE id = ?", .number(pair.origin), .number(pair.new))
        }
    }

    func remove(_ id: Int64) throws {
        try database.run(
            """
            DELETE FROM standard_numbers WHERE (enterprise, number, id) IN
                (SELECT enterprise, number, id FROM standards WHERE id = ?)
            """, .number(id))
        try database.run("DELETE FROM standards WHERE id = ?", .number(id))
    }

    func end(_ id: Int64, delivery number: Int) throws {
        try database.run("UPDATE standards SET until = ? WHERE id = ?", .number(number), .number(id))
    }

    /// Enterprises and numbers that have several rows, behind a pair of them.
    func repeatedNumbers(
        behind last: (enterprise: Int, number: String), limit: Int
    ) throws -> [(enterprise: Int, number: String)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT enterprise, number FROM standard_numbers
                WHERE (enterprise, number) > (?, ?)
                GROUP BY enterprise, number HAVING count(*) > 1 ORDER BY enterprise, number LIMIT ?
                """, arguments: [last.enterprise, last.number, limit]
        ).map { ($0[0], $0[1]) }
    }

    func number(ofRow id: Int64) throws -> (enterprise: Int, number: String)? {
        try Row.fetchOne(
            database, sql: "SELECT enterprise, number FROM standards WHERE id = ?", arguments: [id]
        ).map { ($0[0], $0[1]) }
    }

    /// Whether an enterprise and number have several rows, standing or not.
    func isRepeated(_ group: (enterprise: Int, number: String)) throws -> Bool {
        let count = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM standard_numbers WHERE enterprise = ? AND number = ?",
            arguments: [group.enterprise, group.number])
        return count ?? 0 > 1
    }

    /// The rows of one enterprise and number that stand, in the categories given.
    func standing(
        enterprise: Int, number: String, in categories: Set<Int>, delivery: Int,
        fileRows: (Int64) -> [Int]
    ) throws -> [Reconciliation.Row] {
        let tables = StoredTables(database)
        let statement = try database.cachedStatement(
            sql: """
                SELECT standards.id, since, origin, digest, payload
                FROM standard_numbers CROSS JOIN standards ON standards.id = standard_numbers.id
                WHERE standard_numbers.enterprise = ? AND standard_numbers.number = ? AND until = 0
                """)
        var standing: [Reconciliation.Row] = []
        for row in try Row.fetchAll(statement, arguments: [enterprise, number]) {
            let id: Int64 = row[0]
            guard categories.contains(RegisterID(rawValue: id).category) else { continue }
            let payload = Array(row[4] as Data)
            guard let digest = StandardDigest(row[3] as Data) else { throw RowDamage.unknown("digest") }
            let models = try payload.withUnsafeBytes { try StandardCoding.models($0, tables) }
            let isNew = row[1] == delivery
            standing.append(
                Reconciliation.Row(
                    id: id, since: row[1], origin: row[2], digest: digest, models: models,
                    fileRows: isNew ? [StandardCoding.sourceRow(payload)] : fileRows(id)))
        }
        return standing
    }

    /// Ids behind one that stand in a category since before a delivery.
    func standing(
        inCategory category: Int, before delivery: Int, behind id: Int64, limit: Int
    ) throws -> [Int64] {
        let range = RegisterID.range(ofCategory: category)
        return try Int64.fetchAll(
            database,
            sql: """
                SELECT id FROM standards WHERE id BETWEEN ? AND ? AND until = 0 AND since < ?
                ORDER BY id LIMIT ?
                """, arguments: [max(range.lowerBound, id + 1), range.upperBound, delivery, limit])
    }
}
