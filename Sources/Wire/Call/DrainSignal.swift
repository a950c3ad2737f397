import Synchronization

/// Tells handlers that their server is ending, so that those who would watch for ever can stop in good order.
public final class DrainSignal: Sendable {
    private struct State {
        var isDraining = false
        var next = 0
        var waiting: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    public var isDraining: Bool { state.withLock { $0.isDraining } }

    package func begin() {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            state.isDraining = true
            return state.waiting.values
        }
        for action in waiting { action() }
    }

    /// Does the action when draining begins, at once if it has. Returns a number to `forget` it by.
    package func whenBegun(_ action: @escaping @Sendable () -> Void) -> Int? {
        let number = state.withLock { state -> Int? in
            guard !state.isDraining else { return nil }
            state.next += 1
            state.waiting[state.next] = action
            return state.next
        }
        if number == nil { action() }
        return number
    }

    package func forget(_ number: Int) { state.withLock { _ = $0.waiting.removeValue(forKey: number) } }
}

extension CallContext {
    /// Runs what has no end of its own, until the call is over or the server drains. In the latter case the
    /// body is cancelled, and the caller gets UNAVAILABLE and finds another process, or this one again.
    public func watching(
        _ body: @escaping @Sendable () async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) {
        let watch = Task { () async -> RPCStatus? in
            do throws(RPCStatus) {
                try await body()
                return nil
            } catch {
                return error
            }
        }
        let number = drain.whenBegun { watch.cancel() }
        let failure = await withTaskCancellationHandler {
            await watch.value
        } onCancel: {
            watch.cancel()
        }
        if let number { drain.forget(number) }
        if drain.isDraining { throw .shuttingDown }
        if let failure { throw failure }
    }
}
