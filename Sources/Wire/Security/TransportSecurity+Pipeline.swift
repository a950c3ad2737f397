import Logging
import NIOCore
import NIOSSL

extension TransportSecurity {
    /// Puts the handlers of a server's connection into its pipeline, before the one that reads frames; to be
    /// called on the channel's event loop.
    ///
    /// `onPeer` is called before the first bytes of a peer that presented a good certificate come through,
    /// and never without TLS.
    func secure(
        server channel: any Channel, limits: WireLimits, logger: Logger, peer: String,
        onPeer: @escaping (PeerIdentity) -> Void
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        guard case .mutualTLS(let credentials) = self else {
            let door = ConnectionDoor(isTLSExpected: false, lingerTime: limits.lingerTime) { fault in
                logger.notice("connection refused: \(fault)", metadata: ["peer": "\(peer)"])
            }
            return try pipeline.addHandler(door)
        }
        let tls = NIOSSLServerHandler(context: credentials.context)
        let rule = HandshakeGate.Rule(time: limits.handshakeTime, now: credentials.now, server: nil)
        // The two stand on either side of the TLS handler; the channel holds them as long as they are needed.
        weak var door: ConnectionDoor?
        let gate = HandshakeGate(rule: rule, tls: tls) { end in
            switch end {
            case .success(let identity):
                if let door, let context = try? pipeline.context(handler: door) { door.leave(context) }
                onPeer(identity)
            case .failure(let fault):
                logger.debug("handshake failed: \(fault)", metadata: ["peer": "\(peer)"])
            }
        }
        let newDoor = ConnectionDoor(isTLSExpected: true, lingerTime: limits.lingerTime) {
            [weak gate] fault in
            gate?.refuse(fault, nil)
        }
        door = newDoor
        try Self.readLittle(channel)
        try pipeline.addHandlers([newDoor, tls, WriteSlices(), gate])
    }

    /// Puts the handlers of a client's connection into its pipeline, before the one that reads frames; to be
    /// called on the channel's event loop.
    func secure(
        client channel: any Channel, host: String, expecting: ExpectedServer, limits: WireLimits
    ) throws {
        guard case .mutualTLS(let credentials) = self else { return }
        let tls = try NIOSSLClientHandler(
            context: credentials.context, serverHostname: ExpectedServer.indicatedName(host))
        let rule = HandshakeGate.Rule(
            time: limits.handshakeTime, now: credentials.now, server: (host, expecting))
        let ready = channel.eventLoop.makePromise(of: Void.self)
        let gate = HandshakeGate(rule: rule, tls: tls) { end in
            switch end {
            case .success: ready.succeed()
            case .failure(let fault): ready.fail(fault)
            }
        }
        gate.ready = ready.futureResult
        try Self.readLittle(channel)
        try channel.pipeline.syncOperations.addHandlers([tls, WriteSlices(), gate])
    }

    /// The TLS handler keeps, for a connection's life, a buffer as large as the most it deciphered between
    /// two turns of the loop: one read of the socket a turn bounds it.
    private static func readLittle(_ channel: any Channel) throws {
        try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
    }

    /// Fulfilled once frames may be sent on a client's connection; to be called when it is connected, on its
    /// event loop.
    static func ready(_ channel: any Channel) -> EventLoopFuture<Void> {
        let gate = try? channel.pipeline.syncOperations.handler(type: HandshakeGate.self)
        return gate?.ready ?? channel.eventLoop.makeSucceededVoidFuture()
    }
}
