import Foundation
import GRDB
import Ledger
import Testing

/// Adds up numbers per stream: the smallest service that has projections and bulk rows.
struct TallyProjector: Projector {
    struct Broken: Error {}

    var comment = "first edition"

    let tables = ["tally", "entry"]
    let bulkTables = ["sample"]
    let bulkSchema = "CREATE TABLE sample (number INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT;"

    var schema: String {
        """
        -- \(comment)
        CREATE TABLE tally (
            stream TEXT PRIMARY KEY, count INTEGER NOT NULL, total INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE entry (position INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
        """
    }

    func apply(_ event: StoredEvent, _ database: Database) throws {
        if event.type == "broken" { throw Broken() }
        try database.execute(
            sql: """
                INSERT INTO tally (stream, count, total) VALUES (?, 1, ?)
                ON CONFLICT (stream) DO UPDATE SET count = count + 1, total = total + excluded.total
                """,
            arguments: [event.stream, event.payload.count])
        try database.execute(
            sql: "INSERT INTO entry (position, word) VALUES (?, ?)",
            arguments: [event.position, String(decoding: event.payload, as: UTF8.self)])
    }

    func auditBulk(_ live: Database) throws -> [String] {
        try Int.fetchAll(live, sql: "SELECT number FROM sample WHERE (number, word) <> (1, 'right')").map {
            "sample \($0) is wrong"
        }
    }
}

/// A store in a folder of its own. All of them are removed when the tests end.
final class TemporaryStore {
    static let mark = StoreMark(role: "scheme", timeKind: .simulated(clockID: "test"))

    let folder: String
    var path: String { folder + "/record.db" }

    /// Removed at exit and not with the object, which may go before a ledger that works in the folder.
    private static let root: String = {
        atexit { try? FileManager.default.removeItem(atPath: TemporaryStore.root) }
        return NSTemporaryDirectory() + "ledger-tests-\(UUID().uuidString)"
    }()

    init() throws {
        folder = Self.root + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    func open(
        mark: StoreMark = TemporaryStore.mark, projector: TallyProjector = TallyProjector(),
        create: Bool = true
    ) throws -> Ledger {
        try Ledger.open(at: path, mark: mark, projector: projector, create: create)
    }

    func audit() throws -> AuditReport {
        try LedgerAudit.run(path: path, projector: TallyProjector())
    }

    /// Changes the closed store behind the ledger's back.
    func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            for trigger in ["events_stay", "events_remain", "requests_stay", "requests_remain"] {
                let made = try String.fetchOne(
                    database, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [trigger])
                try database.execute(sql: "DROP TRIGGER \(trigger)")
                triggers.append(try #require(made))
            }
            try database.execute(sql: sql)
            for trigger in triggers { try database.execute(sql: trigger) }
            triggers = []
        }
        try queue.close()
    }

    private var triggers: [String] = []

    var files: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
    }
}

extension Append {
    /// One event with a unique word, asked for by one request.
    static func word(
        _ word: String, on stream: String = "book/1", type: String = "added", expected: [String: Int64] = [:],
        bulk: (@Sendable (Database) throws -> Void)? = nil, cursor: (source: String, position: Int64)? = nil
    ) -> Append {
        words([word], on: stream, type: type, expected: expected, requestID: word, bulk: bulk, cursor: cursor)
    }

    static func words(
        _ words: [String], on stream: String = "book/1", type: String = "added",
        expected: [String: Int64] = [:], requestID: String, digest: [UInt8] = [1],
        bulk: (@Sendable (Database) throws -> Void)? = nil, cursor: (source: String, position: Int64)? = nil
    ) -> Append {
        Append(
            drafts: words.map { EventDraft(stream: stream, type: type, payload: Array($0.utf8)) },
            expected: expected, requestID: requestID, requester: "tester", requestDigest: digest,
            answer: { events in Array("recorded at \(events.last?.position ?? 0)".utf8) },
            moment: 1_750_000_000_000_000, actor: "tester", ruleEdition: "trial-2018", bulk: bulk,
            cursor: cursor)
    }
}

extension AppendOutcome {
    var events: [StoredEvent] {
        if case .appended(let events, _) = self { events } else { [] }
    }
}

extension Ledger {
    /// The answer that a request of the fixtures' requester got first, or nil when it was not recorded.
    func firstAnswer(to requestID: String) async throws -> FirstAnswer? {
        try await read { database in
            try EventRows.firstAnswer(requester: "tester", requestID: requestID, in: database)
        }
    }
}
