import Synchronization

/// Wakes those who wait for events after a position.
final class News: Sendable {
    private struct Waiter {
        let after: Int64
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        /// Last position known to be committed.
        var position: Int64
        var isClosed = false
        var nextID: UInt64 = 0
        var waiters: [UInt64: Waiter] = [:]
    }

    private let state: Mutex<State>

    init(position: Int64) {
        state = Mutex(State(position: position))
    }

    /// Called after each commit.
    func announce(_ position: Int64) {
        let woken: [Waiter] = state.withLock { state in
            state.position = max(state.position, position)
            if state.waiters.isEmpty { return [] }
            let due = state.waiters.filter { $0.value.after < state.position }
            for id in due.keys { state.waiters[id] = nil }
            return Array(due.values)
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    /// Wakes everybody, and nobody waits any more.
    func close() {
        let woken = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    /// Returns when there is an event after `after`, or after `bound`, or when the task is cancelled.
    func wait(after: Int64, atMost bound: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(after: after) }
            group.addTask { try? await Task.sleep(for: bound) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(after: Int64) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The handler below runs after the task was marked cancelled. So either the mark is seen
                // here, or the handler comes later and finds the waiter.
                let isDone = state.withLock { state in
                    if state.isClosed || state.position > after || Task.isCancelled { return true }
                    state.waiters[id] = Waiter(after: after, continuation: continuation)
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume()
        }
    }
}
