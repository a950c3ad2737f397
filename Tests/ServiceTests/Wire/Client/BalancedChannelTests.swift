import Synchronization
import Testing
import Wire

@Suite("Balanced channel", .timeLimit(.minutes(1)))
struct BalancedChannelTests {
    /// Servers by port: a test decides what each answers, and may change its mind.
    private final class Town: Sendable {
        private struct State {
            var answers: [Int: Result<[UInt8], RPCStatus>] = [:]
            var health: [Int: Result<[UInt8], RPCStatus>] = [:]
            var channels: [(port: Int, channel: ScriptedChannel)] = []
        }
        private let state = Mutex(State())

        func answer(_ port: Int, _ answer: Result<[UInt8], RPCStatus>) {
            state.withLock { $0.answers[port] = answer }
        }

        func health(_ port: Int, _ answer: Result<[UInt8], RPCStatus>) {
            state.withLock { $0.health[port] = answer }
        }

        func connect(_ address: HostPort) -> any ClosableChannel {
            let port = address.port
            let channel = ScriptedChannel { [self] _, asked in
                state.withLock { state in
                    asked.method == "Check"
                        ? state.health[port] ?? .success([8, 1])
                        : state.answers[port] ?? .success([UInt8(port)])
                }
            }
            state.withLock { $0.channels.append((port, channel)) }
            return channel
        }

        var channels: [ScriptedChannel] { state.withLock { $0.channels.map(\.channel) } }

        func asked(_ port: Int, _ method: String = "Get") -> Int {
            state.withLock { $0.channels }.filter { $0.port == port }
                .reduce(0) { $0 + $1.channel.asked.count { $0.method == method } }
        }
    }

    private let town = Town()
    private let time = VirtualTime(passesBySleeping: false)

    private func channel(_ ports: Int..., connectionCount: Int = 1) -> BalancedChannel {
        BalancedChannel(
            addresses: ports.map { HostPort(host: "127.0.0.1", port: $0) }, connectionCount: connectionCount,
            timeAndChance: time.timeAndChance, connect: town.connect)
    }

