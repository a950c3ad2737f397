import GRDB
import Logging

/// The steps between a path and a store that may be served. `open` and `rebuild` take the same ones.
enum StoreOpening {
    /// Everything before SQLite opens a store that should be there: presence, permissions, header, lock.
    static func prepareExisting(_ path: String) throws(LedgerError) -> StoreLock {
        guard StorePath.byteCount(path) != nil else {
            throw LedgerError(
                .missing, "there is no store at \(path); check the data folder, or create the store first")
        }
        let lock = try take(path)
        guard try StoreFile.checkHeader(path) else { throw StoreFile.unfinished(path) }
        return lock
    }

    /// The same for a store that may have to be made; afterwards it is there.
    static func prepareOrCreate(
        _ path: String, mark: StoreMark, projector: any Projector
    ) throws(LedgerError) -> StoreLock {
        let lock = try take(path)
        if StorePath.byteCount(path) == nil { try StorePath.createFile(path) }
        if try StoreFile.checkHeader(path) { return lock }
        try StoreFile.create(path, mark: mark, projector: projector)
        return lock
    }

    private static func take(_ path: String) throws(LedgerError) -> StoreLock {
        let folder = StorePath.folder(of: path)
        guard StorePath.byteCount(folder) != nil else {
            throw LedgerError(.missing, "there is no folder \(folder); create it first")
        }
        guard StorePath.isWritableFolder(folder) else { throw .noPermission(folder) }
        if StorePath.byteCount(path) != nil {
            guard StorePath.isWritable(path) else { throw .noPermission(path) }
            // Before the lock, so that nothing is left beside a stranger's file; again under it.
            _ = try StoreFile.checkHeader(path)
        }
        return try StoreLock.exclusive(path)
    }

    /// Everything before an open store is served: identity, mark, damage, projections.
    static func check(
        _ database: Database, _ path: String, mark: StoreMark, projector: any Projector, logger: Logger
    ) throws {
        try StoreFile.checkIdentity(database, path)
        try StoreCheck.mark(database, mark, path)
        try StoreCheck.damage(database, mark, path)
        try checkBulk(database, path, projector)
        if try ProjectionTables.areCurrent(database, projector) { return }
        logger.notice("projections were made by another release; rebuilding", metadata: ["store": "\(path)"])
        try database.inTransaction(.immediate) {
            try ProjectionTables.rebuild(database, path, projector, mark: mark) { _ in }
            return .commit
        }
    }

    static func checkBulk(_ database: Database, _ path: String, _ projector: any Projector) throws {
        guard try ProjectionTables.isBulkCurrent(database, projector) else {
            throw LedgerError(
                .otherSchema,
                "the bulk tables of \(path) are not those of this release; use the release that made them")
        }
    }
}
