import Foundation
import GRDB
import Ledger
import Testing

@Suite("Auditing and rebuilding a store")
struct AuditTests {
    /// A closed store with twelve events of ten requests.
    private func filledStore() async throws -> TemporaryStore {
        let store = try TemporaryStore()
        let ledger = try store.open()
        for index in 0..<8 { _ = try await ledger.append(.word("word \(index)", on: "book/\(index % 3)")) }
        _ = try await ledger.append(.words(["x", "y", "z", "Ω"], requestID: "several"))
        _ = try await ledger.append(
            .words(
                [], requestID: "bulk",
                bulk: { try $0.execute(sql: "INSERT INTO sample VALUES (1, 'right')") },
                cursor: (source: "ranking", position: 4)))
        ledger.close()
        return store
    }

    @Test("a sound store is found sound, counted, and left exactly as it was")
    func sound() async throws {
        let store = try await filledStore()
        let before = try Data(contentsOf: URL(fileURLWithPath: store.path))
        let files = store.files
        let report = try store.audit()
        #expect(report.isSound, "\(report.problems)")
        #expect(report.eventCount == 12)
        #expect(report.requestCount == 10)
        #expect(report.projectionRowCounts == ["tally": 3, "entry": 12])
        #expect(report.mark == TemporaryStore.mark)
        #expect(report.isLive == false)
        #expect(report.head?.position == 12)
        #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == before)
        #expect(store.files == files)
    }

    @Test("a store in service is audited beside it, and goes on")
    func live() async throws {
        let store = try await filledStore()
        let ledger = try store.open()
        _ = try await ledger.append(.word("more"))
        let report = try store.audit()
        #expect(report.isSound, "\(report.problems)")
        #expect(report.isLive)
        #expect(report.eventCount == 13)
        #expect(report.head == (try await ledger.head()))
        _ = try await ledger.append(.word("still more"))
        ledger.close()
        #expect(try store.audit().eventCount == 14)
    }

