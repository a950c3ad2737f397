import Foundation
import GRDB

/// A store as it was: projections made from the events up to a position, in a temporary file of SQLite's own.
///
/// The served file is attached for reading. Views show its events up to the position and its bulk rows, which
/// are never changed and are looked up by what the projections say. Personal data are those of now: what was
/// erased since is gone from the past as well.
struct PastStore {
    let queue: DatabaseQueue
    private let moment: Int64
    /// The last event it is made from.
    private let position: Int64

    /// Blocks while it replays. `isWanted` is asked once a page; false gives it up.
    static func make(
        of path: String, at moment: Int64, projector: any Projector, isWanted: () -> Bool
    ) throws -> PastStore {
        let queue = try DatabaseQueue(path: "", configuration: StoreFile.configuration(readonly: false))
        let position = try queue.writeWithoutTransaction { database in
            // Thrown away whole when it fails, so nothing needs taking back.
            try database.execute(sql: "PRAGMA main.journal_mode = OFF")
            try database.execute(
                sql: "ATTACH DATABASE ? AS live", arguments: [try StorePath.address(path, "mode=ro")])
            let position = try lastPosition(at: moment, database)
            try createViews(upTo: position, projector, database)
            try database.execute(sql: projector.schema)
            return position
        }
        var done: Int64 = 0
        while done < position {
            guard isWanted() else { throw LedgerError.closed(path) }
            // A transaction a page, so that the write-ahead log can be cut meanwhile.
            done = try queue.write { database in
                let events = try database.events(after: done, limit: LedgerLimits.pageEventCountMax)
                for event in events { try projector.apply(event, database) }
                return events.last?.position ?? position
            }
        }
        return PastStore(queue: queue, moment: moment, position: position)
    }

    /// Whether no event of that moment or an earlier one came since. One may, for a moment that is not long
    /// past: commands wait between learning the time and being recorded.
    func isWhole() async throws -> Bool {
        let (moment, position) = (moment, position)
        return try await queue.read { database in
            let next = try Int64.fetchOne(
                database, sql: "SELECT moment_utc_us FROM live.events WHERE position = ?",
                arguments: [position + 1])
            return next.map { $0 > moment } ?? true
        }
    }

    /// The last event before the first one that is later than the moment.
    private static func lastPosition(at moment: Int64, _ database: Database) throws -> Int64 {
        let next = try Int64.fetchOne(
            database,
            sql: """
                SELECT position FROM live.events NOT INDEXED WHERE moment_utc_us > ? ORDER BY position LIMIT 1
                """, arguments: [moment])
        if let next { return next - 1 }
        return try Int64.fetchOne(database, sql: "SELECT max(position) FROM live.events") ?? 0
    }

    private static func createViews(
        upTo position: Int64, _ projector: any Projector, _ database: Database
    ) throws {
        try database.execute(
            sql: """
                CREATE TEMP VIEW events AS SELECT * FROM live.events WHERE position <= \(position);
                CREATE TEMP VIEW personal AS SELECT * FROM live.personal;
                """)
        for table in projector.bulkTables.map(\.quotedDatabaseIdentifier) {
            try database.execute(sql: "CREATE TEMP VIEW \(table) AS SELECT * FROM live.\(table)")
        }
    }
}
