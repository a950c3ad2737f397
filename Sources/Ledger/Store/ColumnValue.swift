package import GRDB

/// What a column takes.
package enum ColumnValue: Sendable, Hashable {
    case number(Int64)
    case text(String)
    case bytes([UInt8])
    case null

    package static func number(_ number: Int) -> Self { .number(Int64(number)) }

    package static func number(_ number: UInt32) -> Self { .number(Int64(number)) }

    package static func number(_ truth: Bool) -> Self { .number(truth ? 1 as Int64 : 0) }
}

extension Database {
    /// Runs a statement that gives no row. It stays prepared on this connection: parsing it takes longer than
    /// most of them run.
    package func run(_ sql: String, _ values: ColumnValue...) throws {
        let statement = try StoreStatement(self, sql)
        try statement.bind(values)
        try statement.run()
    }
}
