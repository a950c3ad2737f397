/// Stands around a call and sees its start and its end, not what passes between: tracing, metrics, logging,
/// limits. The same value serves every kind of call, for it does not depend on what the call answers.
///
/// Interceptors of a router are a list of values, the first outermost; one that is not in the list costs
/// nothing.
public protocol CallInterceptor: ServerInterceptor {
    /// Calls `next` once, with the context or a changed one, or throws instead.
    ///
    /// - Parameter next: the handler, or the interceptor further in; returns when the call has ended.
    func around<Answer: Sendable>(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Answer
    ) async throws(RPCStatus) -> Answer
}

extension CallInterceptor {
    public func intercept(
        _ payload: [UInt8], _ call: CallContext, _ next: UnaryHandler
    ) async throws(RPCStatus) -> [UInt8] {
        try await around(call) { (call: CallContext) async throws(RPCStatus) -> [UInt8] in
            try await next(payload, call)
        }
    }
}
