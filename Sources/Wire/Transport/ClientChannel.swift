import NIOCore
import NIOPosix

/// Calls a server over one TCP connection, which is opened by the first call and again whenever it is needed.
///
/// Any number of calls may be under way at once. While the server is away a call waits for one attempt to
/// connect and then fails with UNAVAILABLE; attempts are spaced by a growing, varied wait.
public final class ClientChannel: RPCChannel {
    public let host: String
    public let port: Int
    private let connector: NIOLoopBoundBox<ClientConnector>

    /// With TLS the server must be the one expected.
    public init(
        host: String, port: Int, limits: WireLimits = WireLimits(),
        security: TransportSecurity = .plaintext, expecting: ExpectedServer = .dialledHost
    ) {
        self.host = host
        self.port = port
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
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

    public func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        let call = ClientCall(
            service: service, method: method, payload: payload, metadata: options.metadata,
            deadline: .after(options.timeout))
        let connector = connector
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                call.await(continuation)
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
