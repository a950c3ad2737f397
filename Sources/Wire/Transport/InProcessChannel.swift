/// Calls a router's methods without a network: the same deadlines, sizes and statuses, no connection to lose.
public struct InProcessChannel: RPCChannel {
    private let router: any RequestRouter
    private let limits: WireLimits

    public init(router: any RequestRouter, limits: WireLimits = WireLimits()) {
        self.router = router
        self.limits = limits
    }

    nonisolated(nonsending) public func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        let context = try context(service, method, payload, options)
        guard case .unary(let handler) = try router.route(service: service, method: method) else {
            throw .streamForOne
        }
        let call = InProcessCall()
        let work = Task {
            do throws(RPCStatus) {
                call.reply.answer(.success(try await handler(payload, context)))
            } catch {
                call.reply.answer(.failure(error.sendable(limits)))
            }
        }
        let timer = Task {
            try await Task.sleep(for: context.deadline.remaining)
            call.reply.answer(.failure(.deadlineExceeded))
            work.cancel()
        }
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { call.reply.await($0) }
        } onCancel: {
            call.reply.answer(.failure(.cancelled))
            work.cancel()
        }
        timer.cancel()
        return try checked(outcome).get()
    }

    public func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        let context = try context(service, method, request ?? [], options, timeMax: limits.streamTimeMax)
        let handler = try router.route(service: service, method: method)
        guard handler.shape == shape else { throw .oneForStream }
        let requests = InProcessPipe(limits: limits)
        let responses = InProcessPipe(limits: limits)
        if let request { _ = requests.queue.push(request) }
        if !shape.streamsRequests { requests.gate.finish() }
        let work = Task {
            var failure: RPCStatus?
            do throws(RPCStatus) {
                try await Self.run(handler, request ?? [], requests, responses, context)
            } catch {
                failure = error.sendable(limits)
            }
            responses.end(failure)
            requests.end(.streamEnded)
        }
        let timer = Task {
            try await Task.sleep(for: context.deadline.remaining)
            responses.end(.deadlineExceeded)
            requests.end(.deadlineExceeded)
            work.cancel()
        }
        Task {
            await work.value
            timer.cancel()
        }
        let holder = StreamHolder {
            responses.end(.cancelled)
            requests.end(.cancelled)
            work.cancel()
        }
        return RPCStream(
            requests: OutboundMessages(requests.gate, holder: holder),
            responses: InboundMessages(responses.queue, holder: holder))
    }

    private static func run(
        _ handler: MethodHandler, _ payload: [UInt8], _ requests: InProcessPipe,
        _ responses: InProcessPipe, _ context: CallContext
    ) async throws(RPCStatus) {
        switch handler {
        case .unary(let body):
            _ = responses.queue.push(try await body(payload, context))
        case .clientStreaming(let body):
            _ = responses.queue.push(try await body(InboundMessages(requests.queue), context))
        case .serverStreaming(let body):
            try await body(payload, OutboundMessages(responses.gate), context)
        case .bidirectional(let body):
            try await body(
                InboundMessages(requests.queue), OutboundMessages(responses.gate), context)
        }
    }

    private func context(
        _ service: String, _ method: String, _ payload: [UInt8], _ options: CallOptions,
        timeMax: Duration? = nil
    ) throws(RPCStatus) -> CallContext {
        guard options.timeout > .zero else { throw .deadlineExceeded }
        try check(
            RequestEnvelope(
                service: service, method: method, payload: payload, timeoutNanoseconds: .max,
                metadata: options.metadata))
        return CallContext(
            service: service, method: method, metadata: options.metadata,
            deadline: .after(min(options.timeout, timeMax ?? limits.callTimeMax)), peer: "in-process")
    }

    /// What a frame and a server's limits would refuse.
    private func check(_ request: RequestEnvelope) throws(RPCStatus) {
        guard request.byteCount <= WireLimits.frameByteCountMax else {
            throw OversizedMessage(byteCount: request.byteCount).status
        }
        guard
            request.metadata.entries.count <= limits.metadataCountMax,
            request.metadata.byteCount <= limits.metadataByteCountMax
        else {
            throw RPCStatus(code: .resourceExhausted, message: "\(EnvelopeError.tooMuchMetadata)")
        }
    }

    private func checked(_ outcome: Result<[UInt8], RPCStatus>) -> Result<[UInt8], RPCStatus> {
        let byteCount = ResponseEnvelope(outcome).byteCount
        guard byteCount <= WireLimits.frameByteCountMax else {
            return .failure(OversizedMessage(byteCount: byteCount).status)
        }
        return outcome
    }
}

/// What a call's caller, its handler and its timer share.
private final class InProcessCall: Sendable {
    let reply = Reply()
}
