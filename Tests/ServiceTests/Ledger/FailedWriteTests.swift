import GRDB
import Ledger
import Testing

@Suite("Writes that fail")
struct FailedWriteTests {
    /// Fails the commit it watches, as a disk that cannot synchronise would.
    private final class FailingCommit: TransactionObserver, Sendable {
        struct Failure: Error {}

        func observes(eventsOfKind kind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseWillCommit() throws { throw Failure() }
        func databaseDidCommit(_ database: Database) {}
        func databaseDidRollback(_ database: Database) {}
    }

    @Test("after a failed commit nothing more is written, reads go on, and a new start repairs")
    func failedCommit() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        _ = try await ledger.append(.word("before"))
        let failing = FailingCommit()
        await #expect(throws: LedgerError(.fatal, "")) {
            try await ledger.append(
                .word("lost", bulk: { $0.add(transactionObserver: failing, extent: .nextTransaction) }))
        }
        #expect(!ledger.acceptsAppends)
        #expect(ledger.failure == LedgerError(.fatal, ""))
        await #expect(throws: LedgerError(.fatal, "")) { try await ledger.append(.word("after")) }
        #expect(try await ledger.lastPosition() == 1)
        ledger.close()
        let again = try store.open()
        #expect(try await again.append(.word("after")).events.map(\.position) == [2])
        again.close()
        #expect(try store.audit().isSound)
    }

    @Test("a full disk refuses the append; with room again the ledger goes on without a restart")
    func fullDisk() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        _ = try await ledger.append(.word("before"))
        let error = await #expect(throws: LedgerError(.store, "")) {
            try await ledger.append(
                .word(
                    "large",
                    bulk: { database in
                        let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                        try database.execute(sql: "PRAGMA max_page_count = \(count + 2)")
                        let rows =
                            "WITH RECURSIVE n (i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 999)"
                        try database.execute(
                            sql: "INSERT INTO sample \(rows) SELECT i, hex(randomblob(99)) FROM n")
                    }))
        }
        #expect(error?.message.contains("make room") == true)
        #expect(ledger.acceptsAppends)
        let outcome = try await ledger.append(
            .word("large", bulk: { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }))
        #expect(outcome.events.map(\.position) == [2])
        ledger.close()
        #expect(try store.audit().isSound)
    }

    @Test("a bulk closure that ends the transaction fails its append alone")
    func endedTransaction() async throws {
        let ledger = try TemporaryStore().open()
        await #expect(throws: LedgerError.self) {
            try await ledger.append(.word("one", bulk: { try $0.execute(sql: "ROLLBACK") }))
        }
        #expect(ledger.acceptsAppends)
        #expect(try await ledger.append(.word("two")).events.map(\.position) == [1])
    }
}
