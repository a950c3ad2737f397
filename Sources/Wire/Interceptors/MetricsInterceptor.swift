public import Metrics
import Synchronization

/// Counts calls by method and code, times them, and shows how many run.
///
/// `rpc_server_calls_total{service,method,code}`, `rpc_server_duration_seconds{service,method}` (recorded in
/// nanoseconds, the unit of swift-metrics) and `rpc_server_running_calls`.
public final class MetricsInterceptor: ServerInterceptor {
    private struct Method {
        let timer: Timer
        /// By raw code; made when first needed.
        var counters: [Int32: Counter] = [:]
    }

    private let factory: any MetricsFactory
    private let now: @Sendable () -> MonotonicInstant
    private let methodCountMax: Int
    private let running: Meter
    private let methods = Mutex<[String: Method]>([:])

    /// - Parameter factory: the process's own, which does nothing until somebody sets one.
    public init(
        factory: any MetricsFactory = MetricsSystem.factory, limits: WireLimits = WireLimits(),
        now: @escaping @Sendable () -> MonotonicInstant = { .now }
    ) {
        self.factory = factory
        self.now = now
        methodCountMax = limits.meteredMethodCountMax
        running = Meter(label: "rpc_server_running_calls", factory: factory)
    }

    public func intercept(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) {
        let start = now()
        running.increment()
        defer { running.decrement() }
        do throws(RPCStatus) {
            try await next(call)
            record(call, .ok, since: start)
        } catch {
            record(call, error.code, since: start)
            throw error
        }
    }

    private func record(_ call: CallContext, _ code: StatusCode, since start: MonotonicInstant) {
        let duration = start.duration(to: now()).nanosecondsClamped
        let (timer, counter) = methods.withLock { methods in
            let isKnown = methods[call.fullMethod] != nil || methods.count < methodCountMax
            let (service, name) = isKnown ? (call.service, call.method) : ("other", "other")
            let key = isKnown ? call.fullMethod : "other"
            let dimensions = [("service", service), ("method", name)]
            var method =
                methods[key]
                ?? Method(
                    timer: Timer(
                        label: "rpc_server_duration_seconds", dimensions: dimensions, factory: factory))
            let counter =
                method.counters[code.rawValue]
                ?? Counter(
                    label: "rpc_server_calls_total", dimensions: dimensions + [("code", code.name)],
                    factory: factory)
            method.counters[code.rawValue] = counter
            methods[key] = method
            return (method.timer, counter)
        }
        timer.recordNanoseconds(duration)
        counter.increment()
    }
}
