import GRDB

/// What every start looks at before a store is served.
enum StoreCheck {
    /// Refuses a store of another role or another time.
    static func mark(_ database: Database, _ expected: StoreMark, _ path: String) throws {
        let found = try database.storeMark(path)
        guard found.role == expected.role else {
            throw LedgerError(
                .otherRole,
                "\(path) is the record of role \(found.role), not of \(expected.role); check the data folder"
            )
        }
        guard found.timeKind == expected.timeKind else {
            throw LedgerError(
                .otherTime,
                "\(path) is a record in \(found.timeKind), this process runs in \(expected.timeKind); "
                    + "use another data folder")
        }
    }

    /// Looks for damage as far as a quick start allows. The audit looks at everything.
    static func damage(_ database: Database, _ mark: StoreMark, _ path: String) throws {
        if StorePath.byteCount(path) ?? 0 <= LedgerLimits.openCheckByteCountMax {
            let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
            guard verdict == "ok" else { throw damaged(path, verdict ?? "no answer to quick_check") }
        }
        let head = try database.head(mark)
        let first = max(1, head.position &- Int64(LedgerLimits.openCheckEventCountMax) &+ 1)
        guard var chain = try database.chain(at: first - 1, mark) else {
            throw damaged(path, "event \(first - 1) is missing")
        }
        let events = try Row.fetchCursor(
            database, sql: "SELECT \(StoredEvent.columns) FROM events WHERE position >= ? ORDER BY position",
            arguments: [first])
        while let row = try events.next() {
            let event = try StoredEvent(row: row)
            chain = EventChain.value(after: chain, at: event)
            guard chain == event.chain else {
                throw damaged(path, "event \(event.position) does not fit the chain")
            }
        }
    }

    private static func damaged(_ path: String, _ what: String) -> LedgerError {
        LedgerError(.damaged, "\(path) is damaged (\(what)); audit it and restore it from a backup")
    }
}
