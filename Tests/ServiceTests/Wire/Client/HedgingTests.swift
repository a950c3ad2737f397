import Synchronization
import Testing
import Wire

@Suite("Hedging", .timeLimit(.minutes(1)))
struct HedgingTests {
    private let time = VirtualTime(passesBySleeping: false)

    private func channel(
        _ base: any ClosableChannel, _ repeatability: Repeatability = .always, delay: Duration = .seconds(1)
    ) -> RetryingChannel {
        RetryingChannel(
            base, policy: RetryPolicy(attemptCountMax: 2), hedging: HedgingPolicy(delay: delay),
            timeAndChance: time.timeAndChance
        ) { _, _, _ in repeatability }
    }

    /// An attempt that lasts until its caller leaves it.
    private static func held() async -> Result<[UInt8], RPCStatus> {
        let (never, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        return failure(.cancelled)
    }

    @Test("a slow read is asked a second time, the first answer wins and the other attempt is cancelled")
    func wins() async {
        let cancelled = Mutex(false)
        let base = ScriptedChannel { number, _ in
            if number == 1 { return .success([2]) }
            let outcome = await Self.held()
            cancelled.withLock { $0 = Task.isCancelled }
            return outcome
        }
        let channel = channel(base)
        let call = Task { await channel.stage("Get", timeout: .seconds(10)) }
        await time.passSleep()
        #expect(await call.value == .success([2]))
        #expect(cancelled.withLock { $0 })
        #expect(base.asked[1].options.metadata[RetryingChannel.previousAttemptsKey] == "1")
        #expect(base.asked[1].options.timeout == .seconds(9), "one deadline for both")
    }

    @Test("a quick answer needs no second attempt, and the clock is not waited for")
    func quick() async {
        let base = ScriptedChannel(inOrder(.success([1])))
        #expect(await channel(base).stage("Get") == .success([1]))
        #expect(base.asked.count == 1)
    }

    @Test("the first attempt may still win after the second has failed in passing")
    func firstWins() async {
        let (hedgeFailed, failing) = AsyncStream.makeStream(of: Void.self)
        let base = ScriptedChannel { number, _ in
            if number == 1 {
                failing.finish()
                return refused(.unavailable)
            }
            for await _ in hedgeFailed {}
            return .success([1])
        }
        let channel = channel(base)
        let call = Task { await channel.stage("Get") }
        await time.passSleep()
        #expect(await call.value == .success([1]))
    }

    @Test("a failure that cannot pass ends both")
    func final() async {
        let base = ScriptedChannel { number, _ in
            number == 1 ? refused(.notFound) : await Self.held()
        }
        let channel = channel(base)
        let call = Task { await channel.stage("Get") }
        await time.passSleep()
        #expect(await call.value == failure(.notFound))
    }

    @Test("a command is never sent twice at once", arguments: [Repeatability.never, .afterFailure])
    func commands(repeatability: Repeatability) async {
        let base = ScriptedChannel(inOrder(.success([])))
        #expect(await channel(base, repeatability).stage("Put") == .success([]))
        #expect(time.slept == [], "no delay is waited for")
    }

    @Test("hedges are paid from the budget: when it is spent there are none, though all calls succeed")
    func budget() async {
        let base = ScriptedChannel { _, asked in
            asked.options.metadata[RetryingChannel.previousAttemptsKey] == nil
                ? await Self.held() : .success([])
        }
        let channel = channel(base)
        var hedgedCount = 0
        while hedgedCount < 100, !Task.isCancelled {
            let call = Task { await channel.stage("Get") }
            await time.passSleep()
            // With no token left the second attempt does not come, and the first one lasts.
            if await answersSoon(call, asked: base, after: hedgedCount) { hedgedCount += 1 } else { break }
        }
        #expect(hedgedCount == 6)
    }

    /// True once the second attempt has answered; otherwise the call is cancelled.
    private func answersSoon(
        _ call: Task<Result<[UInt8], RPCStatus>, Never>, asked base: ScriptedChannel, after count: Int
    ) async -> Bool {
        if count < 6 { return await call.value == .success([]) }
        for _ in 0..<1_000 { await Task.yield() }
        #expect(base.asked.count == 2 * count + 1)
        call.cancel()
        return await call.value == .success([])
    }

    @Test("a caller that leaves cancels both")
    func cancelled() async {
        let (begun, beginning) = AsyncStream.makeStream(of: Int.self)
        let base = ScriptedChannel { number, _ in
            beginning.yield(number)
            return await Self.held()
        }
        let channel = channel(base)
        let call = Task { await channel.stage("Get") }
        var numbers = begun.makeAsyncIterator()
        _ = await numbers.next()
        await time.passSleep()
        _ = await numbers.next()
        call.cancel()
        #expect(await call.value == failure(.cancelled))
    }
}
