/// Stands around a call of any shape and sees its start and its end, not what passes between: identity,
/// access, limits, tracing, metrics, logging.
///
/// Interceptors of a router are a list of values, the first outermost; one that is not in the list costs
/// nothing.
public protocol ServerInterceptor: Sendable {
    /// Calls `next` once, with the context or a changed one, or throws instead.
    ///
    /// - Parameter next: the handler, or the interceptor further in; returns when the call has ended.
    func intercept<Answer: Sendable>(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Answer
    ) async throws(RPCStatus) -> Answer
}

extension MethodHandler {
    /// The handler behind the interceptor.
    package func guarded(by interceptor: any ServerInterceptor) -> MethodHandler {
        switch self {
        case .unary(let handler):
            .unary { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
                try await interceptor.intercept(call) {
                    (call: CallContext) async throws(RPCStatus) -> [UInt8] in
                    try await handler(payload, call)
                }
            }
        case .clientStreaming(let handler):
            .clientStreaming {
                (requests: InboundMessages, call: CallContext) async throws(RPCStatus) -> [UInt8] in
                try await interceptor.intercept(call) {
                    (call: CallContext) async throws(RPCStatus) -> [UInt8] in
                    try await handler(requests, call)
                }
            }
        case .serverStreaming(let handler):
            .serverStreaming {
                (payload: [UInt8], responses: OutboundMessages, call: CallContext) async throws(RPCStatus) in
                try await interceptor.intercept(call) { (call: CallContext) async throws(RPCStatus) in
                    try await handler(payload, responses, call)
                }
            }
        case .bidirectional(let handler):
            .bidirectional {
                (requests: InboundMessages, responses: OutboundMessages, call: CallContext)
                    async throws(RPCStatus) in
                try await interceptor.intercept(call) { (call: CallContext) async throws(RPCStatus) in
                    try await handler(requests, responses, call)
                }
            }
        }
    }
}
