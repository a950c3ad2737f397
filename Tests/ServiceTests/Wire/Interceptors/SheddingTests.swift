import Testing
import Wire

/// Load shedding and the deadline's floor before real handlers.
@Suite("Shedding load", .timeLimit(.minutes(1)))
struct SheddingTests {
    private func router(_ stage: WireStage, _ interceptors: any ServerInterceptor...) -> ServiceRouter {
        let health = ServiceDefinition(
            name: "grpc.health.v1.Health",
            handlers: [
                "Check": { (_: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in [8, 1] }
            ])
        let held = ServiceDefinition(
            name: "test.Echo",
            handlers: [
                "Hold": { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
                    try await InProcessChannel(router: stage.router).stage(call.method, payload).get()
                }
            ])
        return ServiceRouter(services: [health, held], interceptors: interceptors)
    }

    @Test("the excess call is refused at once and told when to come back; health is answered all the while")
    func refused() async throws {
        let stage = WireStage()
        let gate = LoadGateInterceptor(gate: LoadGate(limit: .fixed(1)))
        let channel = InProcessChannel(router: router(stage, gate))
        async let first = channel.stage("Hold")
        #expect(await stage.next() == [.started("Hold")])
        guard case .failure(let status) = await channel.stage("Hold") else { return #expect(Bool(false)) }
        #expect(status.code == .resourceExhausted)
        #expect(RetryInfo(status) != nil)
        let health = try await channel.unary(
            service: "grpc.health.v1.Health", method: "Check", payload: [], options: CallOptions())
        #expect(health == [8, 1])
        #expect(gate.runningCount == 1)
        stage.release()
        #expect(await first == .success([]))
        #expect(gate.runningCount == 0)
        #expect(await channel.stage("Hold") == .success([]))
    }

    @Test("a client that repeats what was shed gets its answer once there is room")
    func repeated() async throws {
        let stage = WireStage()
        let gate = LoadGateInterceptor(gate: LoadGate(limit: .fixed(1)))
        let inner = InProcessChannel(router: router(stage, gate))
        let time = VirtualTime(passesBySleeping: false)
        let base = ScriptedChannel { _, asked in await inner.stage(asked.method) }
        let client = RetryingChannel(base, timeAndChance: time.timeAndChance) { _, _, _ in .always }
        async let first = inner.stage("Hold")
        _ = await stage.next()
        async let second = client.stage("Hold")
        await time.sleepers(1)
        stage.release()
        #expect(await first == .success([]))
        await time.passSleep()
        #expect(await second == .success([]))
        #expect(base.asked.count == 2)
    }

    @Test("a stream has its place for as long as its handler runs")
    func streams() async throws {
        let stage = WireStage()
        let gate = LoadGateInterceptor(gate: LoadGate(limit: .fixed(1)))
        let channel = InProcessChannel(
            router: ServiceRouter(services: [stage.streams], interceptors: [gate]))
        let stream = try await channel.streaming("Divide", .serverStreaming, [3], metadata: ["held": "1"])
        #expect(await stage.next() == [.started("Divide")])
        #expect(gate.runningCount == 1)
        let refused = try await channel.streaming("Divide", .serverStreaming, [3])
        #expect(await refused.responses.all().failure?.code == .resourceExhausted)
        stage.release()
        #expect(await stream.responses.all().messages == [[0], [1], [2]])
        await eventually { gate.runningCount == 0 }
        #expect(gate.runningCount == 0)
    }

    @Test("peers are told apart by address, not by port")
    func peers() {
        #expect(LoadGateInterceptor.host(of: "127.0.0.1:5000") == "127.0.0.1")
        #expect(LoadGateInterceptor.host(of: "[::1]:5000") == "[::1]")
        #expect(LoadGateInterceptor.host(of: "in-process") == "in-process")
    }

    @Test("a call with too little time left is refused before its handler runs", arguments: [19, 20, 21])
    func floor(milliseconds: Int) async {
        let now = MonotonicInstant(nanoseconds: 0)
        let floor = DeadlineFloorInterceptor(floor: .milliseconds(20), now: { now })
        let call = CallContext(
            service: "s", method: "m", metadata: Metadata(),
            deadline: Deadline(now.advanced(by: .milliseconds(milliseconds))), peer: "p")
        var isAdmitted = false
        do throws(RPCStatus) {
            try await floor.intercept(call) {
                (_: CallContext) async throws(RPCStatus) -> Void in isAdmitted = true
            }
        } catch {
            #expect(error.code == .deadlineExceeded)
        }
        #expect(isAdmitted == (milliseconds >= 20))
    }
}
