import NIOCore

/// A client's end of one connection: carries out what `ClientStreams` decides, on the channel's event loop.
final class ClientConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let limits: WireLimits
    private let peer: String
    let eventLoop: any EventLoop

    private var context: ChannelHandlerContext?
    var streams: ClientStreams<ClientCall>
    /// Streaming calls under way, by their streams.
    var streamCalls: [StreamID: ClientStreamCall] = [:]
    /// Streams whose frames wait until the peer takes some of what was written.
    var heldStreams: Set<StreamID> = []
    /// The streams' gates have been told of the peer.
    var isPeerTold = false
    /// A call went out only to learn of the peer.
    var isPeerAsked = false
    private var decoder: FrameDecoder
    private var events: [FrameDecoder.Event] = []
    var outbox = FrameOutbox()
    private var timer = LoopTimer()
    private var patience: ClientPatience
    private var lookout: Lookout
    private var isReading = false
    private var isFlushScheduled = false
    private var isRetired = false
    /// Why the server refused us after our side of the handshake was over.
    private var refusal: HandshakeFault?

    /// The peer has sent a frame, so it speaks our language.
    private(set) var isProven = false
    /// There may be room for calls again.
    var onRoom: () -> Void = {}
    /// The server asks for new calls to go elsewhere.
    var onRetire: () -> Void = {}
    /// The connection is gone; its calls have been answered.
    var onClose: () -> Void = {}

    init(limits: WireLimits, peer: String, eventLoop: any EventLoop) {
        self.limits = limits
        self.peer = peer
        self.eventLoop = eventLoop
        streams = ClientStreams(limits: limits)
        patience = ClientPatience(limits: limits, at: .now)
        lookout = Lookout(nanosecondsMax: limits.lookoutTime.nanosecondsClamped)
        decoder = FrameDecoder(discardByteCountMax: limits.discardByteCountMax)
    }

    // MARK: Calls

    var isOpen: Bool { context != nil && !isRetired }
    var isSpent: Bool { streams.isSpent }
    var hasRoom: Bool {
        isOpen && streams.hasRoom && outbox.bytes.count < limits.outboundHighByteCount
            && (context?.channel.isWritable ?? false)
    }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    /// Sends the call's Request. False when the connection cannot take it; the call is then untouched.
    ///
    /// A probe needs no place: it is to tell a dead server from a busy one.
    func send(_ call: ClientCall, isProbe: Bool = false, at now: MonotonicInstant = .now) -> Bool {
        guard !call.isAnswered else { return true }
        let remaining = call.deadline.remaining(at: now)
        guard remaining > .zero else {
            call.answer(.failure(.deadlineExceeded))
            return true
        }
        var request = RequestEnvelope(
            service: call.service, method: call.method, payload: call.payload,
            timeoutNanoseconds: remaining.nanosecondsClamped, metadata: call.metadata)
        let announces = streams.isUnannounced
        if announces { request.metadata[StreamExtension.metadataKey] = String(limits.streamWindowByteCount) }
        let byteCount = request.byteCount
        guard byteCount <= WireLimits.frameByteCountMax else {
            call.answer(.failure(OversizedMessage(byteCount: byteCount).status))
            return true
        }
        let isFirst = streams.inFlightCount == 0
        guard isProbe ? context != nil : hasRoom,
            case .send(let streamID) = streams.open(
                call, call.shape, needsPlace: !isProbe, deadline: call.deadline.instant)
        else { return false }
        if announces { streams.announced() }
        if isFirst { patience.began(at: now) }
        FrameHeader(
            length: UInt32(byteCount), streamID: streamID, type: .request, flags: call.requestFlags
        ).append(to: &outbox.bytes)
        request.append(to: &outbox.bytes)
        if case .stream(let stream) = call.form { begin(stream, on: streamID) }
        flushSoon()
        armTimer(at: now)
        return true
    }

    /// The caller has left.
    func abandon(_ call: ClientCall) {
        if case .stream(let stream) = call.form, let streamID = stream.streamID { forget(streamID) }
        for streamID in streams.abandon(where: { $0 === call }) {
            StreamExtension.cancel(streamID).append(to: &outbox.bytes)
            flushSoon()
        }
    }

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
        let now = MonotonicInstant.now
        patience.received(at: now)
        lookout.found(at: now)
        let buffer = unwrapInboundIn(data)
        decoder.decode(buffer.readableBytesSpan, into: &events)
        var arrived: [FrameDecoder.Event] = []
        swap(&arrived, &events)
        for event in arrived {
            isProven = true
            switch event {
            case .frame(let frame): receive(frame)
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
        if context.channel.isWritable {
            releaseStreams()
            onRoom()
        }
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
        streamCalls = [:]
        onClose()
        onClose = {}
        onRoom = {}
        onRetire = {}
        context.fireChannelInactive()
    }

    private func receive(_ frame: Frame) {
        let action = streams.receive(frame)
        if !isPeerTold { tellStreams() }
        carryOut(action)
    }

    private func carryOut(_ action: ClientStreams<ClientCall>.Action) {
        switch action {
        case .complete(let call, let outcome): complete(call, outcome)
        case .deliver(let call, let message, let isLast): deliver(message, isLast, to: call)
        case .grant(let call, let byteCount): grant(byteCount, to: call)
        case .retire: onRetire()
        case .ignore: break
        }
    }

    // MARK: Writing and time

    func flushSoon() {
        guard !isReading && !isFlushScheduled else { return }
        isFlushScheduled = true
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute {
            connection.value.isFlushScheduled = false
            connection.value.flush()
            connection.value.onRoom()
        }
    }

    func flush() {
        guard let context, !outbox.isEmpty else { return }
        // No promise: a failed write closes the channel, and no call is sent while the channel is not
        // writable.
        context.writeAndFlush(wrapOutboundOut(outbox.take(context.channel.allocator)), promise: nil)
        if streams.inFlightCount == 1, streamCalls.isEmpty, lookout.begins(at: .now) { lookOut() }
    }

    /// How soon the loop comes round while it looks out. What is put into its queue at once it does before it
    /// looks at its sockets again; of a time so short it does not sleep.
    private static let lookoutSpacing = TimeAmount.microseconds(2)

    /// Keeps the loop from sleeping, turn by turn; it serves its other channels meanwhile.
    private func lookOut() {
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleTask(deadline: NIODeadline.now() + Self.lookoutSpacing) {
            if connection.value.lookout.goesOn(at: .now) { connection.value.lookOut() }
        }
    }

    private func armTimer(at now: MonotonicInstant) {
        guard context != nil else { return }
        switch patience.verdict(isBusy: streams.inFlightCount > 0, at: now) {
        case .close:
            close()
        case .ask:
            ask()
            armTimer(at: now)
        case .wait(let until):
            guard var instant = until ?? streams.nextExpiry else { return }
            if let expiry = streams.nextExpiry { instant = min(instant, expiry) }
            guard !timer.isArmed(by: instant) else { return }
            let connection = NIOLoopBound(self, eventLoop: eventLoop)
            timer.arm(at: instant, on: eventLoop) {
                connection.value.timer.fired()
                connection.value.expire()
            }
        }
    }

    private func expire() {
        let now = MonotonicInstant.now
        for call in streams.expire(at: now) { complete(call, .failure(.deadlineExceeded)) }
        armTimer(at: now)
        onRoom()
        closeIfDone()
    }
}
