import NIOCore
import NIOPosix

/// Calls a server over one TCP connection, which is opened by the first call and again whenever it is needed.
///
/// Any number of calls may be under way at once. While the server is away a call waits for one attempt to
/// connect and then fails with UNAVAILABLE; attempts are spaced by a growing, varied wait.
public final class ClientChannel: RPCChannel {
    public let host: String
    public let port: Int
    private let limits: WireLimits
    private let connector: NIOLoopBoundBox<ClientConnector>

    public init(host: String, port: Int, limits: WireLimits = WireLimits()) {
        self.host = host
        self.port = port
        self.limits = limits
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        connector = .makeBoxSendingValue(
            ClientConnector(host: host, port: port, limits: limits, eventLoop: eventLoop),
            eventLoop: eventLoop)
    }

    deinit {
        let connector = connector
        connector.eventLoop.execute { connector.value.close() }
    }

    public func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        let reply = Reply<[UInt8]>()
        let call = ClientCall(
            service: service, method: method, payload: payload, metadata: options.metadata,
            deadline: .after(options.timeout), form: .unary(reply))
        return try await begin(call, reply)
    }

    public func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        let stream = ClientStreamCall(shape: shape, hasRequest: request != nil, limits: limits)
        let call = ClientCall(
            service: service, method: method, payload: request ?? [], metadata: options.metadata,
            deadline: .after(options.timeout), form: .stream(stream))
        let connector = connector
        let holder = StreamHolder {
            stream.answer(.failure(.cancelled))
            connector.eventLoop.execute { connector.value.abandon(call) }
        }
        let gate = try await begin(call, stream.opened)
        let sink: any MessageSink = gate ?? NoMoreMessages()
        return RPCStream(
            requests: OutboundMessages(sink, holder: holder),
            responses: InboundMessages(stream.responses, holder: holder))
    }

    /// Submits the call and waits for the reply.
    private func begin<Value>(_ call: ClientCall, _ reply: Reply<Value>) async throws(RPCStatus) -> Value {
        let connector = connector
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                reply.await(continuation)
                connector.eventLoop.execute { connector.value.submit(call) }
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
    func send(_ message: [UInt8]) async throws(RPCStatus) { throw .finishedSending }
    func finish() {}
}
