import Contracts
import Foundation
import GRDB
import GRDBSQLite
import Regulation
import Wire

// Writing the register: a load's rows, which nobody sees before the event of its snapshot.
extension RegisterStore {
    // MARK: The load under way

    /// A load that was begun and not finished, if there is one.
    func unfinishedLoad() throws -> Int? {
        try Int.fetchOne(database, sql: "SELECT number FROM standard_loads")
    }

    /// Begins a load; answers its number.
    func beginLoad(_ importID: String) throws -> Int {
        let last = try Int.fetchOne(database, sql: "SELECT max(number) FROM snapshots")
        let number = (last ?? 0) + 1
        try database.execute(
            sql: "INSERT INTO standard_loads (number, import_id) VALUES (?, ?)",
            arguments: [number, importID])
        return number
    }

    /// The load's rows count from now on; in the transaction of the event that says so.
    func endLoad(_ number: Int) throws {
        try database.execute(sql: "DELETE FROM standard_loads WHERE number = ?", arguments: [number])
    }

    /// Looks at some rows behind an id for what a load left behind, and takes it back: its rows go, and what
    /// it ended stands again. Answers the last id looked at, nil behind the last row.
    func undoLoad(_ number: Int, behind id: Int64, atMost limit: Int) throws -> Int64? {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT id, since, until FROM standards WHERE id > ? ORDER BY id LIMIT ?",
            arguments: [id, limit])
        for row in rows {
            if row[1] == number {
                try remove(row[0])
            } else if row[2] == number {
                try end(row[0], delivery: 0)
            }
        }
        return rows.last?[0]
    }

    /// Forgets a load whose rows are taken back.
    func forgetLoad(_ number: Int) throws {
        try database.execute(sql: "DELETE FROM rejected_rows WHERE number = ?", arguments: [number])
        try endLoad(number)
    }

    // MARK: Names

    func names(of series: String) throws -> sending RegisterNames {
        var enterprises: [CreditCode: Int] = [:]
        let codes = try Row.fetchCursor(database, sql: "SELECT id, credit_code FROM standard_enterprises")
        while let row = try codes.next() { enterprises[try CreditCode(row[1] as String)] = row[0] }
        var texts = ByteTable<Int>()
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT id, text FROM standard_texts ORDER BY id DESC LIMIT \(RegisterNames.textCountMax)")
        while let row = try rows.next() {
            let text: String = row[1]
            // One that has two numbers is known by the later one.
            if texts.place(of: text) == nil { texts.insert(text, row[0]) }
        }
        var shapes: [StandardShape: Int] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, payload FROM standard_shapes") {
            let message = try StandardsAPI.DeclaredStandard(serialized: Array(row[1] as Data))
            if let shape = StandardShape(message) { shapes[shape] = row[0] }
        }
        var categories = ByteTable<RegisterNames.Category>()
        for (number, name) in try self.categories(of: series) {
            let range = RegisterID.range(ofCategory: number)
            let last = try Int64.fetchOne(
                database, sql: "SELECT max(id) FROM standards WHERE id BETWEEN ? AND ?",
                arguments: [range.lowerBound, range.upperBound])
            let place = last.map { RegisterID(rawValue: $0).place } ?? 0
            categories.insert(name, RegisterNames.Category(number: number, nextPlace: place + 1))
        }
        return RegisterNames(
            enterprises: enterprises, texts: texts, shapes: shapes, categories: categories,
            free: (
                try free("standard_enterprises", "id"), try free("standard_texts", "id"),
                try free("standard_shapes", "id"), try free("standard_categories", "number")
            ))
    }

    private func free(_ table: String, _ column: String) throws -> Int {
        (try Int.fetchOne(database, sql: "SELECT max(\(column)) FROM \(table)") ?? 0) + 1
    }

    private func insertNames(of batch: RegisterBatch, series: String) throws {
        for (id, code) in batch.enterprises {
            try database.cachedStatement(
                sql: "INSERT INTO standard_enterprises (id, credit_code) VALUES (?, ?)"
            ).execute(arguments: [id, code.text])
        }
        for (id, text) in batch.texts {
            try database.cachedStatement(sql: "INSERT INTO standard_texts (id, text) VALUES (?, ?)")
                .execute(arguments: [id, text])
        }
        for (id, shape) in batch.shapes {
            try database.cachedStatement(sql: "INSERT INTO standard_shapes (id, payload) VALUES (?, ?)")
                .execute(arguments: [id, Data(shape.message.serialized())])
        }
        for (number, name) in batch.categories {
            try database.cachedStatement(
                sql: "INSERT INTO standard_categories (number, series, name) VALUES (?, ?, ?)"
            ).execute(arguments: [number, series, name])
        }
    }

    // MARK: Rows

    /// Old rows that a batch says again, each with its row of the file, and how many rows are new.
    struct Matches: Sendable {
        var ids: [Int64] = []
        var fileRows: [UInt32] = []
        /// Which rows of the batch they are.
        var places: [Int] = []
    }

    /// Writes a batch. With `mayStand`, rows that stand in the series and say the same are left as they are.
    func insert(
        _ batch: RegisterBatch, delivery number: Int, series: String, mayStand: Set<Int>
    ) throws -> Matches {
        try insertNames(of: batch, series: series)
        let insertion = try RowInsertion(database, delivery: number)
        let search =
            mayStand.isEmpty ? nil : try StandingSearch(database, categories: mayStand, before: number)
        var matches = Matches()
        try batch.bytes.withUnsafeBytes { bytes in
            for (place, row) in batch.rows.enumerated() {
                let key = UnsafeRawBufferPointer(rebasing: bytes[row.number])
                if let search, let id = try search.row(enterprise: row.enterprise, key, row.digest) {
                    matches.ids.append(id)
                    matches.fileRows.append(UInt32(truncatingIfNeeded: row.row))
                    matches.places.append(place)
                    continue
                }
                try insertion.insert(row, key, UnsafeRawBufferPointer(rebasing: bytes[row.payload]))
            }
        }
        return matches
    }

    /// Entries of the index by enterprise and number, best in its own order.
    func insert(_ part: (entries: [NumberEntries.Entry], bytes: [UInt8])) throws {
        let insertion = try NumberInsertion(database)
        try part.bytes.withUnsafeBytes { bytes in
            for entry in part.entries {
                try insertion.insert(entry, UnsafeRawBufferPointer(rebasing: bytes[entry.number]))
            }
        }
    }

    func insert(_ rows: [StandardsAPI.RejectedRow], delivery number: Int, from place: Int) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO rejected_rows (number, row, place, payload) VALUES (?, ?, ?, ?)")
        for (offset, row) in rows.enumerated() {
            try statement.execute(arguments: [
                number, Int(row.row), place + offset, Data(row.serialized()),
            ])
        }
    }

    // MARK: Comparing

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
            try database.cachedStatement(sql: "UPDATE standards SET origin = ? WHERE id = ?")
                .execute(arguments: [pair.origin, pair.new])
        }
    }

    private func remove(_ id: Int64) throws {
        try database.cachedStatement(
            sql: """
                DELETE FROM standard_numbers WHERE (enterprise, number, id) IN
                    (SELECT enterprise, number, id FROM standards WHERE id = ?)
                """
        ).execute(arguments: [id])
        try database.cachedStatement(sql: "DELETE FROM standards WHERE id = ?").execute(arguments: [id])
    }

    func end(_ id: Int64, delivery number: Int) throws {
        try database.cachedStatement(sql: "UPDATE standards SET until = ? WHERE id = ?")
            .execute(arguments: [number, id])
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

/// Inserts rows through SQLite's own interface: GRDB's boxing of values would cost as much as the insertion.
private struct RowInsertion {
    private let database: Database
    private let statement: SQLiteStatement
    private let delivery: Int64

    init(_ database: Database, delivery: Int) throws {
        self.database = database
        self.delivery = Int64(delivery)
        statement = try database.cachedStatement(
            sql: """
                INSERT INTO standards (id, since, until, origin, enterprise, number, digest, payload)
                VALUES (?, ?, 0, 0, ?, ?, ?, ?)
                """
        ).sqliteStatement
    }

    func insert(
        _ row: RegisterBatch.Row, _ key: UnsafeRawBufferPointer, _ payload: UnsafeRawBufferPointer
    ) throws {
        var digest = row.digest.stored
        sqlite3_bind_int64(statement, 1, row.id.rawValue)
        sqlite3_bind_int64(statement, 2, delivery)
        sqlite3_bind_int64(statement, 3, Int64(row.enterprise))
        // The bytes outlive the step: nothing is copied.
        sqlite3_bind_text(
            statement, 4, key.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(key.count), nil)
        let code = withUnsafeBytes(of: &digest) { digest in
            sqlite3_bind_blob(statement, 5, digest.baseAddress, Int32(digest.count), nil)
            sqlite3_bind_blob(statement, 6, payload.baseAddress, Int32(payload.count), nil)
            return sqlite3_step(statement)
        }
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "a row was not taken")
        }
    }
}

