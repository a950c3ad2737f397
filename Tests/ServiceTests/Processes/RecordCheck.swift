import Foundation
import GRDB
import Ledger
import PublicLog
import SchemeService
import Testing
import Transparency

/// The record of a scheme process and its log, looked at from outside.
struct RecordCheck {
    let data: String

    private var store: String { data + "/scheme.sqlite" }
    private var log: LogPaths { LogPaths(dataFolder: data, role: "scheme") }

    /// Positions of the commands in the store, by request id.
    func positions() throws -> [String: Int64] {
        let queue = try DatabaseQueue(path: store)
        defer { try? queue.close() }
        return try queue.read { database in
            #expect(try String.fetchAll(database, sql: "PRAGMA integrity_check") == ["ok"])
            let rows = try Row.fetchAll(database, sql: "SELECT request_id, last_position FROM requests")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        }
    }

    /// Entries of the checkpoint that is up; nil when there is none.
    func publishedCount() throws -> Int? {
        guard let bytes = try LogFolder(log.folder).checkpoint() else { return nil }
        return Int(try Checkpoint(SignedNote(bytes)).size.number)
    }

    /// Everything that was answered is there once, at the place that was told, and nothing else is.
    func expectAnswered(_ hammer: Hammer, _ comment: Comment? = nil) throws {
        let recorded = try positions()
        for (id, position) in hammer.answered where recorded[id] != position {
            Issue.record("\(id) was answered \(position) and is \(recorded[id] ?? 0); \(comment ?? "")")
        }
        // Each is one event: a command that was applied twice would be two.
        #expect(Set(recorded.values).count == recorded.count, comment)
        #expect(recorded.count == hammer.answered.count, comment)
        #expect(hammer.contradicted.isEmpty, "\(hammer.contradicted.prefix(3)); \(comment ?? "")")
    }

    /// The same, and what `ledger audit --deep` and `log verify` look at, in this process.
    func expectSound(_ hammer: Hammer, _ comment: Comment) throws {
        try expectAnswered(hammer, comment)
        let report = try LedgerAudit.run(path: store, projector: SchemeProjections())
        #expect(report.isSound, "\(report.problems); \(comment)")
        #expect(report.eventCount == Int64(hammer.answered.count), comment)
        let key = try #require(try LogKeyFile.read(log.key)).key
        let size = try LogAudit.run(LogFolder(log.folder), signedBy: key, record: store) {
            try SchemePublicActs.act(in: $0)
        }
        #expect(size == TreeSize(UInt64(hammer.answered.count)), comment)
    }
}
