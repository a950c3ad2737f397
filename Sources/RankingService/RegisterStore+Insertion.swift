import GRDB
import GRDBSQLite

/// Inserts rows through SQLite's own interface: GRDB's boxing of values would cost as much as the insertion.
struct RowInsertion {
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

struct NumberInsertion {
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
struct StandingSearch {
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
