import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// Recomputes the chain of a store's events, on a thread and a connection of its own, while they are
/// replayed.
///
/// Hashing goes over the bytes of the columns as they lie there; nothing of it is shared with the replay, so
/// no memory changes processors.
final class ChainRecount: Sendable {
    private let isStopped = Atomic<Bool>(false)
    private let failure = Mutex<LedgerError?>(nil)
    private let end = DispatchGroup()

    /// Begins with the store at `path` as it is now.
    init(of path: String, mark: StoreMark) {
        DispatchQueue.global().async(group: end) { [self] in
            do {
                let queue = try DatabaseQueue(
                    path: path, configuration: StoreFile.configuration(readonly: true))
                try queue.read { try run($0, after: EventChain.origin(of: mark)) }
                try queue.close()
            } catch {
                failure.withLock { $0 = LedgerError(error, while: "recomputing the chain of \(path)") }
            }
        }
    }

    /// Throws what was found so far.
    func check() throws(LedgerError) {
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// Throws when an event does not fit; waits for the last one.
    func finish() throws(LedgerError) {
        end.wait()
        try check()
    }

    /// Gives up what is left to do. Nothing reads the store any more afterwards.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        end.wait()
    }

    private func run(_ database: Database, after origin: [UInt8]) throws {
        let statement = try database.makeStatement(
            sql: "SELECT \(StoredEvent.columns) FROM events ORDER BY position")
        try withExtendedLifetime(statement) {
            let row = statement.sqliteStatement
            var encoding = CanonicalEncoding()
            var chain = origin
            while !isStopped.load(ordering: .relaxed) {
                switch sqlite3_step(row) {
                case SQLITE_ROW:
                    chain = encoding.chainValue(after: chain, at: row)
                    guard StoreStatement.bytes(row, 9).elementsEqual(chain) else {
                        throw LedgerError(
                            .damaged,
                            "event \(sqlite3_column_int64(row, 0)) does not fit the chain; restore the store "
                                + "from a backup")
                    }
                case SQLITE_DONE:
                    return
                case let code:
                    throw DatabaseError(resultCode: ResultCode(rawValue: code))
                }
            }
        }
    }
}

extension CanonicalEncoding {
    /// What `EventChain.value` gives, from a row of `StoredEvent.columns`, which stand in the chain's order.
    fileprivate mutating func chainValue(after previous: [UInt8], at row: SQLiteStatement) -> [UInt8] {
        restart()
        append(raw: previous)
        for column in Int32(0)...8 {
            switch column {
            case 0, 2, 4: append(number: sqlite3_column_int64(row, column))
            default: append(StoreStatement.bytes(row, column), .bytes)
            }
        }
        return digest()
    }
}
