import Testing
import Wire

/// Conversations of streaming methods with the server's machine; see `ServerStreamsTests`.
@Suite("Server streams of messages")
struct StreamingConversationTests {
    typealias Expected = ServerStreamsTests.Expected

    private enum Step {
        /// A frame on stream 1, and the answer to it.
        case frame(FrameType, flags: UInt8, data: String, Expected)
        /// The handler fails, and whether its status is sent.
        case fails(isSent: Bool)
        /// The handler of a stream of responses ends well, and whether that is sent.
        case ends(isSent: Bool)
    }

    private static let closed = Expected.end(
        .invalidArgument, "data handling error: ttrpc: stream closed")
    private static let announcement = "2a12 0a0b 776972652d77696e646f77 1203 313030"

    private static let conversations: [(String, MethodShape, [Step])] = [
        (
            "messages, an empty one among them, and the end",
            .bidirectional,
            [
                .frame(.request, flags: 2, data: "0a01611201 62", .start),
                .frame(.data, flags: 0, data: "", .deliver([], isLast: false)),
                .frame(.data, flags: 0, data: "0801", .deliver([8, 1], isLast: false)),
                .frame(.data, flags: 5, data: "", .deliver(nil, isLast: true)),
                .ends(isSent: true), .ends(isSent: false),
            ]
        ),
        (
            "the last message and the end in one",
            .clientStreaming,
            [
                .frame(.request, flags: 2, data: "", .start),
                .frame(.data, flags: 1, data: "0801", .deliver([8, 1], isLast: true)),
                .frame(.data, flags: 0, data: "0802", closed), .fails(isSent: false),
            ]
        ),
        (
            "an empty last message is a message",
            .clientStreaming,
            [
                .frame(.request, flags: 6, data: "", .start),
                .frame(.data, flags: 1, data: "", .deliver([], isLast: true)), .fails(isSent: true),
            ]
        ),
        (
            "a frame that carries nothing, whatever bytes it has",
            .bidirectional,
            [
                .frame(.request, flags: 2, data: "", .start),
                .frame(.data, flags: 4, data: "", .ignore), .frame(.data, flags: 4, data: "0801", .ignore),
                .frame(.data, flags: 5, data: "0801", .deliver(nil, isLast: true)),
                .frame(.data, flags: 5, data: "", closed), .ends(isSent: false),
            ]
        ),
        (
            "unknown flag bits mean nothing",
            .bidirectional,
            [
                .frame(.request, flags: 0xf2, data: "", .start),
                .frame(.data, flags: 0xf8, data: "07", .deliver([7], isLast: false)),
            ]
        ),
        (
            "a method that takes one request drops what comes after it",
            .serverStreaming,
            [
                .frame(.request, flags: 1, data: "1a0107", .start),
                .frame(.data, flags: 0, data: "07", .ignore), .frame(.data, flags: 5, data: "", .ignore),
                .ends(isSent: true),
            ]
        ),
        (
            "a stream that ended is no longer active",
            .bidirectional,
            [
                .frame(.request, flags: 2, data: "", .start), .ends(isSent: true),
                .frame(
                    .data, flags: 0, data: "", .answer(.invalidArgument, "StreamID is no longer active")),
            ]
        ),
        (
            "our additions from one who did not announce them",
            .bidirectional,
            [
                .frame(.request, flags: 2, data: "", .start),
                .frame(.credit, flags: 0, data: "00000064", .ignore),
                .frame(.cancel, flags: 0, data: "", .ignore), .frame(.hello, flags: 0, data: "", .ignore),
                .frame(.goAway, flags: 0, data: "", .ignore), .ends(isSent: true),
            ]
        ),
        (
            "our additions from one who did",
            .bidirectional,
            [
                .frame(.request, flags: 2, data: announcement, .start),
                .frame(.credit, flags: 0, data: "00000064", .grant(100)),
                .frame(.credit, flags: 0, data: "00000064 ffff", .grant(100)),
                .frame(.credit, flags: 0, data: "00000000", .ignore),
                .frame(.credit, flags: 0, data: "000064", .ignore),
                .frame(.credit, flags: 0, data: "ffffffff", .grant(1 << 30)),
                .frame(.cancel, flags: 0, data: "", .end(.cancelled, "context canceled")),
                .frame(.cancel, flags: 0, data: "", .ignore),
                .frame(.credit, flags: 0, data: "00000064", .ignore), .fails(isSent: false),
            ]
        ),
    ]

