/// Stands before every handler of a router, whatever the method's shape: identity, access, limits, tracing.
public protocol ServerInterceptor: Sendable {
    /// Calls `next` once with the context, changed if need be, or throws. `next` returns when the handler has
    /// ended, so what is done after it sees the call's whole life; what it throws is the call's outcome.
    func intercept(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus)
}

extension MethodHandler {
    /// The handler behind the interceptor.
    package func guarded(by interceptor: any ServerInterceptor) -> MethodHandler {
        switch self {
        case .unary(let handler):
            .unary { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
                var response: [UInt8] = []
                try await interceptor.intercept(call) { (call: CallContext) async throws(RPCStatus) in
                    response = try await handler(payload, call)
                }
                return response
            }
        case .clientStreaming(let handler):
            .clientStreaming {
                (requests: InboundMessages, call: CallContext) async throws(RPCStatus) -> [UInt8] in
                var response: [UInt8] = []
                try await interceptor.intercept(call) { (call: CallContext) async throws(RPCStatus) in
                    response = try await handler(requests, call)
                }
                return response
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
