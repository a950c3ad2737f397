package import GRDB

/// Questions to the record from inside a read snapshot, beside the projections it is looked up with.
package enum EventRows {
    /// The last version of a stream, 0 when it has no event.
    package static func version(of stream: String, in database: Database) throws -> Int64 {
        try database.streamVersion(stream)
    }

    /// The position of the last event, 0 when there is none.
    package static func lastPosition(in database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(position) FROM events") ?? 0
    }

    /// The answer that a request got when it was first recorded, or nil when it never was.
    package static func firstAnswer(
        requester: String, requestID: String, in database: Database
    ) throws -> FirstAnswer? {
        try database.firstAnswer(requester: requester, requestID: requestID)
    }

    /// All events of a stream in order, at most a page of them.
    package static func events(inStream stream: String, in database: Database) throws -> [StoredEvent] {
        let statement = try database.cachedStatement(
            sql: "SELECT \(StoredEvent.columns) FROM events WHERE stream = ? ORDER BY version LIMIT ?")
        let rows = try Row.fetchCursor(statement, arguments: [stream, LedgerLimits.pageEventCountMax])
        var events: [StoredEvent] = []
        while let row = try rows.next() { try events.append(StoredEvent(row: row)) }
        return events
    }
}
