import Synchronization
import Testing
import Wire

@Suite("Retrying channel", .timeLimit(.minutes(1)))
struct RetryingChannelTests {
    private let time = VirtualTime()

    private func channel(
        _ base: any ClosableChannel, _ repeatability: Repeatability = .always,
        policy: RetryPolicy = RetryPolicy()
    ) -> RetryingChannel {
        RetryingChannel(base, policy: policy, timeAndChance: time.timeAndChance) { _, _, _ in repeatability }
    }

    @Test("a read that failed in passing is answered by a later attempt, and each says what came before")
    func repeats() async {
        let base = ScriptedChannel(inOrder(refused(.unavailable), refused(.unavailable), .success([7])))
        #expect(await channel(base).stage("Get", [1], metadata: ["k": "v"]) == .success([7]))
        #expect(base.asked.map { $0.payload } == [[1], [1], [1]])
        let earlier = base.asked.map { $0.options.metadata[RetryingChannel.previousAttemptsKey] }
        #expect(earlier == [nil, "1", "2"])
        #expect(base.asked.allSatisfy { $0.options.metadata["k"] == "v" })
        #expect(time.slept.count == 2)
    }

    @Test("the attempts share one deadline: what waits and attempts took is gone")
    func deadline() async {
        let time = time
        let base = ScriptedChannel { number, _ in
            time.advance(by: .seconds(1))
            return number < 2 ? refused(.unavailable, retryAfter: .seconds(1)) : .success([])
        }
        #expect(await channel(base).stage("Get", timeout: .seconds(10)) == .success([]))
        #expect(base.asked.map { $0.options.timeout } == [.seconds(10), .seconds(8), .seconds(6)])
    }

    @Test("a wait that would outlast the deadline is not begun, and the last failure is told")
    func noTime() async {
        let base = ScriptedChannel(inOrder(refused(.unavailable, retryAfter: .seconds(5))))
        #expect(await channel(base).stage("Get", timeout: .seconds(5)) == failure(.unavailable))
        #expect(base.asked.count == 1)
        #expect(time.slept == [])
    }

    @Test("what may not be done twice is asked once, unless it was never sent")
    func never() async {
        let sent = ScriptedChannel(inOrder(refused(.unavailable)))
        #expect(await channel(sent, .never).stage("Put") == failure(.unavailable))
        #expect(sent.asked.count == 1)
        let unsent = ScriptedChannel(inOrder(neverSent, neverSent, .success([])))
        #expect(await channel(unsent, .never).stage("Put") == .success([]))
    }

    @Test("the judge is asked with service, method and metadata")
    func judge() async {
        let base = ScriptedChannel(inOrder(refused(.unavailable), .success([])))
        let asked = Mutex<[String]>([])
        let channel = RetryingChannel(base, timeAndChance: time.timeAndChance) { service, method, metadata in
            asked.withLock { $0.append("\(service)/\(method) \(metadata["id"] ?? "")") }
            return .afterFailure
        }
        #expect(await channel.stage("Put", metadata: ["id": "4"]) == .success([]))
        #expect(asked.withLock { $0 } == ["test.Echo/Put 4"])
    }

    @Test("after some failures the channel stops repeating, whoever calls")
    func budget() async {
        let base = ScriptedChannel(inOrder(refused(.unavailable)))
        let channel = channel(base)
        for _ in 0..<100 { #expect(await channel.stage("Get") == failure(.unavailable)) }
        #expect(base.asked.count <= 105, "without a budget it would be 400")
    }

    @Test("a caller that leaves during a wait is answered CANCELLED and nothing more is sent")
    func cancelled() async {
        let manual = VirtualTime(passesBySleeping: false)
        let base = ScriptedChannel(inOrder(refused(.unavailable), .success([])))
        let channel = RetryingChannel(base, timeAndChance: manual.timeAndChance) { _, _, _ in .always }
        let call = Task { await channel.stage("Get") }
        var sleeps = manual.sleeps.makeAsyncIterator()
        #expect(await sleeps.next() != nil)
        call.cancel()
        #expect(await call.value == failure(.cancelled))
        #expect(base.asked.count == 1)
    }

    @Test("closing closes what is below")
    func closing() async {
        let base = ScriptedChannel(inOrder(.success([])))
        await channel(base).close()
        #expect(base.closeCount == 1)
    }
}
