import Contracts
import GRDB
import GRDBSQLite
import Regulation

// The rows of a category as they are stored, through SQLite's own interface: GRDB's boxing of values would
// cost as much as the reading.
extension RegisterStore {
    /// Fewer rows than this are not worth a second thread.
    private static let coreRowCount = 2_000

    /// Those that stand at a snapshot, in the order in which they first came; of every category if the name
    /// is empty.
    func rows(of place: Place, category: String) throws -> StoredRows {
        var rows = StoredRows()
        let tables = StoredTables(database)
        let statement = try database.cachedStatement(
            sql: """
                SELECT enterprise, number, payload FROM standards
                WHERE id BETWEEN ? AND ? AND since <= ? AND (until = 0 OR until > ?) ORDER BY id
                """
        ).sqliteStatement
        for (number, name) in try wantedCategories(category, in: place.series) {
            rows.categories.append(name)
            let range = RegisterID.range(ofCategory: number)
            sqlite3_bind_int64(statement, 1, range.lowerBound)
            sqlite3_bind_int64(statement, 2, range.upperBound)
            sqlite3_bind_int64(statement, 3, Int64(place.number))
            sqlite3_bind_int64(statement, 4, Int64(place.number))
            defer { sqlite3_reset(statement) }
            while try isRow(sqlite3_step(statement)) {
                try rows.append(
                    enterprise: Int(sqlite3_column_int64(statement, 0)), matchKey: text(statement, 1),
                    payload: blob(statement, 2)
                ) { try tables.shape($0) }
            }
        }
        try resolve(&rows)
        return rows
    }

    private func wantedCategories(
        _ name: String, in series: String
    ) throws -> [(number: Int, name: String)] {
        if name.isEmpty { return try categories(of: series).filter { !$0.name.isEmpty } }
        return try category(name, in: series).map { [($0, name)] } ?? []
    }

    private func resolve(_ rows: inout StoredRows) throws {
        let codes = try database.cachedStatement(
            sql: "SELECT credit_code FROM standard_enterprises WHERE id = ?"
        ).sqliteStatement
        let texts = try database.cachedStatement(
            sql: "SELECT text FROM standard_texts WHERE id = ?"
        ).sqliteStatement
        try rows.resolve(onCores: rows.rows.count < Self.coreRowCount ? 1 : 2) { enterprise in
            try CreditCode(try text(codes, of: enterprise, "enterprise"))
        } text: { place in
            try text(texts, of: place, "text")
        }
    }

    /// What a statement finds of one id.
    private func text(_ statement: SQLiteStatement, of id: Int, _ kind: String) throws -> String {
        sqlite3_bind_int64(statement, 1, Int64(id))
        defer { sqlite3_reset(statement) }
        guard try isRow(sqlite3_step(statement)),
            let text = String(validating: text(statement, 0), as: UTF8.self)
        else { throw RowDamage.unknown("\(kind) \(id)") }
        return text
    }

    private func isRow(_ code: Int32) throws -> Bool {
        switch code {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "a row was not read")
        }
    }

    /// Valid until the next step.
    private func text(_ statement: SQLiteStatement, _ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_text(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }

    /// Valid until the next step.
    private func blob(_ statement: SQLiteStatement, _ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }
}
