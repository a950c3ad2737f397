import Foundation
import GRDB

extension AuditPass {
    /// Requests in their order account for all events, and each is as it was sealed.
    mutating func checkRequests() throws {
        let total = try Int64.fetchOne(live, sql: "SELECT max(number) FROM requests") ?? 0
        var position: Int64 = 0
        let rows = try Row.fetchCursor(
            live,
            sql: "SELECT \(RecordedRequest.columns), seal, number FROM requests NOT INDEXED ORDER BY number")
        while let row = try rows.next() {
            let request = try RecordedRequest(row: row)
            let number: Int64 = try row.stored(9)
            let place = "requests \(number)"
            report.requestCount += 1
            if number != report.requestCount { report.report(place, "is not the next request") }
            if request.seal() != Array(try row.stored(8) as Data) {
                report.report(place, "does not fit its seal: the request or its answer was changed")
            }
            if request.lastPosition != position &+ request.eventCount {
                report.report(place, "does not account for the events after \(position)")
            }
            position = request.lastPosition
            if number % LedgerLimits.progressStep == 0 {
                progress(LedgerProgress(stage: .requests, done: number, total: total))
            }
        }
        if let head = report.head, head.position != position {
            report.report("requests", "account for events up to \(position), but there are \(head.position)")
        }
        try checkRequestIDs()
        progress(LedgerProgress(stage: .requests, done: total, total: total))
    }

    /// Each event carries the id of the request that accounts for it.
    private mutating func checkRequestIDs() throws {
        let strays = try Row.fetchCursor(
            live,
            sql: """
                SELECT number FROM requests JOIN events
                    ON position BETWEEN last_position - event_count + 1 AND last_position
                WHERE events.request_id <> requests.request_id
                """)
        while let row = try strays.next() {
            let number: Int64 = try row.stored(0)
            report.report("requests \(number)", "accounts for an event of another request")
        }
    }

    /// Cursors are the last moves that requests made.
    mutating func checkCursors() throws {
        let expected = try cursors(
            """
            SELECT cursor_source, cursor_position FROM requests
            WHERE cursor_source <> '' ORDER BY number
            """)
        let found = try cursors("SELECT source, position FROM cursors")
        for source in Set(expected.keys).union(found.keys).sorted() where expected[source] != found[source] {
            report.report("cursors \(source)", "is not where the requests moved it")
        }
    }

    private func cursors(_ sql: String) throws -> [String: Int64] {
        var positions: [String: Int64] = [:]
        let rows = try Row.fetchCursor(live, sql: sql)
        while let row = try rows.next() { positions[try row.stored(0)] = try row.stored(1) }
        return positions
    }
}
