import Testing
import Wire

/// What servers of this and of other protocols got wrong before; each test names the failure and where it
/// was reported.
@Suite("What other servers got wrong", .timeLimit(.minutes(1)))
struct KnownServerBugTests {
    /// Nothing of these is what the tests are about.
    private static func patient() -> WireLimits {
        var limits = WireLimits()
        limits.firstFrameTime = .seconds(600)
        limits.idleTime = .seconds(600)
        return limits
    }

    private func with(
        _ limits: WireLimits = patient(), _ body: (RPCServer, WireStage) async throws -> Void
    ) async throws {
        let stage = WireStage()
        let server = try await RPCServer.bind(router: stage.router, limits: limits)
        try await body(server, stage)
        stage.release()
        // Longer than the test may take: a connection that was forgotten would be waited for.
        await server.shutdown(within: .seconds(600))
        #expect(server.connectionCount == 0)
    }

    // MARK: Connections

    /// ttrpc#123, ttrpc#136.
    @Test("a connection that the peer resets is kept for ever")
    func resetLeak() async throws {
        var limits = Self.patient()
        // A few more than none: a place is given back a moment after the handler was cancelled.
        limits.connectionPerAddressCountMax = 10
        try await with(limits) { server, stage in
            for _ in 0..<100 {
                let peer = try await RawPeer(port: server.boundPort)
                try await peer.send(requestBytes(1, "Sleep"))
                #expect(await stage.next() == [.started("Sleep")])
                try await peer.reset()
                #expect(await stage.next() == [.cancelled("Sleep")])
            }
        }
    }

    /// containerd#12669, ttrpc#204.
    @Test(
        "a peer that leaves within an oversized frame makes the reader loop for ever",
        arguments: [false, true])
    func failedDiscard(isReset: Bool) async throws {
        try await with { server, _ in
            // More than there are event loops.
            for _ in 0..<20 {
                var peer = try await RawPeer(port: server.boundPort)
                try await peer.send(wireBytes("00500000 00000001 01 00") + [UInt8](repeating: 0, count: 999))
                #expect(await peer.frame()?.outcome == failure(.resourceExhausted))
                if isReset { try await peer.reset() } else { try await peer.close() }
            }
            for _ in 0..<20 {
                var peer = try await RawPeer(port: server.boundPort)
                try await peer.send(requestBytes(1, "Echo", [7]))
                #expect(await peer.frame()?.outcome == .success([7]))
                try await peer.close()
            }
        }
    }