    @Test("what a killed process left is audited with its log, and nothing is left beside it")
    func killed() async throws {
        let (store, remains) = (try TemporaryStore(), try TemporaryStore())
        let ledger = try store.open()
        _ = try await ledger.append(.words(["one", "two"], requestID: "r"))
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: store.path + suffix, toPath: remains.path + suffix)
        }
        ledger.close()
        let report = try remains.audit()
        #expect(report.isSound, "\(report.problems)")
        #expect(report.eventCount == 2)
        #expect(remains.files == ["record.db", "record.db-wal"])
        let recovered = try remains.open(create: false)
        #expect(try await recovered.lastPosition() == 2)
    }

    @Test(
        "each kind of change behind the ledger's back is found where it was made",
        arguments: [
            ("UPDATE events SET payload = x'00' WHERE position = 5", "events 5"),
            ("UPDATE events SET moment_utc_us = 0 WHERE position = 12", "events 12"),
            ("UPDATE events SET chain = zeroblob(32) WHERE position = 3", "events 3"),
            ("UPDATE events SET version = 9 WHERE position = 6", "events 6"),
            ("DELETE FROM events WHERE position = 12", "requests"),
            ("DELETE FROM events WHERE position = 4", "events 5"),
            ("UPDATE requests SET answer = x'00' WHERE number = 2", "requests 2"),
            ("UPDATE requests SET request_id = 'r' WHERE number = 9", "requests 9"),
            ("DELETE FROM requests WHERE number = 4", "requests 5"),
            ("UPDATE cursors SET position = 5", "cursors ranking"),
            ("UPDATE tally SET total = total + 1 WHERE stream = 'book/2'", "projection tally"),
            ("INSERT INTO tally VALUES ('book/9', 1, 1)", "projection tally"),
            ("DELETE FROM entry WHERE position = 1", "projection entry"),
            ("UPDATE sample SET word = 'wrong'", "bulk"),
            ("UPDATE store SET value = 'ranking' WHERE key = 'role'", "events 1"),
            ("DROP TRIGGER events_follow", "schema trigger events_follow"),
            ("DELETE FROM store WHERE key = 'projection_tables'", "store projection_tables"),
            ("UPDATE store SET value = 'entry' WHERE key = 'projection_tables'", "store projection_tables"),
            ("CREATE INDEX extra ON entry (word)", "schema index extra"),
            ("DROP TABLE tally", "projection tally"),
        ])
    func changed(sql: String, place: String) async throws {
        let store = try await filledStore()
        try store.tamper(sql)
        let report = try store.audit()
        #expect(report.problems.contains { $0.place == place }, "\(report.problems)")
    }

    @Test(
        "one flipped bit in each place where a word is stored is found",
        // The word as an event's payload, in a projection's table and in its index.
        arguments: ["word 6", "Ω"])
    func flippedBit(text: String) async throws {
        let store = try await filledStore()
        let url = URL(fileURLWithPath: store.path)
        let sound = try Data(contentsOf: url)
        var places: Set<String> = []
        var start = sound.startIndex
        while let range = sound.range(of: Data(text.utf8), in: start..<sound.endIndex) {
            var bytes = sound
            bytes[range.upperBound - 1] ^= 1
            try bytes.write(to: url)
            let problems = try store.audit().problems
            #expect(!problems.isEmpty, "at byte \(range.upperBound - 1)")
            places.formUnion(problems.map(\.place))
            start = range.upperBound
        }
        #expect(places.contains { $0.hasPrefix("events ") }, "\(places)")
        #expect(places.isSuperset(of: ["file", "projection entry"]), "\(places)")
    }

    @Test("any flipped bit in used bytes is found, and none makes the audit fail")
    func flippedAnywhere() async throws {
        let store = try await filledStore()
        let url = URL(fileURLWithPath: store.path)
        let sound = try Data(contentsOf: url)
        // Bytes that SQLite does not use are zero in a new file; version counters of the header are not data.
        let used = sound.indices.filter { $0 >= 100 && sound[$0] != 0 }
        var unseen: [Int] = []
        for index in stride(from: 0, to: used.count, by: max(1, used.count / 150)).map({ used[$0] }) {
            var bytes = sound
            bytes[index] ^= 0x10
            try bytes.write(to: url)
            do {
                if try store.audit().isSound { unseen.append(index) }
            } catch {
                #expect(error is LedgerError)
            }
        }
        #expect(unseen == [])
    }

    @Test("a row that has lost a value is told of, and ends neither the audit nor a start otherwise")
    func lostValue() async throws {
        let store = try await filledStore()
        try store.tamper(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, 'stream TEXT NOT NULL', 'stream TEXT')
                WHERE name = 'events';
            PRAGMA writable_schema = RESET;
            UPDATE events SET stream = NULL WHERE position = 5;
            """)
        let problems = try store.audit().problems
        #expect(problems.contains { $0.place == "events" && $0.text.contains("cannot be read") })
        #expect(throws: LedgerError(.damaged, "")) { try store.open(create: false) }
    }

    @Test("rebuilding gives the same rows, and repairs rows that were changed")
    func rebuild() async throws {
        let store = try await filledStore()
        let before = try rows(store)
        #expect(try Ledger.rebuild(at: store.path, role: "scheme", projector: TallyProjector()) == 12)
        #expect(try rows(store) == before)
        try store.tamper("UPDATE tally SET total = 0; DELETE FROM entry")
        #expect(try store.audit().isSound == false)
        try Ledger.rebuild(at: store.path, role: "scheme", projector: TallyProjector())
        #expect(try rows(store) == before)
        #expect(try store.audit().isSound)
    }

    @Test("rebuilding refuses another role's store and a broken chain, and changes nothing then")
    func rebuildRefused() async throws {
        let store = try await filledStore()
        #expect(throws: LedgerError(.otherRole, "")) {
            try Ledger.rebuild(at: store.path, role: "ranking", projector: TallyProjector())
        }
        try store.tamper("UPDATE events SET actor = 'x' WHERE position = 7")
        let before = try rows(store)
        #expect(throws: LedgerError(.damaged, "")) {
            try Ledger.rebuild(at: store.path, role: "scheme", projector: TallyProjector())
        }
        #expect(try rows(store) == before)
    }

    @Test("projections made by another text are rebuilt when the store is opened")
    func otherText() async throws {
        let store = try await filledStore()
        try store.tamper("UPDATE tally SET total = 0")
        try store.open(projector: TallyProjector(comment: "second edition")).close()
        let report = try LedgerAudit.run(
            path: store.path, projector: TallyProjector(comment: "second edition"))
        #expect(report.isSound, "\(report.problems)")
        #expect(try store.audit().problems.map(\.place) == ["schema"])
    }

    private func rows(_ store: TemporaryStore) throws -> [Row] {
        let queue = try DatabaseQueue(path: store.path)
        return try queue.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM tally ORDER BY 1")
                + Row.fetchAll(database, sql: "SELECT * FROM entry ORDER BY 1")
        }
    }
}
