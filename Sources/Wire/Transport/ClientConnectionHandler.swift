import NIOCore

/// A client's end of one connection: carries out what `ClientStreams` decides, on the channel's event loop.
final class ClientConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let limits: WireLimits
    private let peer: String
    private let eventLoop: any EventLoop

    private var context: ChannelHandlerContext?
    private var streams: ClientStreams<ClientCall>
    private var decoder: FrameDecoder
    private var events: [FrameDecoder.Event] = []
    private var outbox = FrameOutbox()
    private var timer = LoopTimer()
    private var isReading = false
    private var isFlushScheduled = false
    private var isRetired = false
    /// Why the server refused us after our side of the handshake was over.
    private var refusal: HandshakeFault?

    /// The peer has sent a frame, so it speaks our language.
    private(set) var isProven = false
    /// There may be room for calls again.
    var onRoom: () -> Void = {}
    /// The connection is gone; its calls have been answered.
    var onClose: () -> Void = {}

    init(limits: WireLimits, peer: String, eventLoop: any EventLoop) {
        self.limits = limits
        self.peer = peer
        self.eventLoop = eventLoop
        streams = ClientStreams(limits: limits)
        decoder = FrameDecoder(discardByteCountMax: limits.discardByteCountMax)
    }

    // MARK: Calls

    var isOpen: Bool { context != nil && !isRetired }
    var isSpent: Bool { streams.isSpent }
    var hasRoom: Bool { isOpen && streams.hasRoom && (context?.channel.isWritable ?? false) }

    /// Sends the call's Request. False when the connection cannot take it; the call is then untouched.
    func send(_ call: ClientCall) -> Bool {
        guard !call.isAnswered else { return true }
        let now = MonotonicInstant.now
        let remaining = call.deadline.remaining(at: now)
        guard remaining > .zero else {
            call.answer(.failure(.deadlineExceeded))
            return true
        }
        let request = RequestEnvelope(
            service: call.service, method: call.method, payload: call.payload,
            timeoutNanoseconds: remaining.nanosecondsClamped, metadata: call.metadata)
        let byteCount = request.byteCount
        guard byteCount <= WireLimits.frameByteCountMax else {
            call.answer(.failure(OversizedMessage(byteCount: byteCount).status))
            return true
        }
        guard hasRoom, case .send(let streamID) = streams.open(call, deadline: call.deadline.instant) else {
            return false
        }
        FrameHeader(length: UInt32(byteCount), streamID: streamID, type: .request).append(to: &outbox.bytes)
        request.append(to: &outbox.bytes)
        flushSoon()
        armTimer()
        return true
    }

    /// The caller has left.
    func abandon(_ call: ClientCall) { streams.abandon { $0 === call } }

    /// No more calls; closes when the last answer is there.
    func retire() {
        isRetired = true
        closeIfDone()
    }

    func close() { context?.close(promise: nil) }

    private func closeIfDone() {
        if isRetired && streams.inFlightCount == 0 { close() }
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReading = true
        let buffer = unwrapInboundIn(data)
        decoder.decode(buffer.readableBytesSpan, into: &events)
        var arrived: [FrameDecoder.Event] = []
        swap(&arrived, &events)
        for event in arrived {
            isProven = true
            switch event {
            case .frame(let frame): carryOut(streams.receive(frame))
            case .oversized(let header): carryOut(streams.receiveOversized(header))
            case .beyondRepair: context.close(promise: nil)
            }
        }
        arrived.removeAll(keepingCapacity: true)
        swap(&arrived, &events)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        onRoom()
        flush()
        closeIfDone()
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { onRoom() }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !isProven { refusal = error as? HandshakeFault }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        timer.cancel()
        let reason =
            refusal.map { "\(peer): \($0)" }
            ?? "the connection to \(peer) was lost; the call may have been carried out"
        for call in streams.close() { call.fail(.unavailable, reason) }
        onClose()
        onClose = {}
        onRoom = {}
        context.fireChannelInactive()
    }

    private func carryOut(_ action: ClientStreams<ClientCall>.Action) {
        switch action {
        case .complete(let call, let outcome): call.answer(outcome)
        case .ignore: break
        }
    }

    // MARK: Writing and time

    private func flushSoon() {
        guard !isReading && !isFlushScheduled else { return }
        isFlushScheduled = true
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute {
            connection.value.isFlushScheduled = false
            connection.value.flush()
        }
    }

    private func flush() {
        guard let context, !outbox.isEmpty else { return }
        // No promise: a failed write closes the channel, and no call is sent while the channel is not
        // writable.
        context.writeAndFlush(wrapOutboundOut(outbox.take(context.channel.allocator)), promise: nil)
    }

    private func armTimer() {
        guard context != nil, let instant = streams.nextExpiry else { return }
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        timer.arm(at: instant, on: eventLoop) {
            connection.value.timer.fired()
            connection.value.expire()
        }
    }

    private func expire() {
        for call in streams.expire(at: .now) { call.answer(.failure(.deadlineExceeded)) }
        armTimer()
        onRoom()
        closeIfDone()
    }
}
