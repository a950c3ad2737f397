package import GRDB
import GRDBSQLite

/// A statement on a store's tables, bound and stepped by SQLite's interface: with each value in a box of its
/// own, as GRDB binds them, it takes about twice as long.
package struct StoreStatement {
    private let database: Database
    private let statement: SQLiteStatement
    /// Whose end would be the statement's.
    private let owner: Statement

    /// Prepared once a connection.
    package init(_ database: Database, _ sql: String) throws {
        self.database = database
        owner = try database.cachedStatement(sql: sql)
        statement = owner.sqliteStatement
    }

    // MARK: Binding, the first place being 1. Values stay until others take their places.

    package func bind(_ number: Int64, _ place: Int32) {
        sqlite3_bind_int64(statement, place, number)
    }

    /// The bytes are not copied: they must outlive the step.
    package func bind(text: UnsafeRawBufferPointer, _ place: Int32) {
        let start = text.baseAddress?.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(statement, place, start, Int32(text.count), nil)
    }

    /// The bytes are not copied: they must outlive the step.
    package func bind(bytes: UnsafeRawBufferPointer, _ place: Int32) {
        sqlite3_bind_blob(statement, place, bytes.baseAddress, Int32(bytes.count), nil)
    }

    /// Copies values to the statement's first places.
    func bind(_ values: [ColumnValue]) throws {
        guard sqlite3_bind_parameter_count(statement) == values.count else {
            throw DatabaseError(
                resultCode: .SQLITE_RANGE,
                message: "\(values.count) values for \(String(cString: sqlite3_sql(statement)))")
        }
        var place: Int32 = 0
        for value in values {
            place += 1
            switch value {
            case .number(let number): bind(number, place)
            case .text(var text): text.withUTF8 { copy(text: $0, place) }
            case .bytes(let bytes): bytes.withUnsafeBytes { copy(bytes: $0, place) }
            case .null: sqlite3_bind_null(statement, place)
            }
        }
    }

    private func copy(text: UnsafeBufferPointer<UInt8>, _ place: Int32) {
        text.withMemoryRebound(to: CChar.self) { text in
            _ = sqlite3_bind_text(statement, place, text.baseAddress, Int32(text.count), Self.copied)
        }
    }

    private func copy(bytes: UnsafeRawBufferPointer, _ place: Int32) {
        if let start = bytes.baseAddress {
            sqlite3_bind_blob(statement, place, start, Int32(bytes.count), Self.copied)
        } else {
            // No bytes, where a null pointer would be NULL.
            sqlite3_bind_zeroblob(statement, place, 0)
        }
    }

    /// SQLITE_TRANSIENT, which is a cast in C and therefore not imported.
    private static var copied: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    // MARK: Stepping

    /// Runs a statement to its end, past rows that it may give.
    package func run() throws {
        _ = try first { _ in nil as Never? }
    }

    /// What the first row gives of which something is read, or nil. The rows are gone afterwards.
    package func first<Value>(_ read: (SQLiteStatement) throws -> Value?) throws -> Value? {
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: if let value = try read(statement) { return value }
            case SQLITE_DONE: return nil
            case let code:
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
            }
        }
    }
}

// Columns of the row that a statement stands on.
extension StoreStatement {
    /// Valid until the statement moves.
    static func bytes(_ row: SQLiteStatement, _ column: Int32) -> UnsafeRawBufferPointer {
        // The pointer first: asking for the count alone could give that of another encoding.
        let start = sqlite3_column_blob(row, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column)))
    }

    /// The same, kept; for a column that is never NULL.
    static func blob(_ row: SQLiteStatement, _ column: Int32) throws(LedgerError) -> [UInt8] {
        guard sqlite3_column_type(row, column) != SQLITE_NULL else { throw .unreadable(Int(column)) }
        return Array(bytes(row, column))
    }
}
