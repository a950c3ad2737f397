import Foundation
import GRDB
import Ledger
import Testing

@Suite("Opening a store")
struct OpeningTests {
    @Test("a missing store is refused and nothing is made")
    func missing() throws {
        let store = try TemporaryStore()
        #expect(throws: LedgerError(.missing, "")) { try store.open(create: false) }
        #expect(throws: LedgerError(.missing, "")) { try store.audit() }
        #expect(throws: LedgerError(.missing, "")) {
            try Ledger.rebuild(at: store.path, role: "scheme", projector: TallyProjector())
        }
        #expect(store.files == [])
    }

    @Test("a second opening is refused with the file and the holder's process id")
    func secondOpening() throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        let error = #expect(throws: LedgerError(.inUse, "")) { try store.open() }
        #expect(error?.message.contains(store.path) == true)
        #expect(error?.message.contains("process \(getpid());") == true)
        #expect(throws: LedgerError(.inUse, "")) {
            try Ledger.rebuild(at: store.path, role: "scheme", projector: TallyProjector())
        }
        ledger.close()
        try store.open(create: false).close()
    }

    @Test("a store held by another process is refused")
    func otherProcess() throws {
        let store = try TemporaryStore()
        try store.open().close()
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        holder.arguments = [store.path + ".lock", "sh", "-c", "echo held; exec cat"]
        let (input, output) = (Pipe(), Pipe())
        (holder.standardInput, holder.standardOutput) = (input, output)
        try holder.run()
        #expect(output.fileHandleForReading.readData(ofLength: 5) == Data("held\n".utf8))
        #expect(throws: LedgerError(.inUse, "")) { try store.open() }
        try input.fileHandleForWriting.close()
        holder.waitUntilExit()
        try store.open().close()
    }

    @Test("commits wait for the disk: synchronous reads back FULL, readers are read-only")
    func settings() async throws {
        let ledger = try TemporaryStore().open()
        let written = Settings()
        _ = try await ledger.append(
            .words([], requestID: "r", bulk: { database in try written.read(database) }))
        #expect(written.synchronous == 2)
        #expect(written.journalMode == "wal")
        let isQueryOnly = try await ledger.read { try Int.fetchOne($0, sql: "PRAGMA query_only") }
        #expect(isQueryOnly == 1)
    }

    private final class Settings: @unchecked Sendable {
        var synchronous: Int?
        var journalMode: String?

        func read(_ database: Database) throws {
            synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
            journalMode = try String.fetchOne(database, sql: "PRAGMA journal_mode")
        }
    }

    @Test(
        "a store of another time, another clock or another role is refused",
        arguments: [
            (StoreMark(role: "scheme", timeKind: .real), LedgerError.Code.otherTime),
            (StoreMark(role: "scheme", timeKind: .simulated(clockID: "other")), .otherTime),
            (StoreMark(role: "ranking", timeKind: .simulated(clockID: "test")), .otherRole),
        ])
    func otherMark(mark: StoreMark, code: LedgerError.Code) throws {
        let store = try TemporaryStore()
        try store.open().close()
        #expect(throws: LedgerError(code, "")) { try store.open(mark: mark) }
        try store.open().close()
    }

    @Test("a newer schema is refused")
    func newerSchema() throws {
        let store = try TemporaryStore()
        try store.open().close()
        try store.tamper("PRAGMA user_version = 3")
        #expect(throws: LedgerError(.newerSchema, "")) { try store.open() }
        #expect(throws: LedgerError(.newerSchema, "")) { try store.audit() }
    }

    @Test("another application's database and a text file are refused and left as they are")
    func foreign() throws {
        let store = try TemporaryStore()
        let queue = try DatabaseQueue(path: store.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE t (x); PRAGMA application_id = 7") }
        try queue.close()
        #expect(throws: LedgerError(.foreign, "")) { try store.open() }
        let text = Data("not a database, but long enough\n".utf8 + Array(repeating: 0x2e, count: 200))
        try text.write(to: URL(fileURLWithPath: store.path))
        #expect(throws: LedgerError(.foreign, "")) { try store.open() }
        #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == text)
        #expect(store.files == ["record.db"])
    }

    @Test("a database of nobody with tables in it is refused")
    func anonymous() throws {
        let store = try TemporaryStore()
        let queue = try DatabaseQueue(path: store.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE t (x)") }
        try queue.close()
        #expect(throws: LedgerError(.foreign, "")) { try store.open() }
    }

    @Test("an unfinished creation is told, and finished when creation is asked for")
    func unfinished() throws {
        let store = try TemporaryStore()
        try Data().write(to: URL(fileURLWithPath: store.path))
        #expect(throws: LedgerError(.missing, "")) { try store.open(create: false) }
        try store.open(create: true).close()
        try store.open(create: false).close()
    }

    @Test("a folder without write permission is named")
    func noPermission() throws {
        // Nobody, not even root, makes files there.
        let path = "/sys/record.db"
        let error = #expect(throws: LedgerError(.noPermission, "")) {
            try Ledger.open(at: path, mark: TemporaryStore.mark, projector: TallyProjector(), create: true)
        }
        #expect(error?.message.contains("/sys;") == true)
    }

    @Test("the file is for its owner only")
    func mode() throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        for file in store.files {
            let attributes = try FileManager.default.attributesOfItem(atPath: store.folder + "/" + file)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
        ledger.close()
    }

    @Test("an event changed on the disk is noticed at the next start")
    func damageAtStart() async throws {
        let store = try TemporaryStore()
        let ledger = try store.open()
        _ = try await ledger.append(.words(["one", "two"], requestID: "r"))
        ledger.close()
        try store.tamper("UPDATE events SET actor = 'x' WHERE position = 1")
        #expect(throws: LedgerError(.damaged, "")) { try store.open() }
    }

    @Test("a projector whose text does not make the tables it names is refused")
    func projectorMistake() throws {
        struct Liar: Projector {
            let tables = ["one"]
            let schema = "CREATE TABLE two (x INTEGER) STRICT"
            func apply(_ event: StoredEvent, _ database: Database) throws {}
        }
        let store = try TemporaryStore()
        #expect(throws: LedgerError(.store, "")) {
            try Ledger.open(at: store.path, mark: TemporaryStore.mark, projector: Liar(), create: true)
        }
    }

    @Test("after closing, appends and reads say so")
    func closed() async throws {
        let ledger = try TemporaryStore().open()
        ledger.close()
        ledger.close()
        #expect(!ledger.acceptsAppends)
        #expect(ledger.failure == nil)
        await #expect(throws: LedgerError(.closed, "")) { try await ledger.append(.word("w")) }
        await #expect(throws: LedgerError(.closed, "")) { try await ledger.lastPosition() }
    }
}
