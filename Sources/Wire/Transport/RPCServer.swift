public import Logging
import NIOCore
import NIOPosix

/// Serves a router's methods over TCP.
///
/// Life: `bind` listens, `run` waits for the end, `shutdown` (or cancelling `run`) brings it about in order:
/// no new connections, no new calls, running calls within the drain time, then the rest is cut off.
public final class RPCServer: Sendable {
    /// The port it listens on, also when 0 was asked for.
    public let boundPort: Int
    public let host: String

    private let listener: any Channel
    private let registry: ConnectionRegistry
    private let limits: WireLimits

    private init(host: String, listener: any Channel, registry: ConnectionRegistry, limits: WireLimits) {
        self.host = host
        self.listener = listener
        self.registry = registry
        self.limits = limits
        boundPort = listener.localAddress?.port ?? 0
    }

    /// Listens on the address; port 0 takes any free one.
    public static func bind(
        host: String = "127.0.0.1", port: Int = 0, router: any RequestRouter,
        limits: WireLimits = WireLimits(), logger: Logger = Logger(label: "wire.server"),
        security: TransportSecurity = .plaintext
    ) async throws(BindError) -> RPCServer {
        let registry = ConnectionRegistry(limits: limits)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: limits.outboundLowByteCount, high: limits.outboundHighByteCount)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try admit(channel, registry, router, limits, logger, security)
                }
            }
        do {
            let listener = try await bootstrap.bind(host: host, port: port).get()
            return RPCServer(host: host, listener: listener, registry: registry, limits: limits)
        } catch {
            throw BindError(error, host: host, port: port)
        }
    }

    /// A connection more than the limits allow is closed without a byte; throwing does that.
    private static func admit(
        _ channel: any Channel, _ registry: ConnectionRegistry, _ router: any RequestRouter,
        _ limits: WireLimits, _ logger: Logger, _ security: TransportSecurity
    ) throws {
        let address = channel.remoteAddress?.ipAddress ?? "unknown"
        guard registry.enter(from: address) else {
            logger.warning("connection refused: too many", metadata: ["peer": "\(address)"])
            throw ChannelError.operationUnsupported
        }
        channel.closeFuture.whenComplete { _ in registry.leave(channel, from: address) }
        let peer = channel.remoteAddress.map { "\(address):\($0.port ?? 0)" } ?? address
        let handler = ServerConnectionHandler(
            router: router, limits: limits, logger: logger, peer: peer, drainSignal: registry.drainSignal,
            eventLoop: channel.eventLoop)
        try security.secure(server: channel, limits: limits, logger: logger, peer: peer) {
            handler.identify($0)
        }
        try channel.pipeline.syncOperations.addHandler(handler)
        let member = ConnectionRegistry.Member(
            channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
        if !registry.add(member) { handler.drain() }
    }

    /// How many clients are connected.
    public var connectionCount: Int { registry.count }

    /// Waits until the server has been shut down; cancelling the task shuts it down within
    /// `limits.drainTime`.
    public func run() async {
        await withTaskCancellationHandler {
            try? await listener.closeFuture.get()
            await emptied()
        } onCancel: {
            Task { await shutdown(within: limits.drainTime) }
        }
    }

    /// Ends in order; calls still running after the time are cut off. May be called again, and returns when
    /// all is over.
    public func shutdown(within time: Duration) async {
        try? await listener.close().get()
        registry.drainSignal.begin()
        let registry = registry
        let cutOff = listener.eventLoop.scheduleTask(
            deadline: MonotonicInstant.now.advanced(by: time).nioDeadline
        ) { registry.closeAll() }
        await emptied()
        cutOff.cancel()
    }

    private func emptied() async {
        let promise = listener.eventLoop.makePromise(of: Void.self)
        registry.drain(promise)
        try? await promise.futureResult.get()
    }
}
