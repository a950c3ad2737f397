import Testing
import Wire

/// Conversations with the server's machine, without sockets or clocks.
@Suite("Server streams")
struct ServerStreamsTests {
    /// A step of a conversation and what the machine must say to it.
    enum Expected: Equatable {
        case start
        case answer(StatusCode, String)
        case deliver([UInt8]?, isLast: Bool)
        case grant(Int)
        case end(StatusCode, String)
        case ignore
        case close(ConnectionFault)
    }

    static func frame(
        _ stream: UInt32, _ type: FrameType = .request, flags: UInt8 = 0, _ data: String = "0a0161120162"
    ) -> Frame {
        Frame(
            streamID: StreamID(stream), type: type, flags: FrameFlags(rawValue: flags), data: wireBytes(data))
    }

    static func expected(_ action: ServerStreams.Action, on streamID: StreamID) -> Expected {
        switch action {
        case .start(let call):
            #expect(call.streamID == streamID)
            return .start
        case .answer(let answered, let status):
            #expect(answered == streamID)
            return .answer(status.code, status.message)
        case .deliver(let answered, let message, let isLast):
            #expect(answered == streamID)
            return .deliver(message, isLast: isLast)
        case .grant(let answered, let byteCount):
            #expect(answered == streamID)
            return .grant(byteCount)
        case .end(let answered, let status):
            #expect(answered == streamID)
            return .end(status.code, status.message)
        case .ignore: return .ignore
        case .close(let fault): return .close(fault)
        }
    }

    static let now = MonotonicInstant(nanoseconds: 1_000_000_000)
    static let odd = Expected.answer(
        .invalidArgument, "StreamID must be odd for client initiated streams")
    static let reused = Expected.answer(
        .invalidArgument, "StreamID cannot be re-used and must increment")
    static let inactive = Expected.answer(.invalidArgument, "StreamID is no longer active")

    /// Each row is one connection: frames, with the answer to each.
    static let conversations: [(String, [(Frame, Expected)])] = [
        (
            "even ids",
            [(frame(0), odd), (frame(2), odd), (frame(4, .unrecognized(9)), odd), (frame(1), .start)]
        ),
        ("increasing ids may skip", [(frame(1), .start), (frame(7), .start), (frame(9), .start)]),
        ("a lower id", [(frame(7), .start), (frame(5), reused), (frame(9), .start)]),
        ("the last id", [(frame(.max), .start), (frame(1), reused)]),
        ("a live id again", [(frame(1), .start), (frame(1), .close(.liveStreamReused(StreamID(1))))]),
        (
            "types that are not a client's",
            [
                (frame(1, .unrecognized(0)), .ignore), (frame(1, .response), .ignore),
                (frame(1, .unrecognized(4)), .ignore), (frame(1), .start),
            ]
        ),
        ("unknown flags", [(frame(1, flags: 0xf8), .start)]),
        ("flags of streams on a unary call", [(frame(1, flags: 1), .start), (frame(3, flags: 2), .start)]),
        ("data for a stream that never was", [(frame(1, .data), inactive), (frame(1), .start)]),
        ("data while the call runs", [(frame(1, flags: 2), .start), (frame(1, .data), .ignore)]),
        (
            "not protobuf",
            [
                (
                    frame(1, .request, "0a"),
                    .answer(.invalidArgument, "unmarshal request error: the bytes end inside a field")
                ), (frame(1), reused), (frame(3), .start),
            ]
        ),
        (
            "not UTF-8",
            [
                (
                    frame(1, .request, "0a02c328"),
                    .answer(
                        .invalidArgument,
                        "unmarshal request error: string field ttrpc.Request.service contains invalid UTF-8")
                )
            ]
        ),
        ("an empty request is the router's business", [(frame(1, .request, ""), .start)]),
        (
            "a negative timeout",
            [
                (
                    frame(1, .request, "0a0161120162 20ffffffffffffffffff01"),
                    .answer(.deadlineExceeded, "context deadline exceeded")
                ), (frame(3), .start),
            ]
        ),
    ]

    @Test("a faulty frame is answered as the reference server answers it", arguments: conversations)
    func conversation(name: String, steps: [(Frame, Expected)]) {
        var streams = ServerStreams()
        for (frame, expected) in steps {
            let action = streams.receive(frame, at: Self.now)
            #expect(Self.expected(action, on: frame.streamID) == expected, "\(name)")
        }
    }

    @Test("a stream gets one terminal frame, and later frames find it ended")
    func oneTerminalFrame() {
        var streams = ServerStreams()
        _ = streams.receive(Self.frame(1), at: Self.now)
        #expect(streams.finish(StreamID(1), .success([7]))?.outcome == .success([7]))
        #expect(streams.finish(StreamID(1), .success([7])) == nil)
        let data = streams.receive(Self.frame(1, .data), at: Self.now)
        #expect(Self.expected(data, on: StreamID(1)) == Self.inactive)
        let again = streams.receive(Self.frame(1), at: Self.now)
        #expect(Self.expected(again, on: StreamID(1)) == Self.reused)
    }

