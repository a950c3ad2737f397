/// Gives every call a place in a trace: the caller's, or a new one.
///
/// The handler finds its own span in the metadata as `traceparent`, and `TracingChannel` in
/// `CallTrail.current`.
public struct TracingInterceptor: ServerInterceptor {
    private let requestIDKeys: RequestIDKeys?
    private let bits: @Sendable () -> UInt64

    /// - Parameter bits: random ones, uniform over all values.
    public init(requestIDKeys: RequestIDKeys? = nil, bits: @escaping @Sendable () -> UInt64) {
        self.requestIDKeys = requestIDKeys
        self.bits = bits
    }

    public func intercept<Answer: Sendable>(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Answer
    ) async throws(RPCStatus) -> Answer {
        var call = call
        let parent = TraceContext(call.metadata)
        let trace = parent?.child(bits) ?? TraceContext(beginning: bits)
        let traceState = parent == nil ? nil : Self.traceState(call.metadata)
        call.metadata[TraceContext.key] = trace.description
        call.metadata[TraceContext.stateKey] = traceState
        let requestID = requestIDKeys.flatMap { call.metadata[$0.identity] ?? call.metadata[$0.origin] }
        let trail = CallTrail(trace: trace, traceState: traceState, requestID: requestID)
        let inner = call
        // A task-local value cannot be bound around a closure that throws a typed error: the outcome is
        // carried out of it.
        let outcome = await CallTrail.$current.withValue(trail) { () async -> Result<Answer, RPCStatus> in
            do throws(RPCStatus) { return .success(try await next(inner)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }

    /// Several values are one list; what is too long is dropped, which the specification allows.
    private static func traceState(_ metadata: Metadata) -> String? {
        let text = metadata.values(for: TraceContext.stateKey).joined(separator: ",")
        return text.isEmpty || text.utf8.count > TraceContext.stateByteCountMax ? nil : text
    }
}

/// Passes the trace and the request's identity of the running handler on with each call.
///
/// Outside of a handler, or where the caller has set them itself, a call goes as it is.
public struct TracingChannel: RPCChannel {
    private let base: any RPCChannel
    private let requestIDKeys: RequestIDKeys?
    private let bits: @Sendable () -> UInt64

    public init(
        _ base: any RPCChannel, requestIDKeys: RequestIDKeys? = nil, bits: @escaping @Sendable () -> UInt64
    ) {
        self.base = base
        self.requestIDKeys = requestIDKeys
        self.bits = bits
    }

    nonisolated(nonsending) public func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        try await base.unary(
            service: service, method: method, payload: payload, options: trailing(options))
    }

    public func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        try await base.stream(
            service: service, method: method, shape: shape, request: request, options: trailing(options))
    }

    private func trailing(_ options: CallOptions) -> CallOptions {
        var options = options
        if let trail = CallTrail.current { add(trail, to: &options.metadata) }
        return options
    }

    private func add(_ trail: CallTrail, to metadata: inout Metadata) {
        if metadata[TraceContext.key] == nil {
            metadata[TraceContext.key] = trail.trace.child(bits).description
            metadata[TraceContext.stateKey] = trail.traceState
        }
        if let requestIDKeys, let requestID = trail.requestID, metadata[requestIDKeys.origin] == nil {
            metadata[requestIDKeys.origin] = requestID
        }
    }
}
