import Wire

extension FuzzTarget {
    private static let streamsDictionary: [[UInt8]] = [
        // Each is a step: see StreamsStory.
        [0, 1], [0, 2], [0, 0], [1, 0], [2, 0], [3, 40], [3, 255], [4, 0], [5, 1], [6, 1, 0xF8], [7, 2],
        [8, 0x20, 0x01], [8, 0xFF],
    ]

    /// Whatever frames come and whenever handlers end, each stream that began gets exactly one terminal
    /// frame, no more handlers run than allowed, and none is forgotten.
    static let serverStreams = FuzzTarget(
        name: "server-streams",
        seeds: {
            [
                [0, 1, 0, 1, 1, 0, 2, 0], [0, 1, 3, 255, 1, 0, 0, 0, 4, 0, 0, 1],
                [0, 1, 5, 0, 0, 1, 6, 3, 0, 7, 2, 0, 1, 2, 0, 2, 1],
            ]
        },
        dictionary: streamsDictionary,
        run: { input in
            let story = StreamsStory()
            var bytes = input[...]
            while story.isOpen, let step = bytes.popFirst() {
                try story.step(step, bytes.popFirst() ?? 0)
            }
            return try story.end()
        })
}

/// One connection's life out of pairs of bytes, with an account of what must hold.
private final class StreamsStory {
    private var streams: ServerStreams
    private let limits: WireLimits
    private var now = MonotonicInstant(nanoseconds: 1)
    private var nextID: UInt32 = 1
    /// Streams that began, with their terminal frames so far.
    private var terminalCounts: [StreamID: Int] = [:]
    /// Handlers that have not ended, in the order of their start.
    private var handlers: [StreamID] = []
    private var expiredCount = 0
    private var answerCount = 0
    private(set) var isOpen = true

    init() {
        var limits = WireLimits()
        limits.handlerCountMax = 4
        limits.flawPerMinuteCountMax = 6
        self.limits = limits
        streams = ServerStreams(limits: limits)
    }

    func step(_ kind: UInt8, _ argument: UInt8) throws {
        switch kind % 9 {
        case 0: try request(StreamID(nextID), timeoutMilliseconds: Int64(argument))
        case 1: try finish(argument, .success([argument]))
        case 2: try finish(argument, .failure(RPCStatus(code: .notFound, message: "none")))
        case 3: try pass(.milliseconds(Int(argument) * Int(argument)))
        case 4: if argument % 16 == 15 { streams.drain() } else { try pass(.zero) }
        case 5: try request(StreamID(UInt32(argument)), timeoutMilliseconds: Int64(argument) - 5)
        case 6:
            let type = FrameType(argument % 5)
            try frame(Frame(streamID: StreamID(UInt32(argument) / 5), type: type, data: [0x0A]))
        case 7:
            let header = FrameHeader(
                length: UInt32.max - UInt32(argument), streamID: StreamID(UInt32(argument)),
                type: FrameType(1 + argument % 3))
            try take(streams.receiveOversized(header, at: now), on: header.streamID)
        default:
            try frame(
                Frame(
                    streamID: StreamID(nextID), type: .request, flags: FrameFlags(rawValue: argument),
                    data: [argument, 1, argument]))
        }
        try check()
    }

    private func request(_ streamID: StreamID, timeoutMilliseconds: Int64) throws {
        var data: [UInt8] = []
        RequestEnvelope(service: "a", method: "b", timeoutNanoseconds: timeoutMilliseconds * 1_000_000)
            .append(to: &data)
        try frame(Frame(streamID: streamID, type: .request, data: data))
    }

    private func frame(_ frame: Frame) throws {
        if frame.type == .request { nextID = max(nextID, frame.streamID.number &+ 2 | 1) }
        try take(streams.receive(frame, at: now), on: frame.streamID)
    }

    private func take(_ action: ServerStreams.Action, on streamID: StreamID) throws {
        switch action {
        case .start(let call):
            try BrokenPromise.unless(call.streamID == streamID, "another stream was started")
            try BrokenPromise.unless(terminalCounts[streamID] == nil, "stream \(streamID) began twice")
            try BrokenPromise.unless(call.deadline >= now, "a deadline that has passed")
            terminalCounts[streamID] = 0
            handlers.append(streamID)
        case .answer(let answered, _):
            answerCount += 1
            try BrokenPromise.unless(answered == streamID, "another stream was answered")
            try BrokenPromise.unless(
                terminalCounts[streamID] != 0, "stream \(streamID) was answered beside its handler")
        case .ignore: break
        case .close: isOpen = false
        }
    }

    private func finish(_ index: UInt8, _ outcome: Result<[UInt8], RPCStatus>) throws {
        guard !handlers.isEmpty else { return }
        let streamID = handlers.remove(at: Int(index) % handlers.count)
        if streams.finish(streamID, outcome) != nil { try terminate(streamID) }
        try BrokenPromise.unless(streams.finish(streamID, outcome) == nil, "a handler ended twice")
    }

    private func pass(_ time: Duration) throws {
        now = now.advanced(by: time)
        for streamID in streams.expire(at: now) {
            expiredCount += 1
            try terminate(streamID)
        }
        try BrokenPromise.unless(streams.nextExpiry.map { $0 > now } ?? true, "a deadline was passed over")
    }

    private func terminate(_ streamID: StreamID) throws {
        terminalCounts[streamID, default: 1] += 1
        try BrokenPromise.unless(
            terminalCounts[streamID] == 1, "stream \(streamID) ended \(terminalCounts[streamID] ?? 0) times")
    }

    private func check() throws {
        try BrokenPromise.unless(streams.handlerCount == handlers.count, "handlers are miscounted")
        try BrokenPromise.unless(handlers.count <= limits.handlerCountMax, "too many handlers run")
        for streamID in handlers {
            try BrokenPromise.unless(streams.isTracked(streamID), "stream \(streamID) is forgotten")
        }
    }

    /// All handlers end; every stream that began has had its one terminal frame.
    func end() throws -> String {
        while !handlers.isEmpty { try finish(0, .success([])) }
        for (streamID, count) in terminalCounts {
            try BrokenPromise.unless(count == 1, "stream \(streamID) ended \(count) times")
        }
        try BrokenPromise.unless(streams.handlerCount == 0, "a handler is left over")
        return "\(terminalCounts.count) \(expiredCount) \(answerCount) \(isOpen)"
    }
}
