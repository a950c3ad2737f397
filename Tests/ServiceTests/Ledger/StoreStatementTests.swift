import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct StoreStatementTests {
    private static let insertion = "INSERT INTO things (name, number, payload) VALUES (?, ?, ?)"

    /// Runs `body` on a database in memory with one table, which takes no NULL but for the number.
    private func withTable(_ body: (Database) throws -> Void) throws {
        try DatabaseQueue().writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    CREATE TABLE things (
                        name TEXT NOT NULL UNIQUE, number INTEGER, payload BLOB NOT NULL
                    ) STRICT
                    """)
            try body(database)
        }
    }

    @Test func whatIsBoundIsWhatIsRead() throws {
        try withTable { database in
            try database.run(Self.insertion, .text("名 b'"), .number(Int64.min), .bytes([0, 255]))
            try database.run(Self.insertion, .text("c"), .number(true), .bytes([1]))
            let rows = try Row.fetchAll(database, sql: "SELECT name, number, payload FROM things")
            #expect(rows.map { $0[0] as String } == ["名 b'", "c"])
            #expect(rows.map { $0[1] as Int64 } == [.min, 1])
            #expect(rows.map { Array($0[2] as Data) } == [[0, 255], [1]])
        }
    }

    /// SQLite takes a null pointer, which an empty array may have, for NULL.
    @Test func nothingIsNotNull() throws {
        try withTable { database in
            try database.run(Self.insertion, .text(""), .null, .bytes([]))
            let row = try #require(try Row.fetchOne(database, sql: "SELECT * FROM things"))
            #expect(row[0] as String? == "")
            #expect(row[1] as Int64? == nil)
            #expect(row[2] as Data? == Data())
        }
    }

    @Test func aWrongCountOfValuesIsRefused() throws {
        try withTable { database in
            #expect(throws: DatabaseError.self) { try database.run(Self.insertion, .text("a")) }
            #expect(throws: DatabaseError.self) {
                try database.run("DELETE FROM things WHERE name = ?", .text("a"), .null)
            }
            let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM things")
            #expect(count == 0)
        }
    }

    /// It is kept prepared, so neither an error nor an earlier value may stay behind.
    @Test func aFailureLeavesTheStatementAsItWas() throws {
        try withTable { database in
            try database.run(Self.insertion, .text("a"), .number(1 as Int64), .bytes([1]))
            let failure = #expect(throws: DatabaseError.self) {
                try database.run(Self.insertion, .text("a"), .number(2 as Int64), .bytes([2]))
            }
            #expect(failure?.message?.contains("things.name") == true)
            try database.run(Self.insertion, .text("b"), .null, .bytes([3]))
            #expect(try Int64.fetchAll(database, sql: "SELECT ifnull(number, -1) FROM things") == [1, -1])
        }
    }

    @Test func rowsAreReadUntilOneGivesSomething() throws {
        try withTable { database in
            for name in ["a", "b", "c"] {
                try database.run(Self.insertion, .text(name), .null, .bytes(Array(name.utf8)))
            }
            let statement = try StoreStatement(database, "SELECT payload FROM things ORDER BY name")
            var seen = 0
            let found = try statement.first { row in
                seen += 1
                let bytes = Array(StoreStatement.bytes(row, 0))
                return bytes == Array("b".utf8) ? bytes : nil
            }
            #expect(found == Array("b".utf8))
            #expect(seen == 2)
            #expect(try statement.first { _ in nil as Int? } == nil)
        }
    }
}
