import GRDB
import GRDBSQLite
import Ledger

/// Inserts rows from the bytes of a batch, of which nothing is copied on the way.
struct RowInsertion {
    private let statement: StoreStatement
    private let delivery: Int64

    init(_ database: Database, delivery: Int) throws {
        self.delivery = Int64(delivery)
        statement = try StoreStatement(
            database,
            """
            INSERT INTO standards (id, since, until, origin, enterprise, number, digest, payload)
            VALUES (?, ?, 0, 0, ?, ?, ?, ?)
            """)
    }

    func insert(
        _ row: RegisterBatch.Row, _ key: UnsafeRawBufferPointer, _ payload: UnsafeRawBufferPointer
    ) throws {
        var digest = row.digest.stored
        statement.bind(row.id.rawValue, 1)
        statement.bind(delivery, 2)
        statement.bind(Int64(row.enterprise), 3)
        statement.bind(text: key, 4)
        try withUnsafeBytes(of: &digest) { digest in
            statement.bind(bytes: digest, 5)
            statement.bind(bytes: payload, 6)
            try statement.run()
        }
    }
}

struct NumberInsertion {
    private let statement: StoreStatement

    init(_ database: Database) throws {
        statement = try StoreStatement(
            database, "INSERT INTO standard_numbers (enterprise, number, id) VALUES (?, ?, ?)")
    }

    func insert(_ entry: NumberEntries.Entry, _ key: UnsafeRawBufferPointer) throws {
        statement.bind(Int64(entry.enterprise), 1)
        statement.bind(text: key, 2)
        statement.bind(entry.id, 3)
        try statement.run()
    }
}

/// Looks for a row that stands and says the same.
struct StandingSearch {
    private let statement: StoreStatement
    private let categories: Set<Int>
    private let delivery: Int64

    /// Only rows from before the delivery: a row that the file has twice is told apart later.
    init(_ database: Database, categories: Set<Int>, before delivery: Int) throws {
        self.categories = categories
        self.delivery = Int64(delivery)
        statement = try StoreStatement(
            database,
            """
            SELECT standards.id
            FROM standard_numbers CROSS JOIN standards ON standards.id = standard_numbers.id
            WHERE standard_numbers.enterprise = ? AND standard_numbers.number = ?
                AND until = 0 AND digest = ? AND since < ?
            ORDER BY standards.id
            """)
    }

    func row(enterprise: Int, _ key: UnsafeRawBufferPointer, _ digest: StandardDigest) throws -> Int64? {
        var digest = digest.stored
        statement.bind(Int64(enterprise), 1)
        statement.bind(text: key, 2)
        return try withUnsafeBytes(of: &digest) { digest in
            statement.bind(bytes: digest, 3)
            statement.bind(delivery, 4)
            return try statement.first { row in
                let id = sqlite3_column_int64(row, 0)
                return categories.contains(RegisterID(rawValue: id).category) ? id : nil
            }
        }
    }
}
