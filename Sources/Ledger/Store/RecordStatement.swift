import GRDB
import GRDBSQLite

/// A statement on the record's own tables, bound and stepped by SQLite's interface: with each value in a box
/// of its own, as GRDB binds them, it takes about twice as long.
struct RecordStatement {
    private let database: Database
    private let statement: SQLiteStatement

    /// Prepared once a connection.
    init(_ database: Database, _ sql: String) throws {
        self.database = database
        statement = try database.cachedStatement(sql: sql).sqliteStatement
    }

    /// Runs a statement that gives no row.
    func run() throws {
        _ = try first { _ in () }
    }

    /// Stores a row whose columns are an encoding's fields in their order, and the hash of it last.
    func insert(_ encoding: CanonicalEncoding, _ hash: [UInt8]) throws {
        // The bytes outlive the step: nothing is copied.
        try encoding.content.withUnsafeBytes { content in
            for (place, field) in encoding.fields.enumerated() {
                bind(UnsafeRawBufferPointer(rebasing: content[field.place]), field.kind, Int32(place + 1))
            }
            try hash.withUnsafeBytes { hash in
                bind(hash, .bytes, Int32(encoding.fields.count + 1))
                try run()
            }
        }
    }

    /// The first row that a text leads to, or nil.
    func first<Value>(_ text: String, _ read: (SQLiteStatement) throws -> Value) throws -> Value? {
        var text = text
        return try text.withUTF8 { text in
            bind(UnsafeRawBufferPointer(text), .text, 1)
            return try first(read)
        }
    }

    /// The first row that two texts lead to, or nil.
    func first<Value>(
        _ texts: (String, String), _ read: (SQLiteStatement) throws -> Value
    ) throws -> Value? {
        var second = texts.1
        return try second.withUTF8 { second in
            bind(UnsafeRawBufferPointer(second), .text, 2)
            return try first(texts.0, read)
        }
    }

    /// A column of the row that the statement stands on, until it moves.
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

    private func bind(_ value: UnsafeRawBufferPointer, _ kind: CanonicalEncoding.Field.Kind, _ place: Int32) {
        switch kind {
        case .number:
            let number = Int64(bigEndian: value.loadUnaligned(as: Int64.self))
            sqlite3_bind_int64(statement, place, number)
        case .text:
            let start = value.baseAddress?.assumingMemoryBound(to: CChar.self)
            sqlite3_bind_text(statement, place, start, Int32(value.count), nil)
        case .bytes:
            sqlite3_bind_blob(statement, place, value.baseAddress, Int32(value.count), nil)
        }
    }

    private func first<Value>(_ read: (SQLiteStatement) throws -> Value) throws -> Value? {
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return try read(statement)
        case SQLITE_DONE: return nil
        case let code:
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
        }
    }
}