    @Test("calls reach every address, and each is given back")
    func all() async {
        let channel = channel(1, 2, 3)
        for _ in 0..<300 { _ = await channel.stage("Get") }
        for port in 1...3 { #expect(town.asked(port) > 60) }
        await channel.close()
    }

    @Test("a call whose request never left goes to another address, and only then")
    func elsewhere() async {
        let channel = channel(1, 2)
        town.answer(1, neverSent)
        for _ in 0..<50 { #expect(await channel.stage("Get") == .success([2])) }
        #expect(town.asked(1) >= 1)
        town.answer(1, .success([1]))
        town.answer(2, refused(.unavailable))
        var failedCount = 0
        for _ in 0..<50 where await channel.stage("Get") == failure(.unavailable) { failedCount += 1 }
        #expect(failedCount >= 1, "it may have been carried out")
        await channel.close()
    }

    @Test("when no address can be reached each is asked once")
    func nowhere() async {
        let channel = channel(1, 2, 3)
        for port in 1...3 { town.answer(port, neverSent) }
        guard case .failure(let status) = await channel.stage("Get") else { return #expect(Bool(false)) }
        #expect(status.isUnsent)
        #expect((1...3).map { town.asked($0) } == [1, 1, 1])
        await channel.close()
    }

    @Test("a failing address is left alone after three failures, and back when a check finds it serving")
    func ejected() async {
        let channel = channel(1, 2)
        town.answer(1, neverSent)
        for failureCount in 1...3 {
            // A moment later it is no longer suspect, and gets its turn.
            time.advance(by: .seconds(1))
            while town.asked(1) < failureCount, !Task.isCancelled { _ = await channel.stage("Get") }
        }
        town.answer(1, .success([1]))
        for _ in 0..<20 { #expect(await channel.stage("Get") == .success([2])) }
        time.advance(by: .seconds(1))
        var answers: Set<[UInt8]> = []
        for _ in 0..<20 { answers.insert((try? await channel.stage("Get").get()) ?? []) }
        #expect(answers == [[1], [2]])
        await channel.close()
    }

    @Test("an address that says NOT_SERVING gets no more calls, until it says SERVING")
    func draining() async {
        let channel = channel(1, 2)
        town.health(2, .success([8, 2]))
        _ = await channel.stage("Get")
        await time.passSleep()
        await checked(2, times: 1)
        let before = town.asked(2)
        for _ in 0..<50 { _ = await channel.stage("Get") }
        #expect(town.asked(2) == before)
        town.health(2, .success([8, 1]))
        await time.passSleep()
        await checked(2, times: 2)
        for _ in 0..<50 { _ = await channel.stage("Get") }
        #expect(town.asked(2) > before)
        await channel.close()
    }

    /// The round that holds the check is over when the next one is waited for.
    private func checked(_ port: Int, times: Int) async {
        await eventually { town.asked(port, "Check") >= times && time.sleeperCount > 0 }
    }

    @Test("whoever answers a check is alive, also without a health service")
    func unimplemented() async {
        let channel = channel(1, 2)
        for port in 1...2 { town.health(port, refused(.unimplemented)) }
        for round in 1...4 {
            _ = await channel.stage("Get")
            await time.passSleep()
            await checked(1, times: round)
        }
        let before = town.asked(1)
        for _ in 0..<50 { _ = await channel.stage("Get") }
        #expect(town.asked(1) > before)
        await channel.close()
    }

    @Test("checks end when nobody calls, and begin again with the next call")
    func idle() async {
        let channel = channel(1, 2)
        _ = await channel.stage("Get")
        await time.passSleep()
        await checked(1, times: 1)
        await time.passSleep()
        await eventually { !channel.isChecking }
        #expect(town.asked(1, "Check") == 1)
        _ = await channel.stage("Get")
        #expect(channel.isChecking)
        await time.passSleep()
        await checked(1, times: 2)
        await channel.close()
    }

    @Test("one address is never asked for its health: there is no choice")
    func single() async {
        let channel = channel(1)
        for _ in 0..<10 { #expect(await channel.stage("Get") == .success([1])) }
        #expect(!channel.isChecking)
        await channel.close()
    }

    @Test("calls at one address share its connections, and few calls need only the first")
    func connections() async {
        let gate = WireStage()
        let channels = Mutex<[ScriptedChannel]>([])
        let channel = BalancedChannel(
            addresses: [HostPort(host: "a", port: 1)], connectionCount: 2, timeAndChance: time.timeAndChance
        ) { _ in
            let inner = InProcessChannel(router: gate.router)
            let channel = ScriptedChannel { _, asked in await inner.stage(asked.method) }
            channels.withLock { $0.append(channel) }
            return channel
        }
        for _ in 0..<5 { _ = await channel.stage("Echo") }
        #expect(channels.withLock { $0.map(\.asked.count) } == [5, 0])
        async let first = channel.stage("Hold")
        _ = await gate.next()
        async let second = channel.stage("Hold")
        _ = await gate.next()
        #expect(channels.withLock { $0.map(\.asked.count) } == [6, 1])
        gate.release()
        #expect(await [first, second] == [.success([]), .success([])])
        await channel.close()
    }

    @Test("closing ends the checks and every connection, and later calls fail as never sent")
    func closing() async {
        let channel = channel(1, 2, connectionCount: 2)
        _ = await channel.stage("Get")
        await channel.close()
        #expect(town.channels.map(\.closeCount) == [1, 1, 1, 1])
        #expect(time.sleeperCount == 0)
        guard case .failure(let status) = await channel.stage("Get") else { return #expect(Bool(false)) }
        #expect(status.code == .unavailable)
        #expect(status.isUnsent)
    }

    @Test("a channel that is dropped takes its checks with it")
    func dropped() async {
        weak let remains: BalancedChannel?
        do {
            let channel = channel(1, 2)
            remains = channel
            _ = await channel.stage("Get")
        }
        await time.sleepers(0)
        #expect(remains == nil)
    }
}
