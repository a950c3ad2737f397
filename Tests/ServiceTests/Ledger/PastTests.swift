import GRDB
import Ledger
import Testing

/// The store as it was, made again from its events.
@Suite("Reading the past")
struct PastTests {
    /// One word a second, the first at second 1.
    private static func filled(_ words: Int) async throws -> (TemporaryStore, Ledger) {
        let store = try TemporaryStore()
        let ledger = try store.open()
        for second in 1...words { try await add(second, to: ledger) }
        return (store, ledger)
    }

    private static func add(_ second: Int, to ledger: Ledger) async throws {
        var append = Append.word("word \(second)", on: "book/\(second % 3)")
        append.moment = moment(second)
        _ = try await ledger.append(append)
    }

    private static func moment(_ second: Int) -> Int64 { Int64(second) * 1_000_000 }

    @Sendable private static func rows(_ database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT stream || ' ' || count || ' ' || total FROM tally
                UNION ALL SELECT word FROM entry UNION ALL SELECT 'event ' || position FROM events ORDER BY 1
                """)
    }

    @Test("projections and events are what they were at each moment, whatever came later")
    func past() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        var seen: [[String]] = [[]]
        for second in 1...9 {
            try await Self.add(second, to: ledger)
            seen.append(try await ledger.read(Self.rows))
        }
        for second in [9, 0, 4, 5, 1, 4] {
            let past = try await ledger.read(asOf: Self.moment(second), Self.rows)
            #expect(past == seen[second], "at second \(second)")
        }
        #expect(try await ledger.read(asOf: Self.moment(5) - 1, Self.rows) == seen[4])
        ledger.close()
        #expect(store.files.contains("record.db"))
        #expect(try store.audit().isSound)
    }

    @Test("an event that was on its way is part of the past when it has come")
    func onItsWay() async throws {
        let (_, ledger) = try await Self.filled(3)
        #expect(try await ledger.read(asOf: Self.moment(5), Self.rows).contains("event 3"))
        try await Self.add(4, to: ledger)
        let later = try await ledger.read(asOf: Self.moment(5), Self.rows)
        #expect(later.contains("event 4") && later.contains("word 4"))
        try await Self.add(6, to: ledger)
        #expect(try await ledger.read(asOf: Self.moment(5), Self.rows) == later)
        ledger.close()
    }

    @Test("bulk rows can be looked up, and nothing can be written")
    func bulk() async throws {
        let (_, ledger) = try await Self.filled(2)
        _ = try await ledger.append(
            .words(
                [], requestID: "bulk",
                bulk: { try $0.execute(sql: "INSERT INTO sample VALUES (1, 'right')") }))
        let word = try await ledger.read(asOf: Self.moment(2)) { database in
            try String.fetchOne(database, sql: "SELECT word FROM sample WHERE number = 1")
        }
        #expect(word == "right")
        for table in ["tally", "live.tally", "live.sample"] {
            await #expect(throws: LedgerError(.noPermission, "")) {
                try await ledger.read(asOf: Self.moment(2)) { database in
                    try database.execute(sql: "DELETE FROM \(table)")
                }
            }
        }
        ledger.close()
    }

    @Test("many who ask for the same moments are answered, a crowd of moments is refused, and later not")
    func crowd() async throws {
        let (_, ledger) = try await Self.filled(40)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<80 {
                group.addTask {
                    do {
                        let rows = try await ledger.read(asOf: Self.moment(index % 40), Self.rows)
                        return rows.count { $0.hasPrefix("event") } == index % 40
                    } catch {
                        return (error as? LedgerError)?.code == .busy
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0 })
        for second in 0..<40 {
            let rows = try await ledger.read(asOf: Self.moment(second), Self.rows)
            #expect(rows.count { $0.hasPrefix("event") } == second)
        }
        ledger.close()
        await #expect(throws: LedgerError(.closed, "")) {
            try await ledger.read(asOf: Self.moment(3), Self.rows)
        }
    }
}
