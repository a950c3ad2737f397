import GRDB
import Ledger
import Testing

@Suite("Commands on the writer's thread")
struct WriterThreadTests {
    @Test("a command reads what it wrote, and what others wrote before")
    func readsItsWrites() async throws {
        let ledger = try TemporaryStore().open()
        _ = try await ledger.append(.word("one"))
        let versions = try await ledger.atWriter {
            var versions = [try await ledger.version(of: "book/1")]
            for word in ["two", "three"] {
                _ = try await ledger.append(.word(word, expected: ["book/1": versions.last ?? 0]))
                versions.append(try await ledger.version(of: "book/1"))
            }
            return versions
        }
        #expect(versions == [1, 2, 3])
        #expect(try await ledger.version(of: "book/1") == 3)
    }

    @Test("a read there cannot write, and leaves the record as it was")
    func readsOnly() async throws {
        let ledger = try TemporaryStore().open()
        _ = try await ledger.append(.word("one"))
        await #expect(throws: LedgerError.self) {
            try await ledger.atWriter {
                try await ledger.read { try $0.execute(sql: "DELETE FROM tally") }
            }
        }
        #expect(try await ledger.append(.word("two")).events.map(\.position) == [2])
        let counts = try await ledger.read { try Int.fetchAll($0, sql: "SELECT count FROM tally") }
        #expect(counts == [2])
    }

    @Test("many commands there and elsewhere are all recorded, in groups")
    func many() async throws {
        let ledger = try TemporaryStore().open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<32 {
                @Sendable func commands() async throws {
                    for turn in 0..<10 {
                        let stream = "book/\(caller)"
                        let seen = try await ledger.version(of: stream)
                        let outcome = try await ledger.append(
                            .word("\(caller) \(turn)", on: stream, expected: [stream: seen]))
                        #expect(outcome.events.map(\.version) == [Int64(turn) + 1])
                    }
                }
                group.addTask {
                    caller.isMultiple(of: 2) ? try await ledger.atWriter(commands) : try await commands()
                }
            }
            try await group.waitForAll()
        }
        #expect(try await ledger.lastPosition() == 320)
    }

    @Test("a command that waits for something else while the ledger is closed hears that it is")
    func closedMeanwhile() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        let (begun, beginning) = AsyncStream<Void>.makeStream()
        let (gate, opening) = AsyncStream<Void>.makeStream()
        async let late = ledger.atWriter {
            beginning.finish()
            for await _ in gate {}
            do throws(LedgerError) {
                _ = try await ledger.append(.word("late"))
                return nil as LedgerError.Code?
            } catch {
                return error.code
            }
        }
        for await _ in begun {}
        ledger.close()
        opening.finish()
        #expect(await late == .closed)
        #expect(try await store.open(create: false).lastPosition() == 0)
    }

    @Test(
        "bulk rows are staged between groups, and refused once the ledger is closed", .timeLimit(.minutes(1)))
    func staging() async throws {
        let ledger = try TemporaryStore().open()
        async let appended = ledger.append(.word("one"))
        try await ledger.stage { try $0.execute(sql: "INSERT INTO sample VALUES (1, 'right')") }
        #expect(try await appended.events.count == 1)
        #expect(try await ledger.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sample") } == 1)
        ledger.close()
        await #expect(throws: LedgerError(.closed, "")) {
            try await ledger.stage { try $0.execute(sql: "INSERT INTO sample VALUES (2, 'late')") }
        }
    }

    /// The store, once whoever closed it on its own thread has given it free.
    private func opened(_ store: TemporaryStore) async throws -> Ledger {
        for _ in 0..<500 {
            do {
                return try store.open(create: false)
            } catch let error as LedgerError where error.code == .inUse {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        return try store.open(create: false)
    }

    @Test("a ledger whose last user runs there closes, with all that was handed in")
    func closedFromThere() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        async let waiting = ledger.append(.word("one"))
        try await ledger.atWriter {
            _ = try await ledger.append(.word("two"))
            ledger.close()
        }
        _ = try? await waiting
        let again = try await opened(store)
        #expect(try await again.version(of: "book/1") >= 1)
        #expect(try store.audit().isSound)
    }
}
