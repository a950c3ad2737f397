import Dispatch
package import GRDB
package import Logging
import Synchronization

/// The record of one service: what happened, once and for all, and the tables that follow from it.
///
/// One SQLite file, held by one process. One connection writes and checkpoints; all others only read. Reads
/// are snapshots and never wait for the writer; an append is durable when it returns.
package final class Ledger: EventLog {
    package let path: String
    package let mark: StoreMark

    private let pool: DatabasePool
    private let sequencer: Sequencer
    private let news: News
    private let past: PastStores
    /// Released when the ledger is closed or gone, after the connections.
    private let lock: Mutex<StoreLock?>

    private init(
        path: String, mark: StoreMark, pool: DatabasePool, sequencer: Sequencer, news: News,
        past: PastStores, lock: StoreLock
    ) {
        self.path = path
        self.mark = mark
        self.pool = pool
        self.sequencer = sequencer
        self.news = news
        self.past = past
        self.lock = Mutex(lock)
    }

    deinit {
        close()
    }

    /// Opens the store at `path`, and takes it for this process until `close()`.
    ///
    /// With `create` a missing store is made; without, it is refused, so that a wrong path never begins an
    /// empty record. Projections made by another text of the projector are rebuilt first. Blocks while it
    /// checks.
    package static func open(
        at path: String, mark: StoreMark, projector: any Projector, create: Bool,
        logger: Logger = Logger(label: "ledger")
    ) throws(LedgerError) -> Ledger {
        let path = StorePath.absolute(path)
        let lock =
            create
            ? try StoreOpening.prepareOrCreate(path, mark: mark, projector: projector)
            : try StoreOpening.prepareExisting(path)
        let pool = try StoreFile.connect(path)
        do {
            let head = try pool.writeWithoutTransaction { database in
                try StoreOpening.check(database, path, mark: mark, projector: projector, logger: logger)
                return try database.head(mark)
            }
            let news = News(position: head.position)
            let sequencer = Sequencer(
                pool: pool, recorder: Recorder(projector: projector), mark: mark, news: news, logger: logger)
            return Ledger(
                path: path, mark: mark, pool: pool, sequencer: sequencer, news: news,
                past: PastStores(path: path, projector: projector), lock: lock)
        } catch {
            throw LedgerError(error, while: "opening \(path)")
        }
    }

    /// Whether a process holds the store, as far as can be seen without changing anything.
    package static func isServed(_ path: String) -> Bool {
        if case .live = StoreLock.observe(StorePath.absolute(path)) { return true }
        return false
    }

    /// The mark written at a store's creation, read without changing anything.
    package static func mark(of path: String) throws(LedgerError) -> StoreMark {
        let store = try ReadOnlyStore(StorePath.absolute(path))
        defer { store.close() }
        do {
            return try store.queue.read { try $0.storeMark(path) }
        } catch {
            throw LedgerError(error, while: "reading \(path)")
        }
    }

    /// Whether appends are taken: false after `close()` and after a failed commit.
    package var acceptsAppends: Bool { sequencer.stop == nil }

    /// The failure after which nothing more is written, or nil.
    package var failure: LedgerError? {
        guard let stop = sequencer.stop, stop.code == .fatal else { return nil }
        return stop
    }

    /// Records a request. Returns when the outcome is durable.
    ///
    /// Throws `.fatal` when a commit failed, and from then on for every append. After any other error nothing
    /// of this append was written.
    package func append(_ append: Append) async throws(LedgerError) -> AppendOutcome {
        try await sequencer.submit(append)
    }

    /// Writes rows of bulk tables ahead of the append that makes them count, in a durable transaction of
    /// their own: a load of millions then keeps nobody else waiting.
    ///
    /// What is staged must mean nothing until an event speaks of it, for a crash leaves it behind. `body`
    /// touches bulk tables only, keeps to some tens of milliseconds, and neither begins nor ends
    /// transactions. Throws `.fatal` when the commit failed; after any other error nothing of it was
    /// written.
    package func stage<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(LedgerError) -> Value {
        try await sequencer.stage(body)
    }

    /// Runs a command on the writer's thread, where its `read` and `append` wake no other thread.
    ///
    /// It must not take long between two waits: everybody's commands wait meanwhile. What goes through many
    /// rows runs elsewhere.
    package func atWriter<Value, Failure: Error>(
        _ command: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await withTaskExecutorPreference(sequencer.thread, operation: command)
    }

    /// Runs `body` on a snapshot of the store, read-only: on the writer's thread at once, elsewhere on a
    /// connection of its own.
    ///
    /// Throws what `body` throws, SQLite's errors as `LedgerError`. Keep it short: while it runs, the
    /// write-ahead log cannot be cut back.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            // Between two groups, and nobody else writes: what stands there is a snapshot.
            if let database = sequencer.thread.database {
                return try database.readOnly { try body(database) }
            }
            return try await pool.read(body)
        } catch let error as DatabaseError {
            if sequencer.stop?.code == .closed { throw LedgerError.closed(path) }
            throw LedgerError(error, while: "reading")
        }
    }

    /// Runs `body` on the store as it was at `moment`, in UTC microseconds since 1970: before the first event
    /// of a later moment.
    ///
    /// The first question about a moment waits until the events up to it are replayed. Throws as `read(_:)`
    /// does, and `.busy` when too many other moments are being replayed.
    package func read<Value: Sendable>(
        asOf moment: Int64, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await past.store(at: moment).queue.read(body)
        } catch let error as DatabaseError {
            throw LedgerError(error, while: "reading the past")
        }
    }

    /// Copies all pages as they are in one snapshot.
    func copyPages(to copy: DatabaseQueue) throws { try pool.backup(to: copy) }

    /// Returns when there is an event after `position`, at the latest after `bound`; at once when closed.
    package func waitForNews(after position: Int64, atMost bound: Duration) async {
        await news.wait(after: position, atMost: bound)
    }

    /// Writes what waits, moves the write-ahead log into the file and gives the store free. Blocks meanwhile;
    /// on the writer's own thread it returns at once, and the store is free soon afterwards.
    ///
    /// Nothing is lost without it: a store that was not closed is recovered when it is next opened.
    package func close() {
        sequencer.stop(with: .closed(path))
        let held = lock.withLock { lock in
            defer { lock = nil }
            return lock
        }
        guard let held else { return }
        let (sequencer, past, pool, news) = (sequencer, past, pool, news)
        let finish: @Sendable () -> Void = {
            sequencer.finish()
            past.close()
            pool.writeWithoutTransaction { database in
                _ = try? database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            pool.invalidateReadOnlyConnections()
            try? pool.close()
            news.close()
            withExtendedLifetime(held) {}
        }
        if sequencer.thread.isCurrent {
            DispatchQueue.global().async(execute: finish)
        } else {
            finish()
        }
    }
}

extension Ledger {
    package func head() async throws -> LedgerHead {
        let mark = mark
        return try await read { database in try database.head(mark) }
    }

    /// The chain value at a position, at 0 the origin; nil when there is no such event.
    package func chain(at position: Int64) async throws -> [UInt8]? {
        let mark = mark
        return try await read { database in try database.chain(at: position, mark) }
    }

    /// The position of the last event, 0 when there is none.
    package func lastPosition() async throws -> Int64 { try await head().position }

    /// Events after `position` in order, at most `limit`, fewer when they are large.
    package func events(after position: Int64, limit: Int) async throws -> [StoredEvent] {
        try await read { database in try database.events(after: position, limit: limit) }
    }

    /// The last version of a stream, 0 when it has no event.
    package func version(of stream: String) async throws -> Int64 {
        try await read { database in try database.streamVersion(stream) }
    }

    /// How far the feed of `source` was followed, 0 when never.
    package func cursor(_ source: String) async throws -> Int64 {
        try await read { database in try database.feedCursor(source) }
    }
}
