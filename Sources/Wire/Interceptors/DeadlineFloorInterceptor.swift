/// Refuses at once what could not be answered in time anyway, before any work is done for it.
public struct DeadlineFloorInterceptor: ServerInterceptor {
    private let floor: Duration
    private let now: @Sendable () -> MonotonicInstant

    /// - Parameter floor: time that must be left; the way back and the least work of a handler.
    public init(
        floor: Duration = WireLimits().deadlineFloor,
        now: @escaping @Sendable () -> MonotonicInstant = { .now }
    ) {
        self.floor = floor
        self.now = now
    }

    public func intercept(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) {
        let left = call.deadline.remaining(at: now())
        guard left >= floor else {
            let milliseconds = max(left.nanosecondsClamped, 0) / 1_000_000
            throw RPCStatus(
                code: .deadlineExceeded,
                message: "\(milliseconds) ms are left, too few to begin; allow the call more time")
        }
        try await next(call)
    }
}
