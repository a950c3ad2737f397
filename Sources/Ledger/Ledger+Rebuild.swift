import GRDB

extension Ledger {
    /// Drops the projections of a store and makes them anew from its events, in one transaction: afterwards
    /// the store has the new ones or still the old ones. Needs the store for itself.
    ///
    /// `role` must be the store's own, so that no store is filled by another service's projector. Events and
    /// bulk rows are not touched. Returns the number of events.
    @discardableResult
    package static func rebuild(
        at path: String, role: String, projector: any Projector,
        progress: @escaping @Sendable (LedgerProgress) -> Void = { _ in }
    ) throws(LedgerError) -> Int64 {
        let path = StorePath.absolute(path)
        let lock = try StoreOpening.prepareExisting(path)
        defer { withExtendedLifetime(lock) {} }
        let pool = try StoreFile.connect(path)
        do {
            let count = try pool.writeWithoutTransaction { database in
                try StoreFile.checkIdentity(database, path)
                let mark = try database.storeMark(path)
                try StoreCheck.mark(database, StoreMark(role: role, timeKind: mark.timeKind), path)
                try StoreOpening.checkBulk(database, path, projector)
                try database.inTransaction(.immediate) {
                    try ProjectionTables.rebuild(database, path, projector, mark: mark, progress: progress)
                    return .commit
                }
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                return try database.head(mark).position
            }
            try pool.close()
            return count
        } catch {
            throw LedgerError(error, while: "rebuilding \(path)")
        }
    }
}
