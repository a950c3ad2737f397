import Synchronization
import Testing
import Wire

@Suite("Tracing", .timeLimit(.minutes(1)))
struct TracingTests {
    private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    private static let keys = RequestIDKeys(identity: "request-id", origin: "origin-request-id")
    private let time = VirtualTime()

    private func interceptor(_ keys: RequestIDKeys? = nil) -> TracingInterceptor {
        TracingInterceptor(requestIDKeys: keys, bits: time.bits)
    }

    /// Metadata that the handler sees, and those that its own call arrives with.
    private func seen(_ metadata: Metadata, outgoing: Metadata = Metadata()) async -> (Metadata, Metadata) {
        let seen = Mutex(Metadata())
        let next = ScriptedChannel(inOrder(.success([])))
        let downstream = TracingChannel(next, requestIDKeys: Self.keys, bits: time.bits)
        let channel = InterceptorStage(interceptor(Self.keys)).channel {
            (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
            seen.withLock { $0 = call.metadata }
            await Task.yield()
            return try await downstream.stage("Next", metadata: outgoing).get()
        }
        #expect(await channel.stage("Get", metadata: metadata) == .success([]))
        return (seen.withLock { $0 }, next.asked.first?.options.metadata ?? Metadata())
    }

    @Test("the caller's trace goes on, with a new span at each step")
    func passedOn() async throws {
        let (handler, next) = await seen(["traceparent": Self.parent, "tracestate": "a=1"])
        let first = try #require(TraceContext(Self.parent))
        let second = try #require(TraceContext(handler))
        let third = try #require(TraceContext(next))
        #expect(second.traceID == first.traceID)
        #expect(third.traceID == first.traceID)
        #expect(Set([first.spanID, second.spanID, third.spanID]).count == 3)
        #expect(third.flags == 1)
        #expect(next["tracestate"] == "a=1")
    }

    @Test(
        "a call without a trace, or with a broken one, begins one; the vendors' part goes with it",
        arguments: [nil, "00-broken"])
    func begun(parent: String?) async throws {
        var metadata: Metadata = ["tracestate": "a=1"]
        metadata["traceparent"] = parent
        let (handler, next) = await seen(metadata)
        #expect(handler.values(for: "traceparent").count == 1)
        #expect(try #require(TraceContext(handler)).traceID == TraceContext(next)?.traceID)
        #expect(handler["tracestate"] == nil)
        #expect(next["tracestate"] == nil)
    }

    @Test("a tracestate of several values is one list, and one that is too long is dropped")
    func traceState() async {
        var metadata: Metadata = ["traceparent": Self.parent, "tracestate": "a=1"]
        metadata.append("b=2", for: "tracestate")
        #expect(await seen(metadata).1["tracestate"] == "a=1,b=2")
        metadata["tracestate"] = String(repeating: "x", count: 513)
        #expect(await seen(metadata).1["tracestate"] == nil)
    }

    @Test("a request's identity goes on as its origin, never as the identity of another command")
    func requestID() async {
        let (_, next) = await seen(["request-id": "r1"])
        #expect(next["origin-request-id"] == "r1")
        #expect(next["request-id"] == nil)
        let (_, further) = await seen(["origin-request-id": "r0"])
        #expect(further["origin-request-id"] == "r0")
    }

    @Test("what the handler sets itself stays")
    func own() async {
        let own: Metadata = ["traceparent": Self.parent, "origin-request-id": "mine"]
        let (_, next) = await seen(["request-id": "r1"], outgoing: own)
        #expect(next == own)
    }

    @Test("outside of a handler, and without the interceptor, a call goes as it is")
    func outside() async {
        let next = ScriptedChannel(inOrder(.success([])))
        let channel = TracingChannel(next, requestIDKeys: Self.keys, bits: time.bits)
        _ = await channel.stage("Get", metadata: ["k": "v"])
        #expect(next.asked[0].options.metadata == ["k": "v"])
        #expect(CallTrail.current == nil)
    }

    @Test("a stream's handler is in the trace too, and so is the stream it opens")
    func streams() async throws {
        let stage = WireStage()
        let next = ScriptedChannel(
            scene: InProcessChannel(router: ServiceRouter(services: [stage.streams])), inOrder(.success([])))
        let downstream = TracingChannel(next, bits: time.bits)
        let outer = ServiceDefinition(
            name: "test.Streams",
            handlers: [
                "Divide": .serverStreaming {
                    (payload: [UInt8], responses: OutboundMessages, _: CallContext) async throws(RPCStatus) in
                    let inner = try await downstream.streaming("Divide", .serverStreaming, payload)
                    for try await message in inner.responses { try await responses.send(message) }
                }
            ])
        let channel = InProcessChannel(
            router: ServiceRouter(services: [outer], interceptors: [interceptor()]))
        let stream = try await channel.streaming(
            "Divide", .serverStreaming, [2], metadata: ["traceparent": Self.parent])
        #expect(await stream.responses.all().messages == [[0], [1]])
        let trace = TraceContext(next.asked[0].options.metadata)?.traceID
        #expect(trace != nil)
        #expect(trace == TraceContext(Self.parent)?.traceID)
    }

    @Test("a handler's status comes through, and the trail ends with the call")
    func status() async {
        let channel = InterceptorStage(interceptor()).channel {
            (_: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
            #expect(CallTrail.current != nil)
            throw RPCStatus(code: .notFound, message: "")
        }
        #expect(await channel.stage("Get") == failure(.notFound))
        #expect(CallTrail.current == nil)
    }
}
