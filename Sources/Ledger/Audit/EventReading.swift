import GRDB

/// Reads a record's events without its ledger, served or not, as an audit does.
package enum EventReading {
    /// Visits every event in order, in one snapshot, up to where the record ends.
    package static func run(
        path: String, visit: @escaping (StoredEvent) throws -> Void
    ) throws(LedgerError) {
        let store = try ReadOnlyStore(StorePath.absolute(path))
        defer { store.close() }
        do {
            try store.queue.read { database in
                var position: Int64 = 0
                while true {
                    let events = try database.events(after: position, limit: LedgerLimits.pageEventCountMax)
                    guard let last = events.last else { return }
                    for event in events { try visit(event) }
                    position = last.position
                }
            }
        } catch {
            throw LedgerError(error, while: "reading \(path)")
        }
    }
}
