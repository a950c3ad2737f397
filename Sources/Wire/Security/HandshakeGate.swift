import NIOCore
import NIOSSL
import NIOTLS

/// Stands behind the TLS handler and lets nothing pass before the peer is known.
///
/// A client's gate stays until the server's first bytes: in TLS 1.3 a client ends its handshake before the
/// server has judged its certificate, so that the refusal comes afterwards.
final class HandshakeGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum Phase {
        /// Leaves to: admitted, refused.
        case waiting
        /// Leaves to: refused.
        case admitted
        /// The connection ends; nothing passes any more. Final.
        case refused
    }

    struct Rule {
        let time: Duration
        let now: @Sendable () -> Int64
        /// For a client: the host it dialled and the name it expects.
        let server: (host: String, expected: ExpectedServer)?
    }

    private let rule: Rule
    private let tls: NIOSSLHandler
    private let onEnd: (Result<PeerIdentity, HandshakeFault>) -> Void
    /// For a client's connector: how the handshake ends.
    var ready: EventLoopFuture<Void>?
    private var phase = Phase.waiting
    private var timeLimit: Scheduled<Void>?

    /// `onEnd` is called once, on the event loop.
    init(
        rule: Rule, tls: NIOSSLHandler, onEnd: @escaping (Result<PeerIdentity, HandshakeFault>) -> Void
    ) {
        self.rule = rule
        self.tls = tls
        self.onEnd = onEnd
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { startTime(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        startTime(context)
        context.fireChannelActive()
    }

    private func startTime(_ context: ChannelHandlerContext) {
        guard timeLimit == nil else { return }
        let gate = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timeLimit = context.eventLoop.scheduleTask(in: .nanoseconds(rule.time.nanosecondsClamped)) {
            let (gate, context) = gate.value
            gate.refuse(.late(gate.rule.time), context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        guard case .waiting = phase else { return }
        do throws(HandshakeFault) {
            let identity = try examine()
            phase = .admitted
            timeLimit?.cancel()
            onEnd(.success(identity))
            if rule.server == nil { leave(context) }
        } catch {
            refuse(error, context)
        }
    }

    /// The chain has been verified by the library. The time is looked at here too: a resumed session is not
    /// verified again.
    private func examine() throws(HandshakeFault) -> PeerIdentity {
        guard let certificate = tls.peerCertificate else { throw .noCertificate }
        let identity: PeerIdentity
        do throws(CertificateNamesFlaw) {
            identity = try PeerIdentity(certificate)
        } catch {
            throw .names(error)
        }
        if let fault = identity.validity.fault(at: rule.now()) { throw fault }
        if let server = rule.server { try server.expected.check(identity.names, dialled: server.host) }
        return identity
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch phase {
        case .admitted:
            context.fireChannelRead(data)
            leave(context)
        case .waiting, .refused: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let fault = HandshakeFault(
            error, validity: tls.peerCertificate.map(CertificateValidity.init), now: rule.now())
        switch phase {
        case .waiting: refuse(fault, context)
        case .admitted:
            // Anything but an alert may have come after the call was carried out, and is passed on as it is.
            if case .refused = fault {
                context.fireErrorCaught(fault)
            } else {
                context.fireErrorCaught(error)
            }
        case .refused: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        refuse(.ended, nil)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { refuse(.ended, nil) }

    /// Without a context the connection is closed by others, or gone.
    func refuse(_ fault: HandshakeFault, _ context: ChannelHandlerContext?) {
        timeLimit?.cancel()
        guard case .waiting = phase else { return }
        phase = .refused
        onEnd(.failure(fault))
        context?.close(promise: nil)
    }

    private func leave(_ context: ChannelHandlerContext) {
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}
