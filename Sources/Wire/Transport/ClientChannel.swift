import NIOCore
import NIOPosix

/// Calls a server over one TCP connection, which is opened by the first call and again whenever it is needed.
///
/// Any number of calls may be under way at once. While the server is away a call waits for one attempt to
/// connect and then fails with UNAVAILABLE; attempts are spaced by a growing, varied wait.
public final class ClientChannel: RPCChannel {
    public let host: String
    public let port: Int
    /// Where the connection lives. Tasks that make many small calls go fastest with this as their preferred
    /// executor: a call then changes no thread on its way out and back. They must not block it.
    public let executor: any TaskExecutor
    private let limits: WireLimits
    private let connector: NIOLoopBoundBox<ClientConnector>

    /// With TLS the server must be the one expected.
    public init(
        host: String, port: Int, limits: WireLimits = WireLimits(),
        security: TransportSecurity = .plaintext, expecting: ExpectedServer = .dialledHost
    ) {
        self.host = host
        self.port = port
        self.limits = limits
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        executor = EventLoopExecutor(eventLoop)
        connector = .makeBoxSendingValue(
            ClientConnector(
                host: host, port: port, limits: limits, security: security, expecting: expecting,
                eventLoop: eventLoop),
            eventLoop: eventLoop)
    }

    deinit {
        let connector = connector
        connector.eventLoop.execute { connector.value.close() }
    }

    nonisolated(nonsending) public func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        let now = MonotonicInstant.now
        let call = ClientCall(
            service: service, method: method, payload: payload, metadata: options.metadata,
            deadline: Deadline(now.advanced(by: options.timeout)), form: .unary)
        return try await begin(call, at: now)
    }

    public func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        let stream = ClientStreamCall(shape: shape, hasRequest: request != nil, limits: limits)
        let now = MonotonicInstant.now
        let call = ClientCall(
            service: service, method: method, payload: request ?? [], metadata: options.metadata,
            deadline: Deadline(now.advanced(by: options.timeout)), form: .stream(stream))
        let connector = connector
        let holder = StreamHolder {
            stream.answer(.failure(.cancelled))
            connector.eventLoop.execute { connector.value.abandon(call) }
        }
        _ = try await begin(call, at: now)
        let sink: any MessageSink = stream.gate.map(FrameSink.init) ?? NoMoreMessages()
        return RPCStream(
            requests: OutboundMessages(sink, holder: holder),
            responses: InboundMessages(stream.responses, holder: holder))
    }

    /// Submits the call and waits for its reply.
    nonisolated(nonsending) private func begin(
        _ call: ClientCall, at now: MonotonicInstant
    ) async throws(RPCStatus) -> [UInt8] {
        let connector = connector
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                call.await(continuation)
                if connector.eventLoop.inEventLoop {
                    connector.value.submit(call, at: now)
                } else {
                    connector.eventLoop.execute { connector.value.submit(call) }
                }
            }
        } onCancel: {
            call.answer(.failure(.cancelled))
            connector.eventLoop.execute { connector.value.abandon(call) }
        }
        return try outcome.get()
    }

    /// Ends the connection; calls under way and later ones fail with UNAVAILABLE.
    public func close() async {
        let connector = connector
        try? await connector.eventLoop.submit { connector.value.close() }.get()
    }
}

/// The requests of a method that takes one, which has been sent.
struct NoMoreMessages: MessageSink {
    func sendNow(_ message: UnsafeRawBufferPointer) throws(RPCStatus) -> Bool { throw .finishedSending }
    nonisolated(nonsending) func send(_ message: [UInt8]) async throws(RPCStatus) { throw .finishedSending }
    func finish() {}
}
