import Foundation
import GRDB
import Ledger
import PublicLog
import Testing
import Transparency

/// A record with its log as a closed process leaves it, and as a killed one does; copies of them are damaged
/// and looked at by everybody who would look.
struct DamagedRecord {
    private static let sizes: [UInt64] = [300, 344]
    private static let tailCount = 12

    private let closed: TemporaryStore
    private let killed: TemporaryStore
    private let closedRows: String
    private let killedRows: String
    private let key: NoteKey

    init() async throws {
        let stage = try PublicLogStage()
        var count = 0
        for size in Self.sizes {
            try await stage.record(count: Int(size) - count, from: count)
            count = Int(size)
            try await stage.publishing { try await stage.eventually(size: size, $0) }
        }
        let bulk: @Sendable (Database) throws -> Void = {
            try $0.execute(sql: "INSERT INTO sample VALUES (1, 'right')")
        }
        _ = try await stage.ledger.append(
            .words([], requestID: "bulk", bulk: bulk, cursor: (source: "ranking", position: 4)))
        stage.ledger.close()
        closed = try Self.copy(of: stage.store)
        closedRows = try Self.rows(Self.copy(of: stage.store))

        try stage.restart()
        for number in 0..<Self.tailCount { try await stage.record(["tail \(number)"]) }
        let last = Self.sizes[1] + UInt64(Self.tailCount)
        try await stage.publishing { try await stage.eventually(size: last, $0) }
        killed = try Self.copy(of: stage.store)
        killedRows = try Self.rows(Self.copy(of: stage.store))
        key = try #require(try LogKeyFile.read(stage.paths.key)).key
        stage.ledger.close()
    }

    /// Flips a bit of a file of that place; `draw` gives a number below another.
    func flip(_ place: FlippedBit.Place, _ draw: (Int) -> Int) async throws -> FlippedBit {
        let whole = place == .writeAheadLog ? killed : closed
        let files = try Self.files(of: place, in: whole)
        let file = files[draw(files.count)]
        let store = try Self.copy(of: whole)
        let path = store.folder + "/" + file
        let bytes = Array(try #require(FileManager.default.contents(atPath: path)))
        // Every second one hits what is in use: most of a small file is zero.
        let used = draw(2) == 0 ? Array(bytes.indices) : bytes.indices.filter { bytes[$0] != 0 }
        let (byte, bit) = (used[draw(used.count)], draw(8))
        try Data(FlippedBit.flipped(bytes, byte: byte, bit: bit)).write(to: URL(fileURLWithPath: path))
        let rows = place == .writeAheadLog ? killedRows : closedRows
        let outcome = try await look(at: store, isPublicLog: place == .publicLog, rows)
        return FlippedBit(place: place, file: file, byte: byte, bit: bit, outcome: outcome)
    }

    private static func files(of place: FlippedBit.Place, in store: TemporaryStore) throws -> [String] {
        switch place {
        case .store: ["record.db"]
        case .writeAheadLog: ["record.db-wal"]
        case .publishedMark: ["scheme.published.sqlite"]
        case .logKey: ["scheme.log.key"]
        case .publicLog:
            try Scratch.contents(of: store.folder + "/scheme.log").keys.sorted().map { "scheme.log/" + $0 }
        case .title, .statusList, .proof: []
        }
    }

    /// The audit, a start, the opening of the log, its verification at every size that was published.
    private func look(
        at store: TemporaryStore, isPublicLog: Bool, _ rows: String
    ) async throws -> FlippedBit.Outcome {
        let paths = LogPaths(dataFolder: store.folder, role: "scheme")
        let before = try LogFolder(paths.folder).checkpoint()
        do {
            let report = try store.audit()
            if let problem = report.problems.first { return .found("audit: \(problem)") }
            let ledger = try store.open(create: false)
            defer { ledger.close() }
            guard let origin = NoteKeyName(PublicLogStage.origin) else { preconditionFailure("a name") }
            let birth = LogOpening.Birth(origin: origin) { Array(repeating: 1, count: 32) }
            let size = try LogVerification.run(LogFolder(paths.folder), signedBy: key).checkpoint.size
            let writer = try await LogOpening.open(paths, of: ledger, birth: birth)
            writer.close()
            #expect(writer.size == size)
            _ = try LogAudit.run(
                LogFolder(paths.folder), signedBy: key, record: store.path, acts: PublicLogStage.acts)
            for size in Self.sizes { _ = try LogCheck(LogFolder(paths.folder)).replay(to: TreeSize(size)) }
        } catch {
            guard error is LedgerError || error is LogError else { throw error }
            #expect(try LogFolder(paths.folder).checkpoint() == before, "something was signed")
            return .found("\(error)")
        }
        guard try Self.rows(store) == rows else { return .accepted("other rows") }
        return .harmless
    }

    private static func copy(of store: TemporaryStore) throws -> TemporaryStore {
        let copy = try TemporaryStore()
        for name in store.files where !name.hasSuffix("-shm") && !name.hasSuffix(".lock") {
            try FileManager.default.copyItem(
                atPath: "\(store.folder)/\(name)", toPath: "\(copy.folder)/\(name)")
        }
        return copy
    }

    /// Everything that the store and the mark hold, as text.
    private static func rows(_ store: TemporaryStore) throws -> String {
        let tables = ["store", "events", "requests", "cursors", "tally", "entry", "sample", "sqlite_schema"]
        let record = try DatabaseQueue(path: store.path)
        defer { try? record.close() }
        let mark = try DatabaseQueue(path: store.folder + "/scheme.published.sqlite")
        defer { try? mark.close() }
        let found = try record.read { database in
            try tables.map { try "\(Row.fetchAll(database, sql: "SELECT * FROM \($0) ORDER BY 1"))" }
        }
        return try found.joined() + mark.read { try "\(Row.fetchAll($0, sql: "SELECT * FROM published"))" }
    }
}
