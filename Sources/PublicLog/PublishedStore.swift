import Foundation
import GRDB
import Ledger
import Transparency

/// The one line that says how far a log was published, moved forward only by comparing and setting it.
///
/// It lies in a file of its own, which backups do not hold and no restoring brings back: so a record that was
/// rolled back, or a second process on a copy of it, finds that more was published than it knows of, and
/// signs nothing.
struct PublishedStore {
    private static let applicationID = 0x464C_4F47  // "FLOG"
    private static let schemaVersion = 1

    private let path: String
    private let queue: DatabaseQueue

    /// Makes the file of a new log: its mark is `first`.
    static func create(_ path: String, origin: String, first: PublishedMark) throws(LogError) {
        do {
            let draft = path + ".new"
            try? FileManager.default.removeItem(atPath: draft)
            let queue = try open(draft)
            try queue.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE published (
                            origin TEXT PRIMARY KEY, size INTEGER NOT NULL CHECK (size >= 0),
                            root BLOB NOT NULL CHECK (length(root) = 32),
                            position INTEGER NOT NULL CHECK (position >= 0), chain BLOB NOT NULL
                        ) STRICT;
                        -- What was signed cannot be taken back.
                        CREATE TRIGGER published_grows BEFORE UPDATE ON published
                        WHEN new.size < old.size OR new.position < old.position OR new.origin <> old.origin
                        BEGIN SELECT RAISE(ABORT, 'the log was published further'); END;
                        CREATE TRIGGER published_stays BEFORE DELETE ON published
                        BEGIN SELECT RAISE(ABORT, 'the log was published'); END;
                        PRAGMA application_id = \(applicationID);
                        PRAGMA user_version = \(schemaVersion);
                        """)
                try database.execute(
                    sql: "INSERT INTO published (origin, size, root, position, chain) VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        origin, Int64(first.size.number), Data(first.root.bytes), first.position,
                        Data(first.chain),
                    ])
            }
            try queue.close()
            try StorePath.synchronise(draft)
            try StorePath.move(draft, to: path)
        } catch {
            throw .database(error, path)
        }
    }

    init(_ path: String) throws(LogError) {
        guard StorePath.byteCount(path) != nil else {
            throw LogError(
                .unusable,
                "\(path) is missing, which says how far the log was published; put it back, or begin it "
                    + "again from the last checkpoint that the public has seen: forerunner log adopt")
        }
        self.path = path
        do {
            queue = try Self.open(path)
            let (application, version) = try queue.read { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA application_id"),
                    try Int.fetchOne(database, sql: "PRAGMA user_version")
                )
            }
            guard application == Self.applicationID, version == Self.schemaVersion else {
                throw LogError(.unusable, "\(path) is not of this release; use the release that made it")
            }
        } catch {
            throw .database(error, path)
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(LedgerLimits.busySeconds)
        configuration.prepareDatabase { database in
            try database.execute(
                sql: "PRAGMA synchronous = EXTRA; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0")
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// The mark of the log with this origin.
    func mark(of origin: String) throws(LogError) -> PublishedMark {
        do {
            let row = try queue.read { database in
                try Row.fetchOne(
                    database, sql: "SELECT size, root, position, chain FROM published WHERE origin = ?",
                    arguments: [origin])
            }
            guard let row else { throw LogError(.unusable, "\(path) is about another log than \(origin)") }
            guard let size = Int64.fromDatabaseValue(row[0]).flatMap({ UInt64(exactly: $0) }),
                let root = Data.fromDatabaseValue(row[1]).flatMap({ MerkleHash($0) }),
                let position = Int64.fromDatabaseValue(row[2]), let chain = Data.fromDatabaseValue(row[3])
            else { throw LogError(.damaged, "\(path) cannot be read; adopt the last checkpoint seen") }
            return PublishedMark(
                size: TreeSize(size), root: root, position: position, chain: Array(chain))
        } catch {
            throw .database(error, path)
        }
    }

    /// Moves the mark from `old` to `new`, durably; refused when it is not at `old`.
    func advance(origin: String, from old: PublishedMark, to new: PublishedMark) throws(LogError) {
        do {
            let isMoved = try queue.write { database in
                try database.execute(
                    sql: """
                        UPDATE published SET size = ?, root = ?, position = ?, chain = ?
                        WHERE origin = ? AND size = ? AND root = ? AND position = ?
                        """,
                    arguments: [
                        Int64(new.size.number), Data(new.root.bytes), new.position, Data(new.chain), origin,
                        Int64(old.size.number), Data(old.root.bytes), old.position,
                    ])
                return database.changesCount == 1
            }
            guard isMoved else {
                throw LogError(
                    .otherInstance,
                    "another process has published in the name of \(origin); stop one of the two, then start "
                        + "this one again")
            }
        } catch {
            throw .database(error, path)
        }
    }

    func close() { try? queue.close() }
}
