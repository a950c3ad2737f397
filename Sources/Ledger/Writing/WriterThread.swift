import Dispatch
import Foundation
import GRDB
import Synchronization

/// The thread that writes one record, and an executor for tasks that decide what is to be written.
///
/// A task that runs here reads the record and hands in its append without waking another thread for either;
/// waking one costs as much as writing the rows. It waits while this thread waits for the disk, and others
/// wait for it: such tasks look up a few rows and do nothing that takes long.
///
/// A turn runs all jobs that wait, then writes one group of what they and others handed in. So tasks that
/// were told their outcome together can hand in their next appends together.
final class WriterThread: TaskExecutor {
    private enum Phase {
        case running
        /// Takes what there is to its end.
        case ending
        /// Jobs that still come run elsewhere.
        case ended
    }

    private struct State {
        var phase = Phase.running
        var jobs: [UnownedJob] = []
        /// Whether appends may wait.
        var isWorkDue = false
        var isAsleep = false

        /// Whether the bell is to be rung.
        mutating func wake() -> Bool {
            defer { isAsleep = false }
            return isAsleep
        }
    }

    private enum Turn {
        case take
        case sleep
        case finish
    }

    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    /// The thread as the system knows it; 0 before it runs.
    private let identity = Atomic<UInt>(0)
    /// The connection that writes, which this thread has for itself as long as it runs. Nobody else looks
    /// here.
    nonisolated(unsafe) private var connection: Database?

    /// - Parameter work: writes one group of what waits; tells whether there was any.
    func start(with pool: DatabasePool, _ work: @escaping @Sendable (Database) -> Bool) {
        Thread {
            // Going through the pool's queue once a command would cost as much as one of its rows.
            pool.writeWithoutTransaction { database in
                self.connection = database
                self.run { work(database) }
                self.connection = nil
            }
            self.ended.signal()
        }.start()
    }

    /// The connection that writes, on this thread; nil elsewhere.
    var database: Database? { isCurrent ? connection : nil }

    /// Whether the caller runs on this thread.
    var isCurrent: Bool { identity.load(ordering: .relaxed) == UInt(pthread_self()) }

    /// Appends wait that were handed in from anywhere.
    func demandWork() {
        let isAsleep = state.withLock { state in
            state.isWorkDue = true
            return state.wake()
        }
        if isAsleep { bell.signal() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (isTaken, isAsleep) = state.withLock { state in
            if case .ended = state.phase { return (false, false) }
            state.jobs.append(job)
            return (true, state.wake())
        }
        if isAsleep { bell.signal() }
        if !isTaken {
            // Its record is closed: all that is left for the task is to hear so.
            DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    /// Takes what there is to its end, and returns when the connection is free. Not for this thread itself.
    func stop() {
        let isAsleep = state.withLock { state in
            if case .running = state.phase { state.phase = .ending }
            return state.wake()
        }
        if isAsleep { bell.signal() }
        ended.wait()
    }

    private func run(_ work: () -> Bool) {
        identity.store(UInt(pthread_self()), ordering: .relaxed)
        // As an operator sees it among the threads of the process.
        Thread.current.name = "ledger-writer"
        // Memory goes to and fro between those that wait and those that run.
        var jobs: [UnownedJob] = []
        while true {
            switch nextTurn(&jobs) {
            case .take:
                for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
                jobs.removeAll(keepingCapacity: true)
                if work() { state.withLock { $0.isWorkDue = true } }
            case .sleep:
                bell.wait()
            case .finish:
                // An append may have been handed in whose call for work did not arrive.
                if !work(), isAtEnd() { return }
            }
        }
    }

    /// `jobs` is empty, and gets those that wait.
    private func nextTurn(_ jobs: inout [UnownedJob]) -> Turn {
        state.withLock { state in
            if !state.jobs.isEmpty || state.isWorkDue {
                swap(&state.jobs, &jobs)
                state.isWorkDue = false
                return .take
            }
            if case .ending = state.phase { return .finish }
            state.isAsleep = true
            return .sleep
        }
    }

    private func isAtEnd() -> Bool {
        let isAtEnd = state.withLock { state in
            guard state.jobs.isEmpty else { return false }
            state.phase = .ended
            return true
        }
        // Another thread may get this one's identity.
        if isAtEnd { identity.store(0, ordering: .relaxed) }
        return isAtEnd
    }
}