    @Test("the deadline answers for the handler, whose own answer comes too late")
    func deadline() {
        var streams = ServerStreams()
        let second = Self.now.advanced(by: .seconds(1))
        // 1 s, none given, 1 h.
        let timeouts: [(UInt32, String)] = [(1, "2080 94ebdc03"), (3, ""), (5, "2080c0dda8fabb8001")]
        for (id, timeout) in timeouts {
            guard
                case .start(let call) = streams.receive(
                    Self.frame(id, .request, "0a0161120162" + timeout), at: Self.now)
            else { return #expect(Bool(false), "the call starts") }
            let wanted: Duration = id == 1 ? .seconds(1) : WireLimits().callTimeMax
            #expect(call.deadline == Self.now.advanced(by: wanted))
        }
        #expect(streams.nextExpiry == second)
        #expect(streams.expire(at: Self.now) == [])
        #expect(streams.expire(at: second) == [StreamID(1)])
        #expect(streams.expire(at: second) == [])
        #expect(streams.handlerCount == 3, "a handler counts until it ends")
        #expect(streams.finish(StreamID(1), .success([])) == nil)
        #expect(streams.handlerCount == 2)
        #expect(streams.nextExpiry == Self.now.advanced(by: WireLimits().callTimeMax))
    }

    @Test("one handler more than the limit is refused, also when answered ones still run")
    func handlerLimit() {
        var limits = WireLimits()
        limits.handlerCountMax = 2
        var streams = ServerStreams(limits: limits)
        let full = { (action: ServerStreams.Action, id: UInt32) in
            guard case .answer(StreamID(id), let status) = action else { return false }
            return status.code == .resourceExhausted
        }
        _ = streams.receive(Self.frame(1), at: Self.now)
        _ = streams.receive(Self.frame(3), at: Self.now)
        #expect(full(streams.receive(Self.frame(5), at: Self.now), 5))
        #expect(streams.expire(at: Self.now.advanced(by: .seconds(60))).count == 2)
        #expect(full(streams.receive(Self.frame(7), at: Self.now), 7))
        _ = streams.finish(StreamID(1), .success([]))
        let next = streams.receive(Self.frame(9), at: Self.now)
        #expect(Self.expected(next, on: StreamID(9)) == .start)
    }

    @Test("draining refuses new calls and is over with the last one")
    func drain() {
        var streams = ServerStreams()
        _ = streams.receive(Self.frame(1), at: Self.now)
        #expect(streams.isDrained == false)
        streams.drain()
        guard case .answer(_, let status) = streams.receive(Self.frame(3), at: Self.now) else {
            return #expect(Bool(false), "a new call is refused")
        }
        #expect(status.code == .unavailable)
        #expect(streams.isDrained == false)
        #expect(streams.finish(StreamID(1), .success([])) != nil, "an accepted call keeps its answer")
        #expect(streams.isDrained == true)
    }

    @Test("an oversized request is refused on its stream, which is then spent")
    func oversized() {
        var streams = ServerStreams()
        let header = FrameHeader(length: 4_194_305, streamID: StreamID(3), type: .request)
        let action = streams.receiveOversized(header, at: Self.now)
        let text = "message length 4194305 exceed maximum message size of 4194304"
        #expect(Self.expected(action, on: StreamID(3)) == .answer(.resourceExhausted, text))
        let again = streams.receive(Self.frame(3), at: Self.now)
        #expect(Self.expected(again, on: StreamID(3)) == Self.reused)
        _ = streams.receive(Self.frame(5), at: Self.now)
        let data = FrameHeader(length: .max, streamID: StreamID(5), type: .data)
        let late = streams.receiveOversized(data, at: Self.now)
        #expect(Self.expected(late, on: StreamID(5)) == .ignore, "a unary call takes no Data, long or short")
        let live = streams.receiveOversized(
            FrameHeader(length: .max, streamID: StreamID(5), type: .request), at: Self.now)
        #expect(Self.expected(live, on: StreamID(5)) == .close(.liveStreamReused(StreamID(5))))
    }

    @Test("a peer that is wrong too often in a minute is cut off, one that is slowly wrong is not")
    func flaws() {
        var limits = WireLimits()
        limits.flawPerMinuteCountMax = 2
        var streams = ServerStreams(limits: limits)
        var now = Self.now
        for _ in 0..<10 {
            let action = streams.receive(Self.frame(2), at: now)
            #expect(Self.expected(action, on: StreamID(2)) == Self.odd)
            now = now.advanced(by: .seconds(31))
        }
        now = now.advanced(by: .seconds(60))
        for expected in [Self.odd, Self.odd, .close(.tooManyFlaws)] {
            #expect(Self.expected(streams.receive(Self.frame(2), at: now), on: StreamID(2)) == expected)
        }
    }

    @Test("a closed connection says nothing more")
    func closed() {
        var streams = ServerStreams()
        _ = streams.receive(Self.frame(1), at: Self.now)
        streams.close()
        #expect(streams.finish(StreamID(1), .success([])) == nil)
        #expect(Self.expected(streams.receive(Self.frame(3), at: Self.now), on: StreamID(3)) == .ignore)
        #expect(streams.isDrained == true)
    }

    @Test("a handler that throws OK has failed, and an endless message is cut")
    func sendableStatus() {
        var streams = ServerStreams()
        _ = streams.receive(Self.frame(1), at: Self.now)
        let fine = streams.finish(StreamID(1), .failure(RPCStatus(code: .ok, message: "")))
        #expect(fine?.outcome == .failure(RPCStatus(code: .unknown, message: "")))
        _ = streams.receive(Self.frame(3), at: Self.now)
        let long = RPCStatus(code: .aborted, message: String(repeating: "领", count: 10_000))
        guard case .failure(let sent)? = streams.finish(StreamID(3), .failure(long))?.outcome else {
            return #expect(Bool(false), "the call fails")
        }
        #expect(sent.message.utf8.count <= WireLimits().statusMessageByteCountMax + 3)
        #expect(sent.message.hasSuffix("领…"))
    }
}
