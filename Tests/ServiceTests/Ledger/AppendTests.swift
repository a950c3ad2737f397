import GRDB
import Ledger
import Testing

@Suite("Appending to the record")
struct AppendTests {
    @Test("events are read back in order, chained, with their stream versions")
    func readBack() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        let origin = try await ledger.head()
        #expect(origin.position == 0)
        let outcome = try await ledger.append(.words(["one", "two"], requestID: "r1"))
        _ = try await ledger.append(.word("three", on: "book/2"))
        let events = try await ledger.events(after: 0, limit: 10)
        #expect(events.map(\.position) == [1, 2, 3])
        #expect(events.map(\.version) == [1, 2, 1])
        #expect(Array(events.prefix(2)) == outcome.events)
        #expect(events[0].chain == EventChain.value(after: origin.chain, at: events[0]))
        #expect(events[2].chain == EventChain.value(after: events[1].chain, at: events[2]))
        #expect(try await ledger.head() == LedgerHead(position: 3, chain: events[2].chain))
        #expect(try await ledger.version(of: "book/1") == 2)
        #expect(try await ledger.version(of: "book/3") == 0)
        #expect(try await ledger.events(after: 1, limit: 1).map(\.position) == [2])
    }

    @Test("a decision on an old version is told the version found, and nothing is written")
    func conflict() async throws {
        let ledger = try TemporaryStore().open()
        _ = try await ledger.append(.word("one", expected: ["book/1": 0]))
        let second = try await ledger.append(.word("two", expected: ["book/1": 0]))
        #expect(second == .conflict(stream: "book/1", expected: 0, found: 1))
        #expect(try await ledger.lastPosition() == 1)
        #expect(try await ledger.firstAnswer(to: "two") == nil)
        let third = try await ledger.append(.word("two", expected: ["book/1": 1]))
        #expect(third.events.map(\.version) == [2])
    }

    @Test("of twenty decisions on the same version exactly one is recorded")
    func race() async throws {
        let ledger = try TemporaryStore().open()
        let recorded = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<20 {
                group.addTask {
                    try await ledger.append(.word("w\(index)", expected: ["book/1": 0])).events.count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(recorded == 1)
        #expect(try await ledger.lastPosition() == 1)
    }

    @Test("a projection that fails takes back its append, not its neighbours in the group")
    func projectionFailure() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                group.addTask {
                    if index % 4 == 0 {
                        await #expect(throws: LedgerError(.store, "")) {
                            try await ledger.append(
                                .words(["a\(index)", "b"], type: "broken", requestID: "r\(index)"))
                        }
                    } else {
                        _ = try await ledger.append(.word("w\(index)"))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await ledger.lastPosition() == 30)
        ledger.close()
        let report = try store.audit()
        #expect(report.isSound, "\(report.problems)")
        #expect(report.projectionRowCounts == ["tally": 1, "entry": 30])
    }

    @Test("a unique column of a projection refuses only its own append")
    func uniqueColumn() async throws {
        let ledger = try TemporaryStore().open()
        _ = try await ledger.append(.words(["same"], requestID: "r1"))
        await #expect(throws: LedgerError(.store, "")) {
            try await ledger.append(.words(["other", "same"], requestID: "r2"))
        }
        #expect(ledger.acceptsAppends)
        #expect(try await ledger.append(.word("other")).events.map(\.position) == [2])
    }

    @Test("bulk rows, events and cursor are one transaction")
    func bulk() async throws {
        let ledger = try TemporaryStore().open()
        let insert: @Sendable (Database) throws -> Void = { database in
            try database.execute(sql: "INSERT INTO sample (number, word) VALUES (7, 'seven')")
        }
        _ = try await ledger.append(.word("snapshot", bulk: insert, cursor: (source: "ranking", position: 5)))
        #expect(try await ledger.cursor("ranking") == 5)
        #expect(try await ledger.cursor("scheme") == 0)
        // The row is there already, so neither the event nor the cursor may follow.
        await #expect(throws: LedgerError(.store, "")) {
            try await ledger.append(.word("again", bulk: insert, cursor: (source: "ranking", position: 6)))
        }
        #expect(try await ledger.lastPosition() == 1)
        #expect(try await ledger.cursor("ranking") == 5)
        let words = try await ledger.read { try String.fetchAll($0, sql: "SELECT word FROM sample") }
        #expect(words == ["seven"])
    }

    @Test("a cursor moves without an event")
    func cursorOnly() async throws {
        let ledger = try TemporaryStore().open()
        let outcome = try await ledger.append(
            .words([], requestID: "feed/1", cursor: (source: "scheme", position: 9)))
        #expect(outcome == .appended([], answer: Array("recorded at 0".utf8)))
        #expect(try await ledger.cursor("scheme") == 9)
    }

    @Test("hundreds of concurrent appends are all there when acknowledged, and projections equal a replay")
    func groupCommit() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        let acknowledged = try await withThrowingTaskGroup(of: StoredEvent?.self) { group in
            for index in 0..<600 {
                group.addTask {
                    let event = try await ledger.append(.word("w\(index)", on: "book/\(index % 7)")).events
                        .first
                    // Durable and visible from the moment of the acknowledgement.
                    let answer = try await ledger.firstAnswer(to: "w\(index)")
                    #expect(answer != nil)
                    return event
                }
            }
            return try await group.reduce(into: Set<StoredEvent?>()) { $0.insert($1) }
        }
        #expect(Set(try await ledger.events(after: 0, limit: 1000)) == Set(acknowledged.compactMap { $0 }))
        #expect(acknowledged.count == 600)
        ledger.close()
        let report = try store.audit()
        #expect(report.isSound, "\(report.problems)")
        #expect(report.eventCount == 600)
    }

    @Test(
        "names that are empty, too long or cut by a zero byte are refused",
        arguments: ["", "a\u{0}b", String(repeating: "n", count: LedgerLimits.nameByteCountMax + 1)])
    func names(name: String) async throws {
        let ledger = try TemporaryStore().open()
        await #expect(throws: LedgerError(.outOfBounds, "")) {
            try await ledger.append(.word("w", on: name))
        }
        await #expect(throws: LedgerError(.outOfBounds, "")) {
            try await ledger.append(.words(["w"], requestID: name))
        }
        #expect(try await ledger.lastPosition() == 0)
    }

    @Test("a payload may have the largest size and not one byte more")
    func payloadSize() async throws {
        let ledger = try TemporaryStore().open()
        let largest = String(repeating: "x", count: LedgerLimits.payloadByteCountMax)
        _ = try await ledger.append(.words([largest], requestID: "r1"))
        await #expect(throws: LedgerError(.outOfBounds, "")) {
            try await ledger.append(.words([largest + "x"], requestID: "r2"))
        }
    }

    @Test("the database itself refuses to change or remove an event, on the writing connection too")
    func appendOnly() async throws {
        let ledger = try TemporaryStore().open()
        _ = try await ledger.append(.word("one"))
        for sql in [
            "UPDATE events SET actor = 'x'", "DELETE FROM events", "UPDATE requests SET answer = x''",
            "DELETE FROM requests", "REPLACE INTO events SELECT * FROM events",
            "INSERT INTO events SELECT 3, stream, version + 1, type, 0, '', '', '', x'', chain FROM events",
            "INSERT INTO events SELECT 2, stream, version + 2, type, 0, '', '', '', x'', chain FROM events",
        ] {
            await #expect(throws: LedgerError(.store, ""), "\(sql)") {
                try await ledger.append(.words([], requestID: sql, bulk: { try $0.execute(sql: sql) }))
            }
        }
        #expect(try await ledger.events(after: 0, limit: 9).map(\.actor) == ["tester"])
    }

    @Test("reads cannot write")
    func readOnly() async throws {
        let ledger = try TemporaryStore().open()
        await #expect(throws: LedgerError.self) {
            try await ledger.read { try $0.execute(sql: "INSERT INTO tally VALUES ('x', 1, 1)") }
        }
    }
}
