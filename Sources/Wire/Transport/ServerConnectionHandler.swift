import Logging
import NIOCore

/// A server's end of one connection: carries out what `ServerStreams` decides, on the channel's event loop.
///
/// Handlers start on the event loop, in the order of their requests, and leave it when they first wait for
/// something. Answers are collected and written once a read, or once a turn of the loop.
final class ServerConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// Before the channel is active. Leaves to: open, gone.
        case new
        /// Leaves to: closing, gone.
        case open(ChannelHandlerContext)
        /// Our last byte is on its way; what still arrives is thrown away. Leaves to: gone.
        case closing(ChannelHandlerContext)
        /// Final.
        case gone
    }

    let router: any RequestRouter
    let limits: WireLimits
    let logger: Logger
    let eventLoop: any EventLoop
    private(set) var source: CallSource

    private var phase = Phase.new
    var streams: ServerStreams
    private var decoder: FrameDecoder
    private var patience: ConnectionPatience
    /// What a read brought, how much of it has been worked off, and when it came.
    private var events: [FrameDecoder.Event] = []
    private var eventsDone = 0
    private var readTime = MonotonicInstant(nanoseconds: 0)
    /// Of the last call. Most connections call one method again and again, and looking it up by its names
    /// costs as much as encoding its answer.
    var lastRoute: Route?
    /// The unary call whose handler runs on the event loop just now.
    var callInLane: StreamID?
    /// Of calls whose handler waits for something.
    var tasks: [StreamID: Task<Void, Never>] = [:]
    var streamCalls: [StreamID: ServerStreamCall] = [:]
    /// Streams whose frames wait until the peer takes some of what was written.
    var heldStreams: Set<StreamID> = []
    var outbox = FrameOutbox()
    private var timer = LoopTimer()
    /// Between the first bytes of a read and its end, when answers are only collected.
    private var isReading = false
    private var isFlushScheduled = false
    /// The channel asked to read while the peer was not taking our answers.
    private var isReadWanted = false
    /// The connection is old.
    private var isRetiring = false

    /// Whether the peer takes what we write, so that streams may add to it.
    var isWritable: Bool {
        if case .open(let context) = phase { return context.channel.isWritable }
        return false
    }

    /// Bytes that wait for the peer.
    var waitingByteCount: Int {
        if case .open(let context) = phase { return outbox.progress(of: context.channel).waiting }
        return 0
    }

    init(
        router: any RequestRouter, limits: WireLimits, logger: Logger, peer: String,
        drainSignal: DrainSignal, eventLoop: any EventLoop
    ) {
        self.router = router
        self.limits = limits
        self.logger = logger
        source = CallSource(peer: peer, peerIdentity: nil, drain: drainSignal)
        self.eventLoop = eventLoop
        streams = ServerStreams(limits: limits, tableFactor: .random(in: .min ... .max))
        decoder = FrameDecoder(discardByteCountMax: limits.discardByteCountMax)
        patience = ConnectionPatience(limits: limits, chance: .random(in: 0...1), at: .now)
    }

    private var peer: String { source.peer }

    /// Tells who the peer is, before the first frame of a connection with TLS.
    func identify(_ identity: PeerIdentity) {
        source = CallSource(peer: source.peer, peerIdentity: identity, drain: source.drain)
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { open(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        open(context)
        context.fireChannelActive()
    }

    private func open(_ context: ChannelHandlerContext) {
        guard case .new = phase else { return }
        phase = .open(context)
        // Draining may have begun before the connection did.
        if streams.isDrained { return closeGracefully() }
        check()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .open = phase else { return }
        isReading = true
        readTime = .now
        let buffer = unwrapInboundIn(data)
        decoder.decode(buffer.readableBytesSpan, into: &events)
        patience.received(frameCount: events.count, isWithinFrame: decoder.isWithinFrame, at: readTime)
        while eventsDone < events.count { runLane() }
        events.removeAll(keepingCapacity: true)
        eventsDone = 0
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        write()
        // Notes the progress, too.
        if case .open = phase { check() }
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if case .open = phase, !context.channel.isWritable {
            isReadWanted = true
        } else {
            context.read()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        noteProgress()
        if context.channel.isWritable {
            if isReadWanted {
                isReadWanted = false
                context.read()
            }
            releaseStreams()
        }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("connection failed", metadata: ["peer": "\(peer)", "error": "\(error)"])
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        abandonCalls()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { abandonCalls() }

    private func abandonCalls() {
        phase = .gone
        timer.cancel()
        streams.close()
        for task in tasks.values { task.cancel() }
        tasks = [:]
        for call in streamCalls.values { call.end(.callerLeft) }
        streamCalls = [:]
        heldStreams = []
    }

    // MARK: Frames

    /// Works off what a read brought, in one task as long as handlers do not wait.
    ///
    /// A task costs as much as decoding and encoding, so unary calls whose handlers answer at once share one.
    /// A handler that waits keeps the task for itself, and what follows goes to the next.
    private func runLane() {
        let loop = eventLoop
        // Touched on the event loop only: the task begins there and looks where it is after each handler.
        nonisolated(unsafe) let connection = self
        let task = Task.immediate {
            while let call = connection.nextCall() {
                let outcome = await call.outcome()
                guard loop.inEventLoop else {
                    loop.execute { connection.ended(call.streamID, outcome) }
                    return
                }
                connection.ended(call.streamID, outcome)
            }
        }
        guard let waiting = callInLane else { return }
        callInLane = nil
        if streams.isTracked(waiting) { tasks[waiting] = task } else { task.cancel() }
    }

    /// Carries out what has arrived up to the next unary call.
    private func nextCall() -> UnaryCall? {
        while eventsDone < events.count {
            let event = events[eventsDone]
            eventsDone += 1
            guard case .open = phase, let call = receive(event) else { continue }
            callInLane = call.streamID
            return call
        }
        return nil
    }

    private func receive(_ event: consuming FrameDecoder.Event) -> UnaryCall? {
        switch consume event {
        case .frame(let frame): return carryOut(streams.receive(frame, at: readTime))
        case .oversized(let header): return carryOut(streams.receiveOversized(header, at: readTime))
        case .beyondRepair(let header):
            close(.oversizedBeyondRepair(byteCount: header.length))
            return nil
        }
    }

    private func carryOut(_ action: consuming ServerStreams.Action) -> UnaryCall? {
        if streams.takeHello() {
            StreamExtension.hello(window: limits.streamWindowByteCount).append(to: &outbox.bytes)
            if isRetiring { StreamExtension.goAway.append(to: &outbox.bytes) }
        }
        switch consume action {
        case .start(let call): return start(call)
        case .deliver(let streamID, let message, let isLast): deliver(message, isLast, to: streamID)
        case .grant(let streamID, let byteCount): streamCalls[streamID]?.grant(byteCount)
        case .answer(let streamID, let status): send(ResponseEnvelope(.failure(status)), on: streamID)
        case .end(let streamID, let status): end(streamID, status)
        case .ignore: break
        case .close(let fault): close(fault)
        }
        return nil
    }

    // MARK: Writing

    func send(_ response: ResponseEnvelope, on streamID: StreamID) {
        guard case .open = phase else { return }
        response.appendFrame(streamID: streamID, to: &outbox.bytes)
        flushSoon()
    }

    func send(_ frame: Frame) {
        guard case .open = phase else { return }
        frame.append(to: &outbox.bytes)
        flushSoon()
    }

    /// Writes what is collected at the end of the read, or of this turn of the loop.
    func flushSoon() {
        patience.answered(at: isReading ? readTime : .now)
        guard !isReading && !isFlushScheduled else { return }
        isFlushScheduled = true
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute {
            connection.value.isFlushScheduled = false
            connection.value.flush()
        }
    }

    func flush() {
        if write() { noteProgress() }
    }

    /// False when there was nothing to write.
    @discardableResult
    private func write() -> Bool {
        guard case .open(let context) = phase, !outbox.isEmpty else { return false }
        // No promise: a failed write closes the channel, and `progress` counts what waits.
        context.writeAndFlush(wrapOutboundOut(outbox.take(context.channel.allocator)), promise: nil)
        return true
    }

    private func noteProgress() {
        guard case .open(let context) = phase else { return }
        let (taken, waiting) = outbox.progress(of: context.channel)
        patience.sent(takenByteCount: taken, waitingByteCount: waiting, at: .now)
    }

    // MARK: Time

    /// Does what is due now and sets the timer for what comes next.
    private func check() {
        guard case .open = phase else { return }
        let now = MonotonicInstant.now
        for streamID in streams.expire(at: now) {
            end(streamID, .deadlineExceeded)
        }
        noteProgress()
        switch patience.verdict(isBusy: streams.handlerCount > 0, at: now) {
        case .close(let fault):
            close(fault)
        case .retire:
            retire()
            check()
        case .drain:
            drain()
            check()
        case .wait(let until):
            let next = min(until, streams.nextExpiry ?? until)
            guard !timer.isArmed(by: next) else { return }
            let connection = NIOLoopBound(self, eventLoop: eventLoop)
            timer.arm(at: next, on: eventLoop) {
                connection.value.timer.fired()
                connection.value.check()
            }
        }
    }

    // MARK: Closing

    /// A client that can be told to use another connection ends this one when it has its answers. From one
    /// that cannot, a call may be on its way when we end it between two calls: that is the price of age.
    private func retire() {
        isRetiring = true
        if streams.peerWindow != nil { send(StreamExtension.goAway) }
        closeIfDone()
    }

    /// New calls are refused; the connection ends when the running ones have.
    func drain() {
        streams.drain()
        if !isRetiring, streams.peerWindow != nil { send(StreamExtension.goAway) }
        closeIfDone()
    }

    func closeIfDone() {
        // A client whose first Request is on its way may yet say that it can be told.
        let isIdle = streams.hasBegun && streams.handlerCount == 0
        if streams.isDrained || (isRetiring && isIdle && streams.peerWindow == nil) { closeGracefully() }
    }

    private func close(_ fault: ConnectionFault) {
        logger.info("connection closed", metadata: ["peer": "\(peer)", "reason": "\(fault)"])
        switch fault {
        case .stalled:
            if case .open(let context) = phase { context.close(promise: nil) }
        case .liveStreamReused, .oversizedBeyondRepair, .tooManyFlaws, .firstFrameLate, .frameLate, .idle:
            closeGracefully()
        }
    }

    /// Sends what is collected, ends our side, and leaves the peer a moment to read it: closing at once, with
    /// bytes of the peer unread, would reset the connection and lose our last answer.
    func closeGracefully() {
        guard case .open(let context) = phase else { return }
        flush()
        phase = .closing(context)
        timer.cancel()
        for task in tasks.values { task.cancel() }
        for call in streamCalls.values { call.end(.callerLeft) }
        let ended = eventLoop.makePromise(of: Void.self)
        context.close(mode: .output, promise: ended)
        isReadWanted = false
        context.read()
        linger(after: ended.futureResult, on: context.channel)
    }

    /// The moment begins when our last byte has been taken; a peer that takes none gets the time of any
    /// stalled one.
    private func linger(after ended: EventLoopFuture<Void>, on channel: any Channel) {
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        let (limits, eventLoop) = (limits, eventLoop)
        timer.arm(at: MonotonicInstant.now.advanced(by: limits.stallTime), on: eventLoop) {
            channel.close(promise: nil)
        }
        ended.whenComplete { _ in
            guard case .closing = connection.value.phase else { return }
            connection.value.timer.cancel()
            connection.value.timer.arm(
                at: MonotonicInstant.now.advanced(by: limits.lingerTime), on: eventLoop
            ) { channel.close(promise: nil) }
        }
    }
}
