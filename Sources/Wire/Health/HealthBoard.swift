import Synchronization

/// Where a process writes whether its services take calls, and where callers read and watch it.
public final class HealthBoard: Sendable {
    private struct Watcher {
        let service: String
        let continuation: AsyncStream<ServingStatus>.Continuation
    }

    private struct State {
        var table: HealthTable
        var watchers: [Int: Watcher] = [:]
        var watcherCount = 0
    }

    private let watcherCountMax: Int
    private let state: Mutex<State>

    public init(
        services: [String], status: ServingStatus = .serving, limits: WireLimits = WireLimits()
    ) {
        watcherCountMax = limits.healthWatcherCountMax
        state = Mutex(State(table: HealthTable(services: services, status: status)))
    }

    deinit { for watcher in state.withLock({ $0.watchers }).values { watcher.continuation.finish() } }

    /// Nil for a service that is not known here, which Check answers with NOT_FOUND.
    public func status(of service: String) -> ServingStatus? {
        state.withLock { $0.table.status(of: service) }
    }

    public func set(_ status: ServingStatus, of service: String) { change { $0.set(status, of: service) } }
    public func setAll(_ status: ServingStatus) { change { $0.setAll(status) } }
    /// From here on everything is NOT_SERVING, whatever is set.
    public func drain() { change { $0.drain() } }

    /// The status now and then each change; a slow reader gets the newest only. For a service that is not
    /// known it begins with SERVICE_UNKNOWN and goes on when it becomes known, as grpc.health.v1 wants.
    ///
    /// Ends when its reader is cancelled or drops it. Throws RESOURCE_EXHAUSTED when too many watch.
    public func changes(of service: String) throws(RPCStatus) -> AsyncStream<ServingStatus> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ServingStatus.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state -> Int? in
            guard state.watchers.count < watcherCountMax else { return nil }
            state.watcherCount += 1
            state.watchers[state.watcherCount] = Watcher(service: service, continuation: continuation)
            continuation.yield(state.table.shown(to: service))
            return state.watcherCount
        }
        guard let id else {
            throw RPCStatus(
                code: .resourceExhausted, message: "too many watch the health of this process; ask instead")
        }
        continuation.onTermination = { [weak self] _ in
            // The watcher leaves the lock before it is freed: its end calls back here.
            let former = self?.state.withLock { $0.watchers.removeValue(forKey: id) }
            _ = former
        }
        return stream
    }

    /// How many watch now.
    public var watcherCount: Int { state.withLock { $0.watchers.count } }

    /// Yields under the lock, so that the order of changes is every watcher's order; a yield never waits.
    private func change(_ make: (inout HealthTable) -> Set<String>) {
        state.withLock { state in
            let changed = make(&state.table)
            for watcher in state.watchers.values where changed.contains(watcher.service) {
                watcher.continuation.yield(state.table.shown(to: watcher.service))
            }
        }
    }
}
