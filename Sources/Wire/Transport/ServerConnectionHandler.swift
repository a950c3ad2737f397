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

    private let router: any RequestRouter
    private let limits: WireLimits
    private let logger: Logger
    private let peer: String
    private let eventLoop: any EventLoop
    /// Set before the first frame of a connection with TLS.
    var peerIdentity: PeerIdentity?

    private var phase = Phase.new
    private var streams: ServerStreams
    private var decoder: FrameDecoder
    private var patience: ConnectionPatience
    private var events: [FrameDecoder.Event] = []
    private var tasks: [StreamID: Task<Void, Never>] = [:]
    private var outbox = FrameOutbox()
    private var timer = LoopTimer()
    /// Between the first bytes of a read and its end, when answers are only collected.
    private var isReading = false
    private var isFlushScheduled = false
    /// The channel asked to read while the peer was not taking our answers.
    private var isReadWanted = false

    init(
        router: any RequestRouter, limits: WireLimits, logger: Logger, peer: String, eventLoop: any EventLoop
    ) {
        self.router = router
        self.limits = limits
        self.logger = logger
        self.peer = peer
        self.eventLoop = eventLoop
        streams = ServerStreams(limits: limits)
        decoder = FrameDecoder(discardByteCountMax: limits.discardByteCountMax)
        patience = ConnectionPatience(limits: limits, at: .now)
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
        check()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .open = phase else { return }
        isReading = true
        let now = MonotonicInstant.now
        let buffer = unwrapInboundIn(data)
        decoder.decode(buffer.readableBytesSpan, into: &events)
        var arrived: [FrameDecoder.Event] = []
        swap(&arrived, &events)
        patience.received(frameCount: arrived.count, isWithinFrame: decoder.isWithinFrame, at: now)
        for event in arrived { receive(event, at: now) }
        // Give the memory back for the next read.
        arrived.removeAll(keepingCapacity: true)
        swap(&arrived, &events)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        flush()
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
        if isReadWanted && context.channel.isWritable {
            isReadWanted = false
            context.read()
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
    }

    // MARK: Frames

    private func receive(_ event: FrameDecoder.Event, at now: MonotonicInstant) {
        guard case .open = phase else { return }
        switch event {
        case .frame(let frame): carryOut(streams.receive(frame, at: now))
        case .oversized(let header): carryOut(streams.receiveOversized(header, at: now))
        case .beyondRepair(let header): close(.oversizedBeyondRepair(byteCount: header.length))
        }
    }

    private func carryOut(_ action: ServerStreams.Action) {
        switch action {
        case .start(let call): start(call)
        case .answer(let streamID, let status): send(ResponseEnvelope(.failure(status)), on: streamID)
        case .ignore: break
        case .close(let fault): close(fault)
        }
    }

    private func start(_ call: ServerStreams.Call) {
        let streamID = call.streamID
        let request = call.request
        let handler: UnaryHandler
        do {
            handler = try router.route(service: request.service, method: request.method)
        } catch {
            return ended(streamID, .failure(error))
        }
        let context = CallContext(
            service: request.service, method: request.method, metadata: request.metadata,
            deadline: Deadline(call.deadline), peer: peer, peerIdentity: peerIdentity)
        let payload = request.payload
        let loop = eventLoop
        let connection = NIOLoopBound(self, eventLoop: loop)
        let task = Task.immediate {
            let outcome: Result<[UInt8], RPCStatus>
            do throws(RPCStatus) {
                outcome = .success(try await handler(payload, context))
            } catch {
                outcome = .failure(error)
            }
            if loop.inEventLoop {
                connection.value.ended(streamID, outcome)
            } else {
                loop.execute { connection.value.ended(streamID, outcome) }
            }
        }
        if streams.isTracked(streamID) { tasks[streamID] = task }
    }

    private func ended(_ streamID: StreamID, _ outcome: Result<[UInt8], RPCStatus>) {
        tasks[streamID] = nil
        if let response = streams.finish(streamID, outcome) {
            send(fitting(response), on: streamID)
        }
        if streams.isDrained { closeGracefully() }
    }

    /// The response, or RESOURCE_EXHAUSTED when too much waits for the peer already.
    private func fitting(_ response: ResponseEnvelope) -> ResponseEnvelope {
        let size = response.byteCount
        guard size > Self.alwaysSentByteCount, case .open(let context) = phase else { return response }
        let waiting = outbox.progress(of: context.channel).waiting
        guard waiting + size > limits.outboundByteCountMax else { return response }
        let text = "\(waiting) bytes of earlier answers wait to be read; read them, then repeat the call"
        return ResponseEnvelope(.failure(RPCStatus(code: .resourceExhausted, message: text)))
    }

    /// Answers this small cost less than the bookkeeping of refusing them.
    private static let alwaysSentByteCount = 16 << 10

    // MARK: Writing

    private func send(_ response: ResponseEnvelope, on streamID: StreamID) {
        guard case .open = phase else { return }
        response.appendFrame(streamID: streamID, to: &outbox.bytes)
        patience.answered(at: .now)
        guard !isReading && !isFlushScheduled else { return }
        isFlushScheduled = true
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute {
            connection.value.isFlushScheduled = false
            connection.value.flush()
        }
    }

    private func flush() {
        guard case .open(let context) = phase, !outbox.isEmpty else { return }
        // No promise: a failed write closes the channel, and `progress` counts what waits.
        context.writeAndFlush(wrapOutboundOut(outbox.take(context.channel.allocator)), promise: nil)
        noteProgress()
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
            send(ResponseEnvelope(.failure(.deadlineExceeded)), on: streamID)
            tasks[streamID]?.cancel()
        }
        noteProgress()
        switch patience.verdict(isBusy: streams.handlerCount > 0, at: now) {
        case .close(let fault):
            close(fault)
        case .wait(let until):
            let connection = NIOLoopBound(self, eventLoop: eventLoop)
            timer.arm(at: min(until, streams.nextExpiry ?? until), on: eventLoop) {
                connection.value.timer.fired()
                connection.value.check()
            }
        }
    }

    // MARK: Closing

    /// New calls are refused; the connection ends when the running ones have.
    func drain() {
        streams.drain()
        if streams.isDrained { closeGracefully() }
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
    private func closeGracefully() {
        guard case .open(let context) = phase else { return }
        flush()
        phase = .closing(context)
        timer.cancel()
        for task in tasks.values { task.cancel() }
        context.close(mode: .output, promise: nil)
        isReadWanted = false
        context.read()
        let channel = context.channel
        timer.arm(at: MonotonicInstant.now.advanced(by: limits.lingerTime), on: eventLoop) {
            channel.close(promise: nil)
        }
    }
}