private struct NumberInsertion {
    private let statement: SQLiteStatement

    init(_ database: Database) throws {
        statement = try database.cachedStatement(
            sql: "INSERT INTO standard_numbers (enterprise, number, id) VALUES (?, ?, ?)"
        ).sqliteStatement
    }

    func insert(_ entry: NumberEntries.Entry, _ key: UnsafeRawBufferPointer) throws {
        sqlite3_bind_int64(statement, 1, Int64(entry.enterprise))
        sqlite3_bind_text(
            statement, 2, key.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(key.count), nil)
        sqlite3_bind_int64(statement, 3, entry.id)
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "a number was not taken")
        }
    }
}

/// Looks for a row that stands and says the same.
private struct StandingSearch {
    private let statement: SQLiteStatement
    private let categories: Set<Int>
    private let delivery: Int64

    /// Only rows from before the delivery: a row that the file has twice is told apart later.
    init(_ database: Database, categories: Set<Int>, before delivery: Int) throws {
        self.categories = categories
        self.delivery = Int64(delivery)
        statement = try database.cachedStatement(
            sql: """
                SELECT standards.id
                FROM standard_numbers CROSS JOIN standards ON standards.id = standard_numbers.id
                WHERE standard_numbers.enterprise = ? AND standard_numbers.number = ?
                    AND until = 0 AND digest = ? AND since < ?
                ORDER BY standards.id
                """
        ).sqliteStatement
    }

    func row(enterprise: Int, _ key: UnsafeRawBufferPointer, _ digest: StandardDigest) throws -> Int64? {
        var digest = digest.stored
        defer { sqlite3_reset(statement) }
        sqlite3_bind_int64(statement, 1, Int64(enterprise))
        sqlite3_bind_text(
            statement, 2, key.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(key.count), nil)
        return try withUnsafeBytes(of: &digest) { digest in
            sqlite3_bind_blob(statement, 3, digest.baseAddress, Int32(digest.count), nil)
            sqlite3_bind_int64(statement, 4, delivery)
            while true {
                switch sqlite3_step(statement) {
                case SQLITE_ROW:
                    let id = sqlite3_column_int64(statement, 0)
                    if categories.contains(RegisterID(rawValue: id).category) { return id }
                case SQLITE_DONE: return nil
                case let code:
                    throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "a look failed")
                }
            }
        }
    }
}