    @Test("each frame of a conversation means what the protocol says", arguments: conversations.indices)
    func conversation(index: Int) {
        let (name, shape, steps) = Self.conversations[index]
        var streams = ServerStreams()
        let stream = StreamID(1)
        for step in steps {
            switch step {
            case .frame(let type, let flags, let data, let expected):
                let action = streams.receive(
                    ServerStreamsTests.frame(1, type, flags: flags, data), at: ServerStreamsTests.now)
                if case .start(let call) = action {
                    _ = streams.beginStream(call, shape, at: ServerStreamsTests.now)
                }
                #expect(ServerStreamsTests.expected(action, on: stream) == expected, "\(name)")
            case .fails(let isSent):
                let response = streams.finish(stream, .failure(RPCStatus(code: .aborted, message: "")))
                #expect((response != nil) == isSent, "\(name)")
            case .ends(let isSent):
                #expect(streams.finishResponses(stream) == isSent, "\(name)")
            }
        }
    }

    @Test(
        "a first message is there when the payload is, and always when nothing else comes",
        arguments: [
            (UInt8(2), "", false, false), (2, "1a00", true, false), (2, "1a0107", true, false),
            (6, "", false, false), (6, "1a0107", false, false), (1, "", true, true), (0, "", true, true),
            (1, "1a0107", true, true), (5, "", false, true),
        ])
    func firstMessage(flags: UInt8, data: String, hasMessage: Bool, isLast: Bool) {
        var streams = ServerStreams()
        let frame = ServerStreamsTests.frame(1, flags: flags, data)
        guard case .start(let call) = streams.receive(frame, at: ServerStreamsTests.now) else {
            return #expect(Bool(false), "the call starts")
        }
        #expect(call.hasMessage == hasMessage)
        #expect(call.isLast == isLast)
    }

    @Test("an announcement is taken out of the metadata and answered once")
    func announcement() {
        var streams = ServerStreams()
        #expect(streams.takeHello() == false)
        for (id, isDue) in [(UInt32(1), true), (3, false)] {
            let frame = ServerStreamsTests.frame(id, flags: 0, Self.announcement)
            guard case .start(let call) = streams.receive(frame, at: ServerStreamsTests.now) else {
                return #expect(Bool(false), "the call starts")
            }
            #expect(call.request.metadata.isEmpty)
            #expect(streams.peerWindow == 100)
            #expect(streams.takeHello() == isDue)
            #expect(streams.takeHello() == false)
        }
    }

    @Test("a stream may take longer than a unary call, within a limit of its own")
    func time() {
        var limits = WireLimits()
        limits.callTimeMax = .seconds(1)
        limits.streamTimeMax = .seconds(100)
        var streams = ServerStreams(limits: limits)
        let now = ServerStreamsTests.now
        // None given, and 5 s.
        for (id, timeout, seconds) in [(UInt32(1), "", Int64(100)), (3, "2080e497d012", 5)] {
            let frame = ServerStreamsTests.frame(id, flags: 1, timeout)
            guard case .start(let call) = streams.receive(frame, at: now) else {
                return #expect(Bool(false), "the call starts")
            }
            let deadline = streams.beginStream(call, .serverStreaming, at: now)
            #expect(deadline == now.advanced(by: .seconds(seconds)))
        }
        #expect(streams.expire(at: now.advanced(by: .seconds(2))) == [])
        #expect(streams.expire(at: now.advanced(by: .seconds(5))) == [StreamID(3)])
    }

    @Test("an oversized message ends its stream alone")
    func oversized() {
        var streams = ServerStreams()
        let frame = ServerStreamsTests.frame(1, flags: 2, "")
        guard case .start(let call) = streams.receive(frame, at: ServerStreamsTests.now) else {
            return #expect(Bool(false), "the call starts")
        }
        _ = streams.beginStream(call, .bidirectional, at: ServerStreamsTests.now)
        let header = FrameHeader(length: 4_194_305, streamID: StreamID(1), type: .data)
        let action = streams.receiveOversized(header, at: ServerStreamsTests.now)
        let text = "message length 4194305 exceed maximum message size of 4194304"
        #expect(
            ServerStreamsTests.expected(action, on: StreamID(1)) == .end(.resourceExhausted, text))
        #expect(streams.handlerCount == 1)
    }
}
