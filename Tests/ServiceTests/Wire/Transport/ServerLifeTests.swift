import Testing
import Wire

/// Start, orderly end, and clients that outlive a server.
@Suite("A server's life", .timeLimit(.minutes(1)))
struct ServerLifeTests {
    @Test("a port in use is named, with what to do")
    func portInUse() async throws {
        let stage = WireStage()
        let server = try await RPCServer.bind(router: stage.router)
        do {
            _ = try await RPCServer.bind(port: server.boundPort, router: stage.router)
            #expect(Bool(false), "the port is taken")
        } catch {
            #expect(error.code == .portInUse)
            #expect(error.port == server.boundPort)
            #expect("\(error)".contains("127.0.0.1:\(server.boundPort) is in use"))
            #expect("\(error)".contains("choose another port"))
        }
        await server.shutdown(within: .zero)
    }

    @Test("an address that is not ours is named")
    func foreignAddress() async throws {
        await #expect { try await RPCServer.bind(host: "203.0.113.1", router: WireStage().router) } throws: {
            ($0 as? BindError)?.code == .addressUnavailable
        }
    }

    @Test("draining lets running calls end, refuses new ones and then closes")
    func drain() async throws {
        let stage = WireStage()
        let server = try await RPCServer.bind(router: stage.router)
        var peer = try await RawPeer(port: server.boundPort)
        var idle = try await RawPeer(port: server.boundPort)
        try await idle.send(requestBytes(1))
        #expect(await idle.frame() != nil)
        try await peer.send(requestBytes(1, "Hold", [1]))
        #expect(await stage.next() == [.started("Hold")])
        let running = Task { await server.run() }
        async let ending: Void = server.shutdown(within: .seconds(30))
        #expect(await idle.frame() == nil, "a connection without calls ends first")
        try await peer.send(requestBytes(3))
        let refused = await peer.frame()
        #expect(refused?.streamID == StreamID(3))
        #expect(refused?.outcome == failure(.unavailable))
        await #expect(throws: (any Error).self) { try await RawPeer(port: server.boundPort) }
        stage.release()
        #expect(await peer.frame()?.outcome == .success([1]))
        #expect(await peer.frame() == nil)
        await ending
        await running.value
        #expect(server.connectionCount == 0)
    }

    @Test("calls that outlast the drain time are cut off and cancelled")
    func cutOff() async throws {
        let stage = WireStage()
        let server = try await RPCServer.bind(router: stage.router)
        let channel = ClientChannel(host: "127.0.0.1", port: server.boundPort)
        let call = Task { await channel.stage("Sleep", timeout: .seconds(20)) }
        #expect(await stage.next() == [.started("Sleep")])
        await server.shutdown(within: .milliseconds(20))
        #expect(await call.value == failure(.unavailable))
        #expect(await stage.next() == [.cancelled("Sleep")])
        await channel.close()
    }

    @Test("cancelling run shuts the server down")
    func cancelRun() async throws {
        let server = try await RPCServer.bind(router: WireStage().router)
        let running = Task { await server.run() }
        running.cancel()
        await running.value
        let channel = ClientChannel(host: "127.0.0.1", port: server.boundPort)
        #expect(await channel.stage("Echo") == failure(.unavailable))
        await channel.close()
        #expect(await channel.stage("Echo") == failure(.unavailable))
    }

    @Test("a client finds the server again after it was away, on the same channel")
    func restart() async throws {
        let stage = WireStage()
        let first = try await RPCServer.bind(router: stage.router)
        let port = first.boundPort
        let channel = ClientChannel(host: "127.0.0.1", port: port)
        #expect(await channel.stage("Echo", [1]) == .success([1]))
        await first.shutdown(within: .seconds(1))
        #expect(await channel.stage("Echo", [2]) == failure(.unavailable), "while it is away")
        let second = try await RPCServer.bind(port: port, router: stage.router)
        #expect(await channel.stage("Echo", [3]) == .success([3]))
        await channel.close()
        await second.shutdown(within: .seconds(1))
    }

    @Test("calls beyond the connection's places wait for one, within their own time")
    func waitingCalls() async throws {
        let stage = WireStage()
        var limits = WireLimits()
        limits.clientCallCountMax = 1
        limits.clientQueueCountMax = 2
        let server = try await RPCServer.bind(router: stage.router)
        let channel = ClientChannel(host: "127.0.0.1", port: server.boundPort, limits: limits)
        let holding = Task { await channel.stage("Hold", [1]) }
        #expect(await stage.next() == [.started("Hold")])
        let late = await channel.stage("Echo", timeout: .milliseconds(20))
        #expect(late == failure(.deadlineExceeded))
        let waiting = Task { await channel.stage("Echo", [2]) }
        stage.release()
        #expect(await holding.value == .success([1]))
        #expect(await waiting.value == .success([2]))
        await channel.close()
        await server.shutdown(within: .seconds(1))
    }
}
