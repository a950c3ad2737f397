import NIOCore

/// Handlers of one connection: how each starts, what reaches it, and how it ends.
extension ServerConnectionHandler {
    /// Starts the handler, or gives back a unary call whose handler may start now.
    func start(_ call: consuming ServerStreams.Call) -> UnaryCall? {
        do {
            switch try route(call.request) {
            case .unary(let handler):
                return UnaryCall(
                    streamID: call.streamID, handler: handler, payload: call.request.payload,
                    context: context(of: call, until: call.deadline))
            case .clientStreaming(let handler): start(call, handler)
            case .serverStreaming(let handler): start(call, handler)
            case .bidirectional(let handler): start(call, handler)
            }
        } catch {
            ended(call.streamID, .failure(error))
        }
        return nil
    }

    private func route(_ request: RequestEnvelope) throws(RPCStatus) -> MethodHandler {
        if let lastRoute, lastRoute.method == request.method, lastRoute.service == request.service {
            return lastRoute.handler
        }
        let handler = try router.route(service: request.service, method: request.method)
        lastRoute = Route(service: request.service, method: request.method, handler: handler)
        return handler
    }

    private func context(of call: ServerStreams.Call, until deadline: MonotonicInstant) -> CallContext {
        CallContext(
            service: call.request.service, method: call.request.method, metadata: call.request.metadata,
            deadline: Deadline(deadline), source: source)
    }

    // MARK: One response

    private func start(_ call: ServerStreams.Call, _ handler: @escaping ClientStreamingHandler) {
        let deadline = streams.beginStream(call, .clientStreaming, at: .now)
        let context = context(of: call, until: deadline)
        let requests = openRequests(of: call)
        streamCalls[call.streamID] = ServerStreamCall(requests: requests, responses: nil)
        run(call.streamID) { () async throws(RPCStatus) -> [UInt8] in
            try await handler(InboundMessages(requests), context)
        }
    }

    /// The handler's task starts here, on the event loop, and runs until it first waits.
    private func run(
        _ streamID: StreamID, _ body: @escaping @Sendable () async throws(RPCStatus) -> [UInt8]
    ) {
        let loop = eventLoop
        let connection = NIOLoopBound(self, eventLoop: loop)
        let task = Task.immediate {
            let outcome: Result<[UInt8], RPCStatus>
            do throws(RPCStatus) {
                outcome = .success(try await body())
            } catch {
                outcome = .failure(error)
            }
            if loop.inEventLoop {
                connection.value.ended(streamID, outcome)
            } else {
                loop.execute { connection.value.ended(streamID, outcome) }
            }
        }
        if streams.isTracked(streamID) { tasks[streamID] = task }
    }

    func ended(_ streamID: StreamID, _ outcome: Result<[UInt8], RPCStatus>) {
        if callInLane == streamID { callInLane = nil }
        if !tasks.isEmpty { tasks[streamID] = nil }
        leave(streamID)
        if let response = streams.finish(streamID, outcome) {
            send(fitting(response), on: streamID)
        }
        closeIfDone()
    }

    /// The response, or RESOURCE_EXHAUSTED when too much waits for the peer already.
    private func fitting(_ response: ResponseEnvelope) -> ResponseEnvelope {
        let size = response.byteCount
        guard size > Self.alwaysSentByteCount else { return response }
        let waiting = waitingByteCount
        guard waiting + size > limits.outboundByteCountMax else { return response }
        let text = "\(waiting) bytes of earlier answers wait to be read; read them, then repeat the call"
        return ResponseEnvelope(.failure(RPCStatus(code: .resourceExhausted, message: text)))
    }

    /// Answers this small cost less than the bookkeeping of refusing them.
    private static let alwaysSentByteCount = 16 << 10

    // MARK: A stream of responses

    private func start(_ call: ServerStreams.Call, _ handler: @escaping ServerStreamingHandler) {
        let deadline = streams.beginStream(call, .serverStreaming, at: .now)
        let context = context(of: call, until: deadline)
        let payload = call.request.payload
        let gate = openGate(call.streamID)
        streamCalls[call.streamID] = ServerStreamCall(requests: nil, responses: gate)
        runStream(call.streamID) { () async throws(RPCStatus) in
            try await handler(payload, OutboundMessages(FrameSink(gate: gate)), context)
        }
    }

    private func start(_ call: ServerStreams.Call, _ handler: @escaping BidirectionalHandler) {
        let deadline = streams.beginStream(call, .bidirectional, at: .now)
        let context = context(of: call, until: deadline)
        let requests = openRequests(of: call)
        let gate = openGate(call.streamID)
        streamCalls[call.streamID] = ServerStreamCall(requests: requests, responses: gate)
        runStream(call.streamID) { () async throws(RPCStatus) in
            try await handler(InboundMessages(requests), OutboundMessages(FrameSink(gate: gate)), context)
        }
    }

