import Testing
import Wire

/// Conversations with the client's machine; a call is a word.
@Suite("Client streams")
struct ClientStreamsTests {
    private static let now = MonotonicInstant(nanoseconds: 0)
    private static let later = now.advanced(by: .seconds(10))

    private func response(_ stream: UInt32, _ data: String = "120107") -> Frame {
        Frame(streamID: StreamID(stream), type: .response, data: wireBytes(data))
    }

    private func completed(
        _ action: ClientStreams<String>.Action
    ) -> (call: String, outcome: Result<[UInt8], RPCStatus>)? {
        if case .complete(let call, let outcome) = action { return (call, outcome) }
        return nil
    }

    @Test("ids are odd and increase; answers come in any order and find their calls")
    func order() {
        var streams = ClientStreams<String>()
        for (index, call) in ["a", "b", "c"].enumerated() {
            #expect(streams.open(call, deadline: Self.later) == .send(StreamID(UInt32(index * 2 + 1))))
        }
        for (id, call) in [(UInt32(3), "b"), (5, "c"), (1, "a")] {
            let done = completed(streams.receive(response(id)))
            #expect(done?.call == call)
            #expect(done?.outcome == .success([7]))
        }
        #expect(streams.inFlightCount == 0)
    }

    @Test("frames for streams we do not know, and of types we do not know, are ignored")
    func noise() {
        var streams = ClientStreams<String>()
        _ = streams.open("a", deadline: Self.later)
        #expect(completed(streams.receive(response(2))) == nil)
        #expect(completed(streams.receive(response(3))) == nil)
        for type in [FrameType.request, .unrecognized(0), .unrecognized(9)] {
            #expect(completed(streams.receive(Frame(streamID: StreamID(1), type: type))) == nil)
        }
        #expect(completed(streams.receive(response(1))) != nil)
        #expect(completed(streams.receive(response(1))) == nil, "a second answer is noise")
    }

    @Test(
        "an answer that is none fails its call alone",
        arguments: [
            (FrameType.response, "12", StatusCode.internalError),
            (.response, "0a0412 02c328", .internalError),
            (.data, "", .internalError), (.response, "0a020805", .notFound),
            (.response, "0a020863", .unknown),
        ])
    func badAnswers(type: FrameType, data: String, code: StatusCode) {
        var streams = ClientStreams<String>()
        _ = streams.open("a", deadline: Self.later)
        _ = streams.open("b", deadline: Self.later)
        let done = completed(
            streams.receive(Frame(streamID: StreamID(1), type: type, data: wireBytes(data))))
        #expect(done?.outcome == .failure(RPCStatus(code: code, message: "")))
        #expect(completed(streams.receive(response(3)))?.outcome == .success([7]))
    }

    @Test("an oversized answer is RESOURCE_EXHAUSTED")
    func oversized() {
        var streams = ClientStreams<String>()
        _ = streams.open("a", deadline: Self.later)
        let header = FrameHeader(length: 5 << 20, streamID: StreamID(1), type: .response)
        let outcome = completed(streams.receiveOversized(header))?.outcome
        #expect(outcome == .failure(RPCStatus(code: .resourceExhausted, message: "")))
    }

    @Test("a call whose time is up comes back once, and its late answer is noise")
    func deadlines() {
        var streams = ClientStreams<String>()
        _ = streams.open("late", deadline: Self.later)
        _ = streams.open("early", deadline: Self.now.advanced(by: .seconds(1)))
        #expect(streams.nextExpiry == Self.now.advanced(by: .seconds(1)))
        #expect(streams.expire(at: Self.now) == [])
        #expect(streams.expire(at: Self.now.advanced(by: .seconds(1))) == ["early"])
        #expect(streams.nextExpiry == Self.later)
        #expect(completed(streams.receive(response(3))) == nil)
        #expect(streams.expire(at: Self.later) == ["late"])
        #expect(streams.nextExpiry == nil)
    }

    @Test("an abandoned call keeps its place until the server answers or its time is up")
    func abandoned() {
        var limits = WireLimits()
        limits.clientCallCountMax = 2
        var streams = ClientStreams<String>(limits: limits)
        _ = streams.open("a", deadline: Self.later)
        _ = streams.open("b", deadline: Self.later)
        #expect(streams.open("c", deadline: Self.later) == .full)
        _ = streams.abandon { $0 == "a" }
        #expect(streams.open("c", deadline: Self.later) == .full)
        #expect(completed(streams.receive(response(1))) == nil)
        #expect(streams.open("c", deadline: Self.later) == .send(StreamID(5)))
        _ = streams.abandon { $0 == "b" }
        #expect(streams.expire(at: Self.later) == ["c"])
        #expect(streams.hasRoom == true)
    }

    @Test("the last id is used, then the connection is spent")
    func spent() {
        var streams = ClientStreams<String>(first: StreamID(.max - 2))
        #expect(streams.open("a", deadline: Self.later) == .send(StreamID(.max - 2)))
        #expect(streams.isSpent == false)
        #expect(streams.open("b", deadline: Self.later) == .send(StreamID(.max)))
        #expect(streams.isSpent == true)
        #expect(streams.open("c", deadline: Self.later) == .spent)
        #expect(completed(streams.receive(response(.max)))?.call == "b")
    }

    @Test("a lost connection gives back every call that waits, in order")
    func lost() {
        var streams = ClientStreams<String>()
        for call in ["a", "b", "c"] { _ = streams.open(call, deadline: Self.later) }
        _ = streams.abandon { $0 == "b" }
        #expect(streams.close() == ["a", "c"])
        #expect(streams.close() == [])
        #expect(streams.open("d", deadline: Self.later) == .spent)
    }
}
