import NIOCore

/// What a connection's first byte says of the peer's language.
enum FirstByte {
    /// A TLS connection begins with a handshake record (RFC 8446, 5.1), whose type is 22. No ttrpc frame
    /// does: its first byte is reserved and zero.
    private static let handshakeRecord: UInt8 = 22

    static func fault(_ byte: UInt8, isTLSExpected: Bool) -> HandshakeFault? {
        switch (byte == handshakeRecord, isTLSExpected) {
        case (true, true), (false, false): nil
        case (false, true): .plaintext
        case (true, false): .unexpectedTLS
        }
    }
}

/// Stands next to a server's socket until the peer is known to speak the right language.
///
/// It closes to strangers, and makes every close before the end of a handshake gentle: closing with bytes of
/// the peer unread would reset the connection, and the peer would never read the alert that says why.
final class ConnectionDoor: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// Nothing has arrived. Leaves to: passing, lingering.
        case awaiting
        /// A TLS handshake is under way. Leaves to: lingering.
        case passing
        /// Our side is closed; what still arrives is thrown away. Leaves to: none.
        case lingering
    }

    private let isTLSExpected: Bool
    private let lingerTime: Duration
    private let onFault: (HandshakeFault) -> Void
    private var phase = Phase.awaiting

    init(isTLSExpected: Bool, lingerTime: Duration, onFault: @escaping (HandshakeFault) -> Void) {
        self.isTLSExpected = isTLSExpected
        self.lingerTime = lingerTime
        self.onFault = onFault
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch phase {
        case .awaiting:
            let buffer = unwrapInboundIn(data)
            let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self)
            if let first, let fault = FirstByte.fault(first, isTLSExpected: isTLSExpected) {
                onFault(fault)
                linger(context, nil)
                return
            }
            phase = .passing
            context.fireChannelRead(data)
            if !isTLSExpected { leave(context) }
        case .passing: context.fireChannelRead(data)
        case .lingering: break
        }
    }

    /// The handshake is over: this handler has nothing more to do.
    func leave(_ context: ChannelHandlerContext) {
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch (mode, phase) {
        case (.all, .passing) where isTLSExpected && context.channel.isActive: linger(context, promise)
        case (_, .awaiting), (_, .passing), (_, .lingering): context.close(mode: mode, promise: promise)
        }
    }

    private func linger(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        phase = .lingering
        context.close(mode: .output, promise: nil)
        context.read()
        let channel = context.channel
        context.eventLoop.scheduleTask(in: .nanoseconds(lingerTime.nanosecondsClamped)) {
            channel.pipeline.close(mode: .all, promise: promise)
        }
    }
}
