import Foundation
import GRDB
import Ledger
import Testing

@Suite("Backup and restore of a record")
struct BackupTests {
    /// A store's rows, table by table, as text.
    private func rows(_ path: String) throws -> [String: [String]] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { database in
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            return try Dictionary(
                uniqueKeysWithValues: tables.map { table in
                    (
                        table,
                        try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\($0)" }.sorted()
                    )
                })
        }
    }

    @Test("backups made while commands come in are each one moment of the record, whole")
    func underLoad() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        let writing = Task {
            var count = 0
            while !Task.isCancelled {
                _ = try await ledger.append(
                    .words((0..<5).map { "\(count) \($0)" }, on: "book/\(count % 7)", requestID: "r\(count)"))
                count += 1
                try? await Task.sleep(for: .milliseconds(2))
            }
            return count
        }
        var last: Int64 = -1
        for round in 0..<10 {
            try await Task.sleep(for: .milliseconds(30))
            let path = store.folder + "/copy-\(round).db"
            let receipt = try await Self.off { try ledger.backUp(to: path) }
            #expect(receipt.head.position > last)
            // Five events a request: a copy in the middle of one would be torn.
            #expect(receipt.head.position % 5 == 0)
            #expect(try await ledger.chain(at: receipt.head.position) == receipt.head.chain)
            let report = try LedgerAudit.run(path: path, projector: TallyProjector())
            #expect(report.isSound, "\(report.problems)")
            #expect(report.head == receipt.head)
            last = receipt.head.position
        }
        writing.cancel()
        #expect(try await writing.value > 10)
        ledger.close()
    }

    @Test("a restored store has the same rows in every table, and goes on")
    func restored() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        for word in ["a", "b", "c"] { _ = try await ledger.append(.word(word)) }
        let backup = store.folder + "/copy.db"
        let receipt = try ledger.backUp(to: backup)
        ledger.close()
        let expected = try rows(backup)
        #expect(try rows(store.path) == expected)

        try FileManager.default.removeItem(atPath: store.path)
        let (restored, report) = try Ledger.restore(
            from: backup, to: store.path, expecting: (receipt.digest, receipt.head),
            projector: TallyProjector())
        #expect(restored == receipt)
        #expect(report.eventCount == 3)
        #expect(try rows(store.path) == expected)
        let again = try store.open(create: false)
        // What was answered before is answered again, and the next event follows.
        #expect(try await again.append(.word("c")) == .repeated(answer: Array("recorded at 3".utf8)))
        #expect(try await again.append(.word("d")).events.first?.position == 4)
        again.close()
        #expect(try store.audit().isSound)
    }

    @Test("nothing is overwritten, and a copy that is not sound is not restored")
    func refusals() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        for number in 0..<200 { _ = try await ledger.append(.word("word \(number)")) }
        let backup = store.folder + "/copy.db"
        _ = try ledger.backUp(to: backup)
        #expect(throws: LedgerError(.outOfBounds, "")) { try ledger.backUp(to: backup) }
        #expect(throws: LedgerError(.inUse, "")) {
            try Ledger.backUp(idle: store.path, to: store.folder + "/other.db")
        }
        #expect(throws: LedgerError(.outOfBounds, "")) {
            try Ledger.restore(from: backup, to: store.path, expecting: nil, projector: TallyProjector())
        }
        ledger.close()
        let content = try #require(FileManager.default.contents(atPath: backup))
        let place = try #require(content.range(of: Data("word 77".utf8))).lowerBound
        var changed = content
        changed[place] ^= 1
        try changed.write(to: URL(fileURLWithPath: backup))
        let target = store.folder + "/restored.db"
        #expect(throws: LedgerError(.damaged, "")) {
            try Ledger.restore(from: backup, to: target, expecting: nil, projector: TallyProjector())
        }
        try content.write(to: URL(fileURLWithPath: backup))
        #expect(throws: LedgerError(.damaged, "")) {
            let other = LedgerHead(position: 199, chain: [])
            return try Ledger.restore(
                from: backup, to: target, expecting: (digest: [], head: other), projector: TallyProjector())
        }
        #expect(store.files.allSatisfy { !$0.hasPrefix("restored.db.r") && $0 != "restored.db" })
        // A store that nobody serves is copied by whoever asks.
        #expect(try Ledger.backUp(idle: store.path, to: store.folder + "/other.db").head.position == 200)
    }

    /// Blocks a thread of its own, as the process does.
    private static func off<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws
        -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
        }
    }
}
