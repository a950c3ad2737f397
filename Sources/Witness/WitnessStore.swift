import Foundation
import GRDB
import Transparency

/// What a witness saw last of each log. A request is judged and its outcome stored in one transaction,
/// durably before the signature goes out, so two requests at once cannot both build on the same checkpoint.
package struct WitnessStore: Sendable {
    private static let applicationID = 0x4657_4954  // "FWIT"

    private let queue: DatabaseQueue

    /// Opens the store, or makes it where there is none.
    package init(_ path: String) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(
                sql: "PRAGMA synchronous = EXTRA; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { database in
            let found = try Int.fetchOne(database, sql: "PRAGMA application_id")
            if found == Self.applicationID { return }
            guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 else {
                throw WitnessStoreForeign(path: path)
            }
            try database.execute(
                sql: """
                    CREATE TABLE seen (
                        origin TEXT PRIMARY KEY, size INTEGER NOT NULL CHECK (size >= 0),
                        root BLOB NOT NULL CHECK (length(root) = 32), note BLOB NOT NULL
                    ) STRICT;
                    -- A log only grows.
                    CREATE TRIGGER seen_grows BEFORE UPDATE ON seen WHEN new.size < old.size
                    BEGIN SELECT RAISE(ABORT, 'the log was seen larger'); END;
                    CREATE TRIGGER seen_stays BEFORE DELETE ON seen
                    BEGIN SELECT RAISE(ABORT, 'the log was seen'); END;
                    PRAGMA application_id = \(Self.applicationID);
                    """)
        }
    }

    /// Judges a request after what was seen of its log, and stores what is seen from now on, with the signed
    /// checkpoint. Throws `WitnessRefusal` when the witness may not sign; nothing is stored then.
    func admit(
        _ request: WitnessRequest, by witness: Witness,
        sign: @escaping @Sendable (SignedNote, NoteKeyName) throws -> SignedNote
    ) async throws -> SignedNote {
        let origin = try witness.checkpoint(of: request).origin
        return try await queue.write { database in
            let seen = try Self.seen(origin.text, database)
            let next = try witness.judge(request, after: seen)
            let note = try sign(request.note, origin)
            try database.execute(
                sql: """
                    INSERT INTO seen (origin, size, root, note) VALUES (?, ?, ?, ?)
                    ON CONFLICT (origin) DO UPDATE
                    SET size = excluded.size, root = excluded.root, note = excluded.note
                    """,
                arguments: [
                    origin.text, Int64(next.size.number), Data(next.root.bytes), Data(note.encoded),
                ])
            return note
        }
    }

    /// The last checkpoint that was signed for the log whose origin has this SHA-256; nil when there is none.
    func note(whereOrigin isWanted: @escaping @Sendable (String) -> Bool) async throws -> [UInt8]? {
        try await queue.read { database in
            let origins = try String.fetchAll(database, sql: "SELECT origin FROM seen")
            guard let origin = origins.first(where: isWanted) else { return nil }
            return try Data.fetchOne(
                database, sql: "SELECT note FROM seen WHERE origin = ?", arguments: [origin]
            ).map { Array($0) }
        }
    }

    private static func seen(_ origin: String, _ database: Database) throws -> Witness.Seen {
        let row = try Row.fetchOne(
            database, sql: "SELECT size, root FROM seen WHERE origin = ?", arguments: [origin])
        guard let row, let root = MerkleHash(row["root"] as Data) else { return .nothing }
        return Witness.Seen(size: TreeSize(UInt64(row["size"] as Int64)), root: root)
    }
}

/// The file is no witness's store.
package struct WitnessStoreForeign: Error, CustomStringConvertible {
    let path: String

    package var description: String {
        "\(path) is no store of a witness; give the path of one, or of a new file"
    }
}
