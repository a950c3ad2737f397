import GRDB

/// A store opened by somebody who must not change anything, served or not.
///
/// The connection is read-only and never checkpoints. Beside a serving process it reads through the files
/// that the process has open. Otherwise the lock (when there is one) is shared, so that no service starts
/// meanwhile; and when nothing waits in a write-ahead log, the file is opened as immutable, because SQLite
/// would create the log's files even for reading.
struct ReadOnlyStore {
    let queue: DatabaseQueue
    let isLive: Bool
    private let lock: StoreLock?
    /// The shared-memory file that SQLite makes beside a log that was found without one.
    private let leftover: String?

    init(_ path: String) throws(LedgerError) {
        guard StorePath.byteCount(path) != nil else {
            throw LedgerError(.missing, "there is no store at \(path); check the data folder")
        }
        guard StorePath.isReadable(path) else { throw .noPermission(path) }
        guard try StoreFile.checkHeader(path) else { throw StoreFile.unfinished(path) }
        switch StoreLock.observe(path) {
        case .idle(let lock): (self.lock, isLive) = (lock, false)
        case .unlocked: (lock, isLive) = (nil, false)
        case .live: (lock, isLive) = (nil, true)
        }
        let hasLog = isLive || StorePath.byteCount(path + "-wal") ?? 0 > 0
        leftover = !isLive && hasLog && StorePath.byteCount(path + "-shm") == nil ? path + "-shm" : nil
        do {
            queue = try DatabaseQueue(
                path: hasLog ? path : try StorePath.address(path, "immutable=1"),
                configuration: StoreFile.configuration(readonly: true))
        } catch {
            throw LedgerError(error, while: "opening \(path)")
        }
    }

    func close() {
        try? queue.close()
        if let leftover { StorePath.remove(leftover) }
        withExtendedLifetime(lock) {}
    }
}
