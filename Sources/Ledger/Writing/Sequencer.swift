import GRDB
import Logging
import Synchronization

/// The one writer: gathers waiting appends, writes them in one transaction, then tells each its outcome.
///
/// Life of an append; `Durability.md` says what a crash after each step means.
/// 1. It waits in the queue.
/// 2. The writer's thread takes a group and begins a transaction.
/// 3. Each append is written in a savepoint of its own, so that a failure takes back only its own rows; one
///    that is alone needs none.
/// 4. COMMIT writes the group to the write-ahead log and waits for fsync.
/// 5. Waiters for news are woken.
/// 6. Every append of the group learns its outcome.
final class Sequencer: Sendable {
    /// A class, as an append is too large to be moved from list to list.
    private final class Waiting: Sendable {
        let append: Append
        /// Of its payloads.
        let byteCount: Int
        let continuation: UnsafeContinuation<Result<AppendOutcome, LedgerError>, Never>

        init(
            _ append: Append, _ continuation: UnsafeContinuation<Result<AppendOutcome, LedgerError>, Never>
        ) {
            self.append = append
            byteCount = append.payloadByteCount
            self.continuation = continuation
        }
    }

    /// Leaves to: `.stopped` when a commit fails or the ledger is closed; never back.
    private enum Condition {
        case open
        case stopped(LedgerError)
    }

    private struct State {
        var condition = Condition.open
        var waiting: [Waiting] = []
        var waitingByteCount = 0
        /// Bulk rows to be written between two groups.
        var stages: [@Sendable (Database) -> Void] = []
        /// Whether personal data were erased that the write-ahead log may still have.
        var isCutDue = false
    }

    /// SQLite blocks this thread and none of the cooperative pool.
    let thread = WriterThread()
    private let state = Mutex(State())
    /// Where the record ended with the last commit; nil when that is to be read from the store. Used by the
    /// writer alone, which nobody writes beside.
    private let end = Mutex<LedgerHead?>(nil)
    private let recorder: Recorder
    private let mark: StoreMark
    private let news: News
    private let logger: Logger

    init(pool: DatabasePool, recorder: Recorder, mark: StoreMark, news: News, logger: Logger) {
        self.recorder = recorder
        self.mark = mark
        self.news = news
        self.logger = logger
        thread.start(with: pool) { database in self.writeNext(database) }
    }

    /// Why nothing is accepted any more, or nil.
    var stop: LedgerError? {
        state.withLock { state in
            switch state.condition {
            case .open: nil
            case .stopped(let error): error
            }
        }
    }

    /// Accepts nothing from now on; what waits already is still written.
    func stop(with error: LedgerError) {
        state.withLock { state in
            switch state.condition {
            case .open: state.condition = .stopped(error)
            case .stopped: break
            }
        }
    }

    /// Writes what waits and ends the writer's thread, after `stop(with:)`.
    func finish() { thread.stop() }

    /// Waits until the append is durable or refused. Cancelling the task does not take the append back.
    func submit(_ append: Append) async throws(LedgerError) -> AppendOutcome {
        try append.checkBounds()
        // Resumed once for each that was queued, whatever becomes of its group: see `write`.
        let result = await withUnsafeContinuation { continuation in
            enqueue(Waiting(append, continuation))
        }
        return try result.get()
    }

    /// Writes bulk rows that no event speaks of yet, in a transaction of their own, between two groups.
    func stage<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(LedgerError) -> Value {
        let result = await withCheckedContinuation { continuation in
            let refusal: LedgerError? = state.withLock { state in
                if case .stopped(let error) = state.condition { return error }
                state.stages.append { database in
                    continuation.resume(
                        returning: Result { () throws(LedgerError) in try self.stageNow(body, database) })
                }
                return nil
            }
            if let refusal {
                continuation.resume(returning: .failure(refusal))
            } else {
                thread.demandWork()
            }
        }
        return try result.get()
    }

    private func stageNow<Value>(
        _ body: (Database) throws -> Value, _ database: Database
    ) throws(LedgerError) -> Value {
        if let stop { throw stop }
        let value: Value
        do {
            try database.cachedStatement(sql: "BEGIN IMMEDIATE TRANSACTION").execute()
            value = try body(database)
        } catch {
            if database.isInsideTransaction { try? database.rollback() }
            throw LedgerError(error, while: "writing bulk rows")
        }
        do {
            try database.cachedStatement(sql: "COMMIT TRANSACTION").execute()
        } catch {
            if database.isInsideTransaction { try? database.rollback() }
            let failure = Self.commitFailure(error)
            if failure.code == .fatal {
                stop(with: failure)
                logger.critical("the record stops taking writes", metadata: ["error": "\(failure)"])
            }
            throw failure
        }
        return value
    }

    private func enqueue(_ waiting: Waiting) {
        let refusal: LedgerError? = state.withLock { state in
            if case .stopped(let error) = state.condition { return error }
            let isFull =
                state.waiting.count >= LedgerLimits.waitingCountMax
                || state.waitingByteCount + waiting.byteCount > LedgerLimits.waitingByteCountMax
            if isFull {
                return LedgerError(
                    .busy, "too many commands wait for the record; send the request again later")
            }
            state.waiting.append(waiting)
            state.waitingByteCount += waiting.byteCount
            return nil
        }
        if let refusal {
            waiting.continuation.resume(returning: .failure(refusal))
        } else if !thread.isCurrent {
            // On the writer's thread this turn goes on to write.
            thread.demandWork()
        }
    }