    /// ttrpc-rust#239, ttrpc-rust#240. `FailedAcceptTests` does it with no descriptors left.
    @Test("an accept that fails ends the server")
    func failedAccept() async throws {
        var limits = Self.patient()
        limits.connectionPerAddressCountMax = 3
        try await with(limits) { server, _ in
            // Gone before, while and after they are accepted, and some of them too many.
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask { try? await RawPeer(port: server.boundPort).reset() }
                }
            }
            var isServed = false
            while !isServed {
                var peer = try await RawPeer(port: server.boundPort)
                // A place may still be taken by one of those.
                try? await peer.send(requestBytes(1))
                isServed = await peer.frame() != nil
                try? await peer.close()
            }
        }
    }

    /// swift-nio#2813, swift-http-server#137; ttrpc#175.
    @Test("a listener that is closed while connections wait to be accepted traps, or forgets them")
    func listenerWithWaitingConnections() async throws {
        for _ in 0..<50 {
            var server: RPCServer? = try await RPCServer.bind(
                router: WireStage().router, limits: Self.patient())
            let port = server?.boundPort ?? 0
            let peers = Task {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<20 {
                        group.addTask {
                            var peer = try? await RawPeer(port: port)
                            // Linux forgets a connection without a word whose last handshake packet meets
                            // the closing listener; who sends something is told, as every client does.
                            try? await peer?.send(requestBytes(1))
                            while await peer?.frame() != nil {}
                            // A server waits a moment for those who do not go.
                            try? await peer?.close()
                        }
                    }
                }
            }
            let running = Task { [server] in await server?.run() }
            await server?.shutdown(within: .seconds(600))
            await running.value
            server = nil
            // Each of them has been refused or closed.
            await peers.value
        }
    }

    // MARK: Streams

    /// ttrpc#231; "the handler starts before the stream is put in the map", found by reading the reference
    /// server.
    @Test("a handler that is faster than its registration leaves its stream behind")
    func fastHandler() async throws {
        var limits = Self.patient()
        limits.handlerCountMax = 1
        try await with(limits) { server, _ in
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send((0..<1_000).flatMap { requestBytes($0 * 2 + 1, "Echo", [7]) })
            for index in 0..<1_000 {
                let frame = await peer.frame()
                #expect(frame?.streamID == StreamID(UInt32(index * 2 + 1)))
                #expect(frame?.outcome == .success([7]))
            }
            try await peer.close()
        }
    }

    /// ttrpc#231.
    @Test("a call leaves its stream behind, however it ended")
    func streamLeak() {
        var streams = ServerStreams()
        var now = MonotonicInstant(nanoseconds: 0)
        var id: UInt32 = 1
        var startedCount = 0
        for kind in 0..<10_000 {
            // A second, none, or one that has passed.
            let timeout = ["2080 94ebdc03", "", "20ffffffffffffffffff01"][kind % 3]
            let frame = Frame(
                streamID: StreamID(id), type: .request, data: wireBytes("0a0161 120162" + timeout))
            if case .start = streams.receive(frame, at: now) {
                startedCount += 1
                if kind % 2 == 0 {
                    now = now.advanced(by: .seconds(60))
                    #expect(streams.expire(at: now) == [StreamID(id)])
                }
                let outcome: Result<[UInt8], RPCStatus> =
                    kind % 5 == 0 ? failure(.notFound) : .success([7])
                #expect((streams.finish(StreamID(id), outcome) == nil) == (kind % 2 == 0))
            }
            // A lower id, data for a stream that has ended, an even id: answered, and not counted.
            let stray = [UInt32(1), id, 2][kind % 3]
            _ = streams.receive(Frame(streamID: StreamID(stray), type: .data), at: now)
            id += 2
            now = now.advanced(by: .seconds(1))
        }
        #expect(startedCount > 6_000)
        #expect(streams.handlerCount == 0)
        // A last look at the clock, and there is nothing more to look for.
        #expect(streams.expire(at: now.advanced(by: .seconds(60))) == [])
        #expect(streams.nextExpiry == nil)
        streams.drain()
        #expect(streams.isDrained == true)
    }

    /// ttrpc-rust#169, ttrpc-rust#207; ttrpc#126, ttrpc#157.
    @Test("a zero-valued message is taken for no message")
    func zeroValue() async throws {
        try await with { server, _ in
            var peer = try await RawPeer(port: server.boundPort)
            // Without a payload field, and with an empty one.
            try await peer.send(requestBytes(1, "Hop"))
            let absent = await peer.frame()
            try await peer.send(wireBytes("00000012 00000003 01 00 0a09 746573742e4563686f 1203 486f70 1a00"))
            let empty = await peer.frame()
            for frame in [absent, empty] {
                #expect(frame?.type == .response)
                #expect(frame?.data == [])
            }
            try await peer.close()
        }
    }

    // MARK: Shutting down

    /// ttrpc-rust#228.
    @Test("answers are lost when the server shuts down", arguments: [false, true])
    func lostAnswers(isDraining: Bool) async throws {
        try await with { server, stage in
            let payload = [UInt8](repeating: 7, count: 256 << 10)
            var peers: [RawPeer] = []
            for _ in 0..<3 {
                let peer = try await RawPeer(port: server.boundPort)
                try await peer.send((0..<10).flatMap { requestBytes($0 * 2 + 1, "Hold", payload) })
                peers.append(peer)
            }
            #expect(await stage.next(30).count == 30)
            async let ending: Void = server.shutdown(within: .seconds(600))
            if isDraining { await Self.untilRefused(by: server) }
            stage.release()
            for var peer in peers {
                var answered: Set<StreamID> = []
                while let frame = await peer.frame() {
                    #expect(frame.outcome == .success(payload))
                    answered.insert(frame.streamID)
                }
                #expect(answered.count == 10)
            }
            await ending
        }
    }

    /// ttrpc-rust#228, for a peer that reads later than we write.
    @Test("answers are lost when the server shuts down before a slow peer has read them")
    func lostAnswersOfSlowPeer() async throws {
        var limits = Self.patient()
        limits.lingerTime = .milliseconds(50)
        try await with(limits) { server, stage in
            let payload = [UInt8](repeating: 7, count: 3 << 20)
            var peer = try await RawPeer(port: server.boundPort, isReading: false)
            // More than the sockets' own buffers hold.
            try await peer.send((0..<8).flatMap { requestBytes($0 * 2 + 1, "Hold", payload) })
            #expect(await stage.next(8).count == 8)
            async let ending: Void = server.shutdown(within: .seconds(600))
            stage.release()
            // Much longer than the linger time; a slow machine makes the test milder, not wrong.
            try await Task.sleep(for: .milliseconds(500))
            try await peer.startReading()
            var answeredCount = 0
            while await peer.frame()?.outcome == .success(payload) { answeredCount += 1 }
            #expect(answeredCount == 8)
            await ending
        }
    }

    /// "The `active` counter is decremented for every error reply", found by reading the reference server.
    @Test("error replies make a busy connection count as idle")
    func busyTakenForIdle() async throws {
        var limits = Self.patient()
        limits.idleTime = .milliseconds(50)
        try await with(limits) { server, stage in
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(requestBytes(1, "Hold", [7]))
            #expect(await stage.next() == [.started("Hold")])
            for id in stride(from: UInt32(3), to: 63, by: 4) {
                try await peer.send(
                    requestBytes(2) + requestBytes(id, "Missing") + requestBytes(id + 2, "Fail"))
                for _ in 0..<3 { #expect((try? await peer.frame()?.outcome?.get()) == nil) }
            }
            // Other connections are found idle meanwhile, one after another.
            for _ in 0..<3 {
                var idle = try await RawPeer(port: server.boundPort)
                try await idle.send(requestBytes(1))
                #expect(await idle.frame() != nil)
                #expect(await idle.frame() == nil)
            }
            async let ending: Void = server.shutdown(within: .seconds(600))
            await Self.untilRefused(by: server)
            stage.release()
            #expect(await peer.frame()?.outcome == .success([7]))
            #expect(await peer.frame() == nil)
            await ending
        }
    }

    /// Waits until nobody can connect any more.
    private static func untilRefused(by server: RPCServer) async {
        while let peer = try? await RawPeer(port: server.boundPort) { try? await peer.close() }
    }
}
