import Testing
import Wire

/// What clients of this and of other protocols got wrong before; each test names the failure and where it
/// was reported.
@Suite("What other clients got wrong", .timeLimit(.minutes(1)))
struct KnownClientBugTests {
    private func with(
        limits: WireLimits = WireLimits(), _ body: (inout ScriptedServer, ClientChannel) async throws -> Void
    ) async throws {
        var server = try await ScriptedServer()
        let channel = ClientChannel(host: "127.0.0.1", port: server.port, limits: limits)
        try await body(&server, channel)
        await channel.close()
        try await server.close()
    }

    private static func answer(_ stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        ResponseEnvelope(.success(payload)).appendFrame(streamID: StreamID(stream), to: &bytes)
        return bytes
    }

    /// Far beyond what a test may take: a call that ends has been ended by what happened.
    private static let long: Duration = .seconds(600)

    // MARK: Connections

    /// ttrpc-rust#222.
    @Test("sending succeeds after the connection is gone, and the call waits for its deadline")
    func sentIntoNothing() async throws {
        try await with { server, channel in
            for isReset in [false, true] {
                let call = Task { await channel.stage("Echo", timeout: Self.long) }
                var peer = try await server.connection()
                #expect(await peer.frame()?.streamID == StreamID(1))
                if isReset { try await peer.reset() } else { try await peer.close() }
                #expect(await call.value == failure(.unavailable))
            }
            let call = Task { await channel.stage("Echo", timeout: Self.long) }
            var peer = try await server.connection()
            #expect(await peer.frame()?.streamID == StreamID(1), "a new connection counts anew")
            try await peer.send(Self.answer(1, [7]))
            #expect(await call.value == .success([7]))
            try await peer.closeOutput()
            #expect(await peer.frame() == nil, "the client has noticed and closed too")
            let next = Task { await channel.stage("Echo", timeout: Self.long) }
            var second = try await server.connection()
            #expect(await second.frame()?.streamID == StreamID(1))
            try await second.send(Self.answer(1, [8]))
            #expect(await next.value == .success([8]))
        }
    }

    /// containerd#12669, ttrpc#204.
    @Test("a server that leaves within an oversized answer makes the reader loop for ever")
    func failedDiscard() async throws {
        try await with { server, channel in
            for _ in 0..<10 {
                let call = Task { await channel.stage("Echo", timeout: Self.long) }
                var peer = try await server.connection()
                #expect(await peer.frame() != nil)
                try await peer.send(wireBytes("00500000 00000001 02 00") + [UInt8](repeating: 0, count: 999))
                #expect(await call.value == failure(.resourceExhausted))
                try await peer.closeOutput()
                #expect(await peer.frame() == nil)
            }
        }
    }

    /// ttrpc-rust#198.
    @Test("what follows an oversized answer is out of step")
    func outOfStep() async throws {
        try await with { server, channel in
            let calls = (0..<2).map { _ in Task { await channel.stage("Echo", timeout: Self.long) } }
            var peer = try await server.connection()
            #expect(await peer.frame()?.streamID == StreamID(1))
            #expect(await peer.frame()?.streamID == StreamID(3))
            let oversized = wireBytes("00500000 00000001 02 00") + Self.answer(3, [1]).cycled(to: 5 << 20)
            try await peer.send(oversized + Self.answer(3, [7]))
            let outcomes = [await calls[0].value, await calls[1].value]
            #expect(outcomes.contains(failure(.resourceExhausted)))
            #expect(outcomes.contains(.success([7])))
        }
    }

    // MARK: Streams

    /// "The client does not delete a stream that ended with an error status", found by reading the reference
    /// client; ttrpc#231.
    @Test("a call leaves its stream behind, however it ended")
    func streamLeak() async throws {
        let stage = WireStage()
        let server = try await RPCServer.bind(router: stage.router)
        var limits = WireLimits()
        limits.clientCallCountMax = 1
        let channel = ClientChannel(host: "127.0.0.1", port: server.boundPort, limits: limits)
        let tooLarge = [UInt8](repeating: 0, count: 4 << 20)
        for _ in 0..<50 {
            #expect(await channel.stage("Fail", timeout: Self.long) == failure(.failedPrecondition))
            #expect(await channel.stage("Missing", timeout: Self.long) == failure(.unimplemented))
            #expect(await channel.stage("Large", timeout: Self.long) == failure(.resourceExhausted))
            #expect(await channel.stage("Echo", tooLarge, timeout: Self.long) == failure(.resourceExhausted))
            #expect(await channel.stage("Echo", timeout: .zero) == failure(.deadlineExceeded))
            let cancelled = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await channel.stage("Echo", timeout: Self.long)
            }
            #expect(await cancelled.value == failure(.cancelled))
        }
        #expect(await channel.stage("Echo", [7], timeout: Self.long) == .success([7]))
        await channel.close()
        await server.shutdown(within: .seconds(60))
    }

    /// ttrpc-rust#169, ttrpc-rust#207; ttrpc#126, ttrpc#157.
    @Test("a zero-valued message is taken for no message")
    func zeroValue() async throws {
        try await with { server, channel in
            let call = Task { await channel.stage("Echo", timeout: Self.long) }
            var peer = try await server.connection()
            let request = await peer.frame()
            #expect(try request.map { try RequestEnvelope($0.data, limits: WireLimits()).payload } == [])
            try await peer.send(wireBytes("00000000 00000001 02 00"))
            #expect(await call.value == .success([]))
        }
    }

    /// grpc-swift#2202.
    @Test("calls cancelled in quick succession close the whole channel")
    func rapidCancels() async throws {
        let server = try await RPCServer.bind(router: WireStage().router)
        let channel = ClientChannel(host: "127.0.0.1", port: server.boundPort)
        #expect(await channel.stage("Echo", timeout: Self.long) == .success([]))
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<2_000 {
                group.addTask {
                    let call = Task { await channel.stage("Hop", [7], timeout: Self.long) }
                    // Before it is sent, while it is under way, or when it has been answered.
                    for _ in 0..<index % 7 { await Task.yield() }
                    call.cancel()
                    let outcome = await call.value
                    #expect(outcome == failure(.cancelled) || outcome == .success([7]))
                }
            }
        }
        // All places are free again.
        let rightCount = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<WireLimits().clientCallCountMax * 2 {
                group.addTask { await channel.stage("Hop", [7], timeout: Self.long) == .success([7]) }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(rightCount == WireLimits().clientCallCountMax * 2)
        #expect(server.connectionCount == 1, "it is the first connection still")
        await channel.close()
        await server.shutdown(within: .seconds(60))
    }
}

extension [UInt8] {
    /// Repeated up to so many bytes.
    fileprivate func cycled(to byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { self[$0 % count] }
    }
}