    /// Writes the bulk rows that wait longest and the next group; tells whether there was either.
    private func writeNext(_ database: Database) -> Bool {
        let stage = state.withLock { $0.stages.isEmpty ? nil : $0.stages.removeFirst() }
        stage?(database)
        guard let group = nextGroup() else { return stage != nil }
        write(group, database)
        return true
    }

    /// The appends of the next commit, or nil when none waits. One with bulk rows is a group of its own: it
    /// is large, and when the disk is full it fails alone.
    private func nextGroup() -> [Waiting]? {
        state.withLock { state in
            guard let first = state.waiting.first else { return nil }
            var count = 1
            var byteCount = first.byteCount
            if first.append.bulk == nil {
                while count < min(state.waiting.count, LedgerLimits.groupCountMax) {
                    let next = state.waiting[count]
                    if next.append.bulk != nil || byteCount + next.byteCount > LedgerLimits.groupByteCountMax
                    {
                        break
                    }
                    byteCount += next.byteCount
                    count += 1
                }
            }
            let group = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(count)
            state.waitingByteCount -= byteCount
            return group
        }
    }

    private func write(_ group: [Waiting], _ database: Database) {
        let results: [Result<AppendOutcome, LedgerError>]
        if let stop, stop.code == .fatal {
            results = group.map { _ in .failure(stop) }
        } else {
            do throws(LedgerError) {
                results = try commit(group, database)
            } catch {
                if error.code == .fatal {
                    stop(with: error)
                    logger.critical("the record stops taking writes", metadata: ["error": "\(error)"])
                }
                results = group.map { _ in .failure(error) }
            }
        }
        for (waiting, result) in zip(group, results) { waiting.continuation.resume(returning: result) }
    }

    /// Writes a group in one transaction. A throw means that nothing of it was written, or with `.fatal` that
    /// nobody knows before the next start.
    private func commit(
        _ group: [Waiting], _ database: Database
    ) throws(LedgerError) -> [Result<AppendOutcome, LedgerError>] {
        var results: [Result<AppendOutcome, LedgerError>] = []
        var head: LedgerHead
        do {
            // Statements that are kept: parsing these two would cost as much as inserting a row.
            try StoreStatement(database, "BEGIN IMMEDIATE TRANSACTION").run()
            head = try end.withLock { $0.take() } ?? database.head(mark)
            // A foreign closure stays in its savepoint, which tells when it ends the transaction.
            let isAlone = group.count == 1 && group[0].append.bulk == nil
            for waiting in group {
                results.append(attempt(waiting.append, isAlone: isAlone, &head, database))
                // SQLite takes back the whole transaction for some failures, such as a full disk.
                guard database.isInsideTransaction else { throw lost(results.last) }
            }
            if isAlone, case .failure? = results.first {
                try database.rollback()
                return results
            }
        } catch {
            if database.isInsideTransaction { try? database.rollback() }
            throw LedgerError(error, while: "writing a group of requests")
        }
        do {
            try StoreStatement(database, "COMMIT TRANSACTION").run()
        } catch {
            if database.isInsideTransaction { try? database.rollback() }
            throw Self.commitFailure(error)
        }
        end.withLock { $0 = head }
        news.announce(head.position)
        if group.contains(where: { $0.append.erasesPersonalData }) { state.withLock { $0.isCutDue = true } }
        cutLogIfDue(database)
        return results
    }

    /// Erased rows are overwritten in the file, but older pages of the write-ahead log still have them until
    /// it is cut to nothing. A reader in the middle of a snapshot prevents that; then the next group tries.
    private func cutLogIfDue(_ database: Database) {
        guard state.withLock({ $0.isCutDue }) else { return }
        let row = try? Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        let isCut = row.map { $0[0] == 0 } ?? false
        if isCut { state.withLock { $0.isCutDue = false } }
    }

    private func attempt(
        _ append: Append, isAlone: Bool, _ head: inout LedgerHead, _ database: Database
    ) -> Result<AppendOutcome, LedgerError> {
        do {
            if isAlone {
                let (outcome, newHead) = try recorder.record(append, after: head, database)
                head = newHead
                return .success(outcome)
            }
            var outcome: AppendOutcome?
            var newHead = head
            try database.inSavepoint {
                (outcome, newHead) = try recorder.record(append, after: head, database)
                return .commit
            }
            guard let outcome else { return .failure(LedgerError(.store, "an append had no outcome")) }
            head = newHead
            return .success(outcome)
        } catch {
            return .failure(LedgerError(error, while: "recording a request"))
        }
    }

    private func lost(_ result: Result<AppendOutcome, LedgerError>?) -> LedgerError {
        if case .failure(let error) = result { return error }
        return LedgerError(.store, "the transaction was ended from inside")
    }

    /// A full disk means that a write before the fsync failed: the commit mark is not in the log, and the
    /// next commit overwrites what is. A deferred foreign key is checked before anything is written. After
    /// any other failure, above all of fsync, the kernel may call pages clean that it dropped, so nothing
    /// can be said.
    private static func commitFailure(_ error: any Error) -> LedgerError {
        let cause = LedgerError(error, while: "committing")
        let code = (error as? DatabaseError)?.extendedResultCode
        if code == .SQLITE_FULL || code == .SQLITE_CONSTRAINT_FOREIGNKEY { return cause }
        return LedgerError(
            .fatal,
            "a commit failed (\(cause.message)); whether it lasts is known after the next start: stop the "
                + "process, check the disk, start again")
    }
}
