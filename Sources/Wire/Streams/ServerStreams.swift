/// The server's side of one connection: which streams run, and what each frame means for them.
///
/// Pure: the caller brings frames and the time, and carries out the action that comes back. What a faulty
/// frame is answered, and with which words, is the reference server's behaviour; `Deviations` lists where we
/// are stricter. Each stream that `receive` started gets exactly one terminal frame, from `finish` or
/// `expire`.
package struct ServerStreams: ~Copyable {
    package enum Action: Sendable {
        /// Start the handler; report its end with `finish`, whatever happened to the stream meanwhile.
        case start(Call)
        /// Stream scope: send this status on that stream. The connection goes on.
        case answer(StreamID, RPCStatus)
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
        /// The handler runs, nothing was sent. Leaves to: answered, gone.
        case running(deadline: MonotonicInstant)
        /// The terminal frame was sent for the handler, which still runs and counts. Leaves to: gone.
        case answered
    }

    private let limits: WireLimits
    private var connection = Connection.serving
    private var streams: [StreamID: Stream] = [:]
    private var last = StreamID(0)
    private var flaws: FlawBudget
    /// At or before the earliest deadline of a running stream.
    private var earliest: MonotonicInstant?

    package init(limits: WireLimits = WireLimits()) {
        self.limits = limits
        flaws = FlawBudget(perMinuteMax: limits.flawPerMinuteCountMax)
    }

    /// Handlers that have not ended, answered or not.
    package var handlerCount: Int { streams.count }

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
        case .data: return data(frame.streamID, at: now)
        case .response, .unrecognized: return .ignore
        }
    }

    /// A frame too long to be kept. A Request opens its stream and is refused on it.
    package mutating func receiveOversized(_ header: FrameHeader, at now: MonotonicInstant) -> Action {
        if case .closed = connection { return .ignore }
        if isRunning(header.streamID) { return .close(.liveStreamReused(header.streamID)) }
        if header.type == .request && header.streamID.isClientInitiated {
            last = max(last, header.streamID)
        }
        return flaw(header.streamID, OversizedMessage(byteCount: Int(header.length)).status, at: now)
    }

    private mutating func request(_ frame: Frame, at now: MonotonicInstant) -> Action {
        let streamID = frame.streamID
        guard streamID > last else {
            if isRunning(streamID) { return .close(.liveStreamReused(streamID)) }
            return flaw(streamID, .invalid("StreamID cannot be re-used and must increment"), at: now)
        }
        last = streamID
        let request: RequestEnvelope
        do {
            request = try RequestEnvelope(frame.data, limits: limits)
        } catch .tooMuchMetadata {
            let text = "\(EnvelopeError.tooMuchMetadata)"
            return flaw(streamID, RPCStatus(code: .resourceExhausted, message: text), at: now)
        } catch {
            return flaw(streamID, .invalid("unmarshal request error: \(error)"), at: now)
        }
        if case .draining = connection { return .answer(streamID, .shuttingDown) }
        if request.timeoutNanoseconds < 0 { return .answer(streamID, .deadlineExceeded) }
        guard streams.count < limits.handlerCountMax else {
            let text = "\(streams.count) calls run on this connection already"
            return .answer(streamID, RPCStatus(code: .resourceExhausted, message: text))
        }
        return .start(start(streamID, request, at: now))
    }

    private mutating func start(
        _ streamID: StreamID, _ request: RequestEnvelope, at now: MonotonicInstant
    ) -> Call {
        let wanted: Duration =
            request.timeoutNanoseconds == 0 ? limits.callTimeMax : .nanoseconds(request.timeoutNanoseconds)
        let deadline = now.advanced(by: min(wanted, limits.callTimeMax))
        streams[streamID] = .running(deadline: deadline)
        if earliest.map({ deadline < $0 }) ?? true { earliest = deadline }
        return Call(streamID: streamID, request: request, deadline: deadline)
    }

    /// No unary stream takes Data. While the call runs they are dropped, as a client may believe the method
    /// streams.
    private mutating func data(_ streamID: StreamID, at now: MonotonicInstant) -> Action {
        if isRunning(streamID) { return .ignore }
        let status = RPCStatus.invalid("StreamID is no longer active")
        // Data for a stream that ended may have been on its way; for one that never was, it is a flaw.
        return streamID <= last ? .answer(streamID, status) : flaw(streamID, status, at: now)
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

    /// Streams whose time is up: answer each with DEADLINE_EXCEEDED and cancel its handler.
    package mutating func expire(at now: MonotonicInstant) -> [StreamID] {
        guard let earliest, earliest <= now else { return [] }
        var expired: [StreamID] = []
        var rest: MonotonicInstant?
        for (streamID, stream) in streams {
            guard case .running(let deadline) = stream else { continue }
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

    /// From now on new calls get UNAVAILABLE.
    package mutating func drain() {
        if case .serving = connection { connection = .draining }
    }

    /// The connection is gone: cancel the handlers, whose answers nobody will hear.
    package mutating func close() {
        connection = .closed
        streams = [:]
        earliest = nil
    }
}
