import Foundation
import GRDB
import GRDBSQLite

/// Questions to the record's own tables, on any connection.
extension Database {
    func head(_ mark: StoreMark) throws -> LedgerHead {
        let statement = try cachedStatement(
            sql: "SELECT position, chain FROM events ORDER BY position DESC LIMIT 1")
        guard let row = try Row.fetchOne(statement) else {
            return LedgerHead(position: 0, chain: EventChain.origin(of: mark))
        }
        return LedgerHead(position: try row.stored(0), chain: Array(try row.stored(1) as Data))
    }

    /// The chain value at a position, at 0 the origin; nil when there is no such event.
    func chain(at position: Int64, _ mark: StoreMark) throws -> [UInt8]? {
        if position == 0 { return EventChain.origin(of: mark) }
        let statement = try cachedStatement(sql: "SELECT chain FROM events WHERE position = ?")
        return try Data.fetchOne(statement, arguments: [position]).map { Array($0) }
    }

    /// The last version of a stream, 0 when it has no event.
    func streamVersion(_ stream: String) throws -> Int64 {
        let statement = try StoreStatement(self, "SELECT max(version) FROM events WHERE stream = ?")
        try statement.bind([.text(stream)])
        return try statement.first { sqlite3_column_int64($0, 0) } ?? 0
    }

    func firstAnswer(requester: String, requestID: String) throws -> FirstAnswer? {
        let statement = try StoreStatement(
            self, "SELECT digest, answer FROM requests WHERE requester = ? AND request_id = ?")
        try statement.bind([.text(requester), .text(requestID)])
        return try statement.first { row in
            FirstAnswer(digest: try StoreStatement.blob(row, 0), answer: try StoreStatement.blob(row, 1))
        }
    }

    /// How far another service's feed was followed, 0 when never.
    func feedCursor(_ source: String) throws -> Int64 {
        let statement = try cachedStatement(sql: "SELECT position FROM cursors WHERE source = ?")
        return try Int64.fetchOne(statement, arguments: [source]) ?? 0
    }

    func events(after position: Int64, limit: Int) throws -> [StoredEvent] {
        let statement = try cachedStatement(
            sql: "SELECT \(StoredEvent.columns) FROM events WHERE position > ? ORDER BY position LIMIT ?")
        let bounded = min(max(limit, 0), LedgerLimits.pageEventCountMax)
        let rows = try Row.fetchCursor(statement, arguments: [position, bounded])
        var events: [StoredEvent] = []
        var byteCount = 0
        while let row = try rows.next() {
            let event = try StoredEvent(row: row)
            byteCount += event.payload.count
            if byteCount > LedgerLimits.pageByteCountMax, !events.isEmpty { break }
            events.append(event)
        }
        return events
    }
}
