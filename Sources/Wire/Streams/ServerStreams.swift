/// The server's side of one connection: which streams run, and what each frame means for them.
///
/// Pure: the caller brings frames and the time, and carries out the action that comes back. What a faulty
/// frame is answered, and with which words, is the reference server's behaviour; `Deviations` lists where we
/// are stricter. Each stream that `receive` started gets exactly one terminal frame: with `finish`, `end` or
/// `expire`.
package struct ServerStreams: ~Copyable {
    package enum Action: Sendable {
        /// Find the method, say with `beginStream` if it streams, and start its handler. Report the handler's
        /// end with `finish`, whatever happened to the stream meanwhile.
        case start(Call)
        /// Hand the message to the stream's handler, and then the end if it is the last.
        case deliver(StreamID, message: [UInt8]?, isLast: Bool)
        /// The peer has room for so many more bytes of that stream.
        case grant(StreamID, byteCount: Int)
        /// Stream scope: send this status on that stream. The connection goes on.
        case answer(StreamID, RPCStatus)
        /// Stream scope: send this status as the stream's last frame, and cancel its handler.
        case end(StreamID, RPCStatus)
        /// Harmless noise.
        case ignore
        /// Connection scope: send what is queued and close.
        case close(ConnectionFault)
    }

    package struct Call: Sendable {
        package let streamID: StreamID
        package let request: RequestEnvelope
        /// When `expire` will answer for the handler.
        package let deadline: MonotonicInstant
        /// The flags of its Request.
        fileprivate let flags: FrameFlags

        /// A first message of a stream of requests came with the Request. Peers differ in how they begin: an
        /// empty payload that is there is a message, one that is not there is none, unless nothing else is to
        /// come.
        package var hasMessage: Bool {
            if flags.contains(.noData) { return false }
            return request.hasPayload || isLast
        }

        /// The caller sends no further messages.
        package var isLast: Bool { !flags.contains(.remoteOpen) }
    }

    private enum Connection {
        /// Leaves to: draining, closed.
        case serving
        /// Running calls go on, new ones are refused. Leaves to: closed.
        case draining
        /// Nothing is sent any more. Final.
        case closed
    }

    private enum Stream {
        /// The handler runs, no terminal frame was sent. Leaves to: answered, gone.
        case running(deadline: MonotonicInstant, requests: Requests)
        /// The terminal frame was sent for the handler, which still runs and counts. Leaves to: gone.
        case answered
    }

    private enum Requests {
        /// The method takes one, which it has. Data frames are dropped: the client may believe it streams.
        case one
        /// More may come. Leaves to: ended.
        case open
        /// The caller said that there are no more. Final.
        case ended
    }

    private let limits: WireLimits
    private var connection = Connection.serving
    private var streams: StreamTable<Stream>
    private var last = StreamID(0)
    private var flaws: FlawBudget
    private var handshake = ExtensionHandshake()
    /// At or before the earliest deadline of a running stream.
    private var earliest: MonotonicInstant?

    /// - Parameter tableFactor: drawn by chance in a server, lest a peer choose numbers that are slow to
    ///   find.
    package init(limits: WireLimits = WireLimits(), tableFactor: UInt32? = nil) {
        self.limits = limits
        streams = tableFactor.map { StreamTable(factor: $0) } ?? StreamTable()
        flaws = FlawBudget(perMinuteMax: limits.flawPerMinuteCountMax)
    }

    /// Handlers that have not ended, answered or not.
    package var handlerCount: Int { streams.count }

    /// The client's receive window for each stream; nil when it did not announce itself.
    package var peerWindow: Int? { handshake.peerWindow }

    /// True once, when a Hello is due: to be sent before anything else.
    package mutating func takeHello() -> Bool { handshake.takeHello() }

    /// The client has sent a Request.
    package var hasBegun: Bool { last.number > 0 }

    package func isTracked(_ streamID: StreamID) -> Bool { streams[streamID] != nil }

    /// When to call `expire`; may be earlier than any deadline, never later.
    package var nextExpiry: MonotonicInstant? { earliest }

    /// Draining is over: nothing runs any more.
    package var isDrained: Bool {
        switch connection {
        case .serving: false
        case .draining, .closed: streams.isEmpty
        }
    }

    // MARK: Frames

    package mutating func receive(_ frame: Frame, at now: MonotonicInstant) -> Action {
        if case .closed = connection { return .ignore }
        guard frame.streamID.isClientInitiated else { return evenID(frame.streamID, at: now) }
        switch frame.type {
        case .request: return request(frame, at: now)
        case .data: return data(frame, at: now)
        case .credit: return credit(frame)
        case .cancel: return cancel(frame.streamID)
        case .response, .hello, .goAway, .unrecognized: return .ignore
        }
    }

    /// A frame too long to be kept. A Request opens its stream and is refused on it.
    package mutating func receiveOversized(_ header: FrameHeader, at now: MonotonicInstant) -> Action {
        if case .closed = connection { return .ignore }
        let status = OversizedMessage(byteCount: Int(header.length)).status
        if case .running(_, let requests) = streams[header.streamID] {
            if header.type == .request { return .close(.liveStreamReused(header.streamID)) }
            guard header.type == .data, case .open = requests else { return .ignore }
            return end(header.streamID, status)
        }
        if header.type == .request && header.streamID.isClientInitiated {
            last = max(last, header.streamID)
        }
        return flaw(header.streamID, status, at: now)
    }

    private mutating func request(_ frame: Frame, at now: MonotonicInstant) -> Action {
        let streamID = frame.streamID
        guard streamID > last else {
            if isRunning(streamID) { return .close(.liveStreamReused(streamID)) }
            return flaw(streamID, .invalid("StreamID cannot be re-used and must increment"), at: now)
        }
        last = streamID
        var request: RequestEnvelope
        do {
            request = try RequestEnvelope(frame.data, limits: limits)
        } catch .tooMuchMetadata {
            let text = "\(EnvelopeError.tooMuchMetadata)"
            return flaw(streamID, RPCStatus(code: .resourceExhausted, message: text), at: now)
        } catch {
            return flaw(streamID, .invalid("unmarshal request error: \(error)"), at: now)
        }
        handshake.read(&request.metadata)
        if case .draining = connection { return .answer(streamID, .shuttingDown) }
        if request.timeoutNanoseconds < 0 { return .answer(streamID, .deadlineExceeded) }
        guard streams.count < limits.handlerCountMax else {
            let text = "\(streams.count) calls run on this connection already"
            return .answer(streamID, RPCStatus(code: .resourceExhausted, message: text))
        }
        return .start(start(frame, consume request, at: now))
    }

    private mutating func start(
        _ frame: Frame, _ request: consuming RequestEnvelope, at now: MonotonicInstant
    ) -> Call {
        let deadline = now.advanced(by: Self.time(request, atMost: limits.callTimeMax))
        run(frame.streamID, until: deadline, .one)
        return Call(streamID: frame.streamID, request: request, deadline: deadline, flags: frame.flags)
    }

    /// The call's method streams, which gives it another longest time. Returns its deadline.
    package mutating func beginStream(
        _ call: Call, _ shape: MethodShape, at now: MonotonicInstant
    ) -> MonotonicInstant {
        let deadline = now.advanced(by: Self.time(call.request, atMost: limits.streamTimeMax))
        run(call.streamID, until: deadline, shape.streamsRequests ? (call.isLast ? .ended : .open) : .one)
        return deadline
    }

    private static func time(_ request: RequestEnvelope, atMost max: Duration) -> Duration {
        request.timeoutNanoseconds == 0 ? max : min(.nanoseconds(request.timeoutNanoseconds), max)
    }

    private mutating func run(_ streamID: StreamID, until deadline: MonotonicInstant, _ requests: Requests) {
        streams[streamID] = .running(deadline: deadline, requests: requests)
        if earliest.map({ deadline < $0 }) ?? true { earliest = deadline }
    }

    private mutating func data(_ frame: Frame, at now: MonotonicInstant) -> Action {
        let streamID = frame.streamID
        switch streams[streamID] {
        case .running(_, .one): return .ignore
        case .running(let deadline, .open): return message(frame, deadline)
        case .running(_, .ended):
            return end(streamID, .invalid("data handling error: ttrpc: stream closed"))
        case .answered, nil:
            let status = RPCStatus.invalid("StreamID is no longer active")
            // Data for a stream that ended may have been on its way; for one that never was, it is a flaw.
            return streamID <= last ? .answer(streamID, status) : flaw(streamID, status, at: now)
        }
    }

    /// A Data frame of a stream of requests: a message, the end, or both in one.
    private mutating func message(_ frame: Frame, _ deadline: MonotonicInstant) -> Action {
        let isLast = frame.flags.contains(.remoteClosed)
        let message = frame.flags.contains(.noData) ? nil : Array(frame.data)
        if isLast { streams[frame.streamID] = .running(deadline: deadline, requests: .ended) }
        return isLast || message != nil
            ? .deliver(frame.streamID, message: message, isLast: isLast) : .ignore
    }

    // MARK: The extension

    private func credit(_ frame: Frame) -> Action {
        guard peerWindow != nil, isRunning(frame.streamID),
            let byteCount = StreamExtension.byteCount(in: frame.data)
        else { return .ignore }
        return .grant(frame.streamID, byteCount: byteCount)
    }

    private mutating func cancel(_ streamID: StreamID) -> Action {
        peerWindow != nil && isRunning(streamID) ? end(streamID, .cancelled) : .ignore
    }

    // MARK: Ends

    /// Ends a running stream for its handler, which still counts. `.ignore` when it had its terminal frame.
    package mutating func fail(_ streamID: StreamID, _ status: RPCStatus) -> Action {
        isRunning(streamID) ? end(streamID, status) : .ignore
    }

    private mutating func end(_ streamID: StreamID, _ status: RPCStatus) -> Action {
        streams[streamID] = .answered
        return .end(streamID, status)
    }

    private mutating func evenID(_ streamID: StreamID, at now: MonotonicInstant) -> Action {
        flaw(streamID, .invalid("StreamID must be odd for client initiated streams"), at: now)
    }

    private mutating func flaw(
        _ streamID: StreamID, _ status: RPCStatus, at now: MonotonicInstant
    ) -> Action {
        flaws.spend(at: now) ? .answer(streamID, status) : .close(.tooManyFlaws)
    }

    private func isRunning(_ streamID: StreamID) -> Bool {
        if case .running = streams[streamID] { return true }
        return false
    }

    // MARK: Handlers

    /// The handler ended. Returns what to send, or nil when the stream was answered for it.
    package mutating func finish(
        _ streamID: StreamID, _ outcome: Result<[UInt8], RPCStatus>
    ) -> ResponseEnvelope? {
        switch streams.removeValue(forKey: streamID) {
        case .running: ResponseEnvelope(outcome.mapError { $0.sendable(limits) })
        case .answered, nil: nil
        }
    }

    /// The handler of a method that streams responses has sent them all. Whether to end them with a Data
    /// frame; false when the stream was ended for it.
    package mutating func finishResponses(_ streamID: StreamID) -> Bool {
        switch streams.removeValue(forKey: streamID) {
        case .running: true
        case .answered, nil: false
        }
    }

    /// Streams whose time is up: answer each with DEADLINE_EXCEEDED and cancel its handler.
    package mutating func expire(at now: MonotonicInstant) -> [StreamID] {
        guard let earliest, earliest <= now else { return [] }
        var expired: [StreamID] = []
        var rest: MonotonicInstant?
        for (streamID, stream) in streams {
            guard case .running(let deadline, _) = stream else { continue }
            if deadline <= now {
                expired.append(streamID)
            } else if rest.map({ deadline < $0 }) ?? true {
                rest = deadline
            }
        }
        for streamID in expired { streams[streamID] = .answered }
        self.earliest = rest
        return expired.sorted()
    }

    // MARK: End

    /// From now on new calls get UNAVAILABLE. A client that knows our extension is to be told with GoAway.
    package mutating func drain() {
        if case .serving = connection { connection = .draining }
    }

    /// The connection is gone: cancel the handlers, whose answers nobody will hear.
    package mutating func close() {
        connection = .closed
        streams.removeAll()
        earliest = nil
    }
}
