import Testing
import Wire

/// Streams through what stands above one connection.
@Suite("Streams of a balanced, retrying client", .timeLimit(.minutes(1)))
struct ClientStreamingTests {
    private let stage = WireStage()
    private let time = VirtualTime()

    private var scene: InProcessChannel {
        InProcessChannel(router: ServiceRouter(services: [stage.streams]))
    }

    private func balanced(_ channels: ScriptedChannel...) -> BalancedChannel {
        BalancedChannel(
            addresses: channels.indices.map { HostPort(host: "a", port: $0) },
            timeAndChance: VirtualTime(passesBySleeping: false).timeAndChance
        ) { channels[$0.port] }
    }

    private func retrying(_ base: any ClosableChannel, _ repeatability: Repeatability) -> RetryingChannel {
        RetryingChannel(base, timeAndChance: time.timeAndChance) { _, _, _ in repeatability }
    }

    @Test("a stream has its place until nobody holds it, and all its messages arrive meanwhile")
    func place() async throws {
        let channel = balanced(ScriptedChannel(scene: scene, inOrder(.success([]))))
        var stream: RPCStream? = try await channel.streaming("Divide", .serverStreaming, [5])
        #expect(channel.callCount == 1)
        #expect(await stream?.responses.all().messages.count == 5)
        #expect(channel.callCount == 1)
        stream = nil
        await eventually { channel.callCount == 0 }
        #expect(channel.callCount == 0)
        await channel.close()
    }

    @Test("whoever holds one side holds the stream")
    func oneSide() async throws {
        let channel = balanced(ScriptedChannel(scene: scene, inOrder(.success([]))))
        let responses = try await channel.streaming("Divide", .serverStreaming, [2]).responses
        #expect(channel.callCount == 1)
        #expect(await responses.all().failure == nil)
        await channel.close()
    }

    @Test("dropping a stream cancels it, through every layer")
    func dropped() async throws {
        let channel = retrying(balanced(ScriptedChannel(scene: scene, inOrder(.success([])))), .always)
        var stream: RPCStream? = try await channel.streaming("Chat", .bidirectional)
        try await stream?.requests.send([1])
        stream = nil
        #expect(await stage.next() == [.cancelled("Chat cancelled")])
        await channel.close()
    }

    @Test("a stream that could not be begun is opened at another address")
    func elsewhere() async throws {
        let away = ScriptedChannel(scene: scene, inOrder(neverSent))
        let here = ScriptedChannel(scene: scene, inOrder(.success([])))
        let channel = balanced(away, here)
        for _ in 0..<20 {
            let stream = try await channel.streaming("Divide", .serverStreaming, [1])
            #expect(await stream.responses.all().messages == [[0]])
        }
        #expect(away.asked.count >= 1)
        await channel.close()
    }

    @Test("opening is repeated like a call, what comes over an open stream is not")
    func repeated() async throws {
        let base = ScriptedChannel(scene: scene, inOrder(refused(.unavailable), .success([])))
        let stream = try await retrying(base, .always).streaming(
            "Divide", .serverStreaming, [3], metadata: ["failing": "1"])
        let (messages, failure) = await stream.responses.all()
        #expect(messages.count == 3)
        #expect(failure?.code == .dataLoss)
        #expect(base.asked.count == 2)
        let once = ScriptedChannel(scene: scene, inOrder(refused(.unavailable)))
        await #expect(throws: RPCStatus(code: .unavailable, message: "")) {
            try await retrying(once, .never).streaming("Divide", .serverStreaming, [3])
        }
        #expect(once.asked.count == 1)
    }
}