    private func runStream(
        _ streamID: StreamID, _ body: @escaping @Sendable () async throws(RPCStatus) -> Void
    ) {
        let loop = eventLoop
        let connection = NIOLoopBound(self, eventLoop: loop)
        let task = Task.immediate {
            var failure: RPCStatus?
            do throws(RPCStatus) {
                try await body()
            } catch {
                failure = error
            }
            let ending = failure
            if loop.inEventLoop {
                connection.value.endedStream(streamID, ending)
            } else {
                loop.execute { connection.value.endedStream(streamID, ending) }
            }
        }
        if streams.isTracked(streamID) { tasks[streamID] = task }
    }

    private func endedStream(_ streamID: StreamID, _ failure: RPCStatus?) {
        if let failure { return ended(streamID, .failure(failure)) }
        tasks[streamID] = nil
        leave(streamID)
        if streams.finishResponses(streamID) {
            send(Frame(streamID: streamID, type: .data, flags: [.remoteClosed, .noData]))
        }
        closeIfDone()
    }

    /// What the handler sent goes before the stream's last frame.
    private func leave(_ streamID: StreamID) {
        guard !streamCalls.isEmpty, let call = streamCalls.removeValue(forKey: streamID) else { return }
        call.end(.handlerEnded)
        call.moveResponses(to: &outbox.bytes)
        heldStreams.remove(streamID)
    }

    // MARK: What reaches a handler

    private func openRequests(of call: ServerStreams.Call) -> InboundQueue {
        let streamID = call.streamID
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        let loop = eventLoop
        let isCounting = streams.peerWindow != nil
        let queue = InboundQueue(limits: limits) { byteCount in
            if isCounting { loop.execute { connection.value.giveCredit(byteCount, on: streamID) } }
        }
        if call.hasMessage { _ = queue.push(call.request.payload) }
        if call.isLast { queue.finish() }
        return queue
    }

    private func giveCredit(_ byteCount: Int, on streamID: StreamID) {
        guard streamCalls[streamID] != nil else { return }
        send(StreamExtension.credit(byteCount, on: streamID))
    }

    func deliver(_ message: [UInt8]?, _ isLast: Bool, to streamID: StreamID) {
        guard let requests = streamCalls[streamID]?.requests else { return }
        if let message, !requests.push(message) {
            if case .end(_, let status) = streams.fail(streamID, .queueFull) { end(streamID, status) }
            return
        }
        if isLast { requests.finish() }
    }

    /// Ends a stream for its handler, which is cancelled and still counts.
    func end(_ streamID: StreamID, _ status: RPCStatus) {
        if let call = streamCalls[streamID] {
            call.end(status)
            call.dropResponses()
            heldStreams.remove(streamID)
        }
        send(ResponseEnvelope(.failure(status)), on: streamID)
        tasks[streamID]?.cancel()
    }

    // MARK: What a handler sends

    private func openGate(_ streamID: StreamID) -> SendGate<FrameLoad> {
        let loop = eventLoop
        let connection = NIOLoopBound(self, eventLoop: loop)
        return SendGate(
            FrameLoad(streamID: streamID), window: streams.peerWindow.map(SendWindow.granted) ?? .unlimited,
            byteCountMax: limits.streamLoadByteCountMax,
            onLoad: { loop.execute { connection.value.collect(streamID) } }, onFinish: {})
    }

    /// Takes a stream's frames for writing, unless the peer has enough to take already.
    private func collect(_ streamID: StreamID) {
        guard let call = streamCalls[streamID] else { return }
        guard isWritable else {
            heldStreams.insert(streamID)
            return
        }
        call.moveResponses(to: &outbox.bytes)
        flushSoon()
    }

    func releaseStreams() {
        for streamID in heldStreams.sorted() {
            guard isWritable else { return }
            heldStreams.remove(streamID)
            collect(streamID)
            flush()
        }
    }
}

/// What answers a method. A class, so that to look at it is not to copy its parts.
final class Route {
    let service: String
    let method: String
    let handler: MethodHandler

    init(service: String, method: String, handler: MethodHandler) {
        self.service = service
        self.method = method
        self.handler = handler
    }
}

/// The two ends of a streaming handler that its connection holds.
struct ServerStreamCall {
    let requests: InboundQueue?
    let responses: SendGate<FrameLoad>?

    func grant(_ byteCount: Int) { responses?.changeWindow { $0.grant(byteCount) } }

    /// Nothing more arrives for the handler, and nothing it sends passes.
    func end(_ status: RPCStatus) {
        requests?.finish(status)
        responses?.close(status)
    }

    func moveResponses(to bytes: inout [UInt8]) { responses?.take { $0.move(to: &bytes) } }

    func dropResponses() {
        var dropped: [UInt8] = []
        moveResponses(to: &dropped)
    }
}

extension RPCStatus {
    static let callerLeft = RPCStatus(code: .cancelled, message: "the connection to the caller is gone")
    static let handlerEnded = RPCStatus(code: .cancelled, message: "the call's handler has ended")
}

/// A unary call that is routed: its handler, and what it is called with.
struct UnaryCall: Sendable {
    let streamID: StreamID
    let handler: UnaryHandler
    let payload: [UInt8]
    let context: CallContext

    nonisolated(nonsending) func outcome() async -> Result<[UInt8], RPCStatus> {
        do throws(RPCStatus) {
            return .success(try await handler(payload, context))
        } catch {
            return .failure(error)
        }
    }
}
