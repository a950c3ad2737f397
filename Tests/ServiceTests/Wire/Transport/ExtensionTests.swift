import Testing
import Wire

/// Our additions to the protocol between our own peers, and what happens with peers that lack them.
@Suite("Our peers and foreign peers", .timeLimit(.minutes(2)))
struct ExtensionTests {
    private func with(
        limits: WireLimits = WireLimits(), _ body: (RPCServer, WireStage) async throws -> Void
    ) async throws {
        let stage = WireStage()
        let server = try await RPCServer.bind(router: stage.router, limits: limits)
        try await body(server, stage)
        stage.release()
        await server.shutdown(within: .seconds(1))
    }

    @Test("a caller that leaves is told to our server, which cancels the handler")
    func cancel() async throws {
        try await with { server, stage in
            let channel = ClientChannel(host: "127.0.0.1", port: server.boundPort)
            // The Hello has come with this answer.
            #expect(await channel.stage("Echo") == .success([]))
            let call = Task { await channel.stage("Sleep", timeout: .seconds(60)) }
            #expect(await stage.next() == [.started("Sleep")])
            call.cancel()
            #expect(await call.value == failure(.cancelled))
            #expect(await stage.next() == [.cancelled("Sleep")])
            await channel.close()
        }
    }

    @Test("a client is told of a drain, and its next call goes over a new connection")
    func goAway() async throws {
        let stage = WireStage()
        let first = try await RPCServer.bind(router: stage.router)
        let port = first.boundPort
        let channel = ClientChannel(host: "127.0.0.1", port: port)
        let held = Task { await channel.stage("Hold", [1], timeout: .seconds(60)) }
        #expect(await stage.next() == [.started("Hold")])
        async let ending: Void = first.shutdown(within: .seconds(60))
        // The port is free as soon as the draining server no longer listens.
        var second: RPCServer?
        while second == nil { second = try? await RPCServer.bind(port: port, router: stage.router) }
        // The old connection still lives, and would refuse.
        while await channel.stage("Echo", [2]) != .success([2]) { await Task.yield() }
        stage.release()
        #expect(await held.value == .success([1]))
        await ending
        await channel.close()
        await second?.shutdown(within: .seconds(1))
    }

    @Test("an old connection ends when nothing runs on it, and no call is lost")
    func age() async throws {
        var limits = WireLimits()
        limits.connectionAgeMax = .milliseconds(20)
        try await with(limits: limits) { server, _ in
            let channel = ClientChannel(host: "127.0.0.1", port: server.boundPort)
            for index in 0..<300 {
                let payload = [UInt8(index & 0xff)]
                #expect(await channel.stage("Hop", payload) == .success(payload))
                if index % 30 == 0 { try await Task.sleep(for: .milliseconds(5)) }
            }
            await channel.close()
            // A foreign client is not told, and finds the connection closed between two calls.
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(requestBytes(1, "Echo", [1]))
            #expect(await peer.frame()?.outcome == .success([1]))
            #expect(await peer.frame() == nil)
        }
    }

    @Test("a foreign client's stream that nobody reads fails alone, and its connection serves on")
    func foreignFlood() async throws {
        try await with { server, stage in
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(
                requestBytes(
                    1, "Stall", service: "test.Streams", flags: .remoteOpen))
            #expect(await stage.next() == [.started("Stall")])
            let message = Frame(
                streamID: StreamID(1), type: .data, data: [UInt8](repeating: 1, count: 100_000))
            var bytes: [UInt8] = []
            message.append(to: &bytes)
            for _ in 0..<11 { try await peer.send(bytes) }
            let refusal = await peer.frame()
            #expect(refusal?.streamID == StreamID(1))
            #expect(refusal?.outcome == failure(.resourceExhausted))
            try await peer.send(requestBytes(3, "Echo", [3]))
            #expect(await peer.frame()?.outcome == .success([3]))
            try await peer.close()
        }
    }

    @Test("a foreign server's stream that nobody reads fails alone, and its connection serves on")
    func foreignServerFlood() async throws {
        let server = try await RawServer()
        let channel = ClientChannel(host: "127.0.0.1", port: server.port)
        let opening = Task { try await channel.streaming("Divide", .serverStreaming, [1]) }
        var talk = try await server.conversation()
        let request = try #require(await talk.frame())
        #expect(request.flags == .remoteClosed)
        let stream = try await opening.value
        for _ in 0..<11 {
            try await talk.send(
                Frame(
                    streamID: request.streamID, type: .data, data: [UInt8](repeating: 1, count: 100_000)))
        }
        let call = Task { await channel.stage("Echo") }
        let echo = try #require(await talk.frame())
        #expect(echo.type == .request, "a plain server is never sent our additions")
        try await talk.send(Frame(streamID: echo.streamID, type: .response, data: [0x12, 1, 7]))
        #expect(await call.value == .success([7]))
        #expect(await stream.responses.all().failure == RPCStatus(code: .resourceExhausted, message: ""))
        await channel.close()
        try await server.close()
    }

    @Test("a silent foreign server is asked something, and then sent a stream without counting")
    func plainServer() async throws {
        let server = try await RawServer()
        var limits = WireLimits()
        limits.untoldByteCountMax = 1_000
        let channel = ClientChannel(host: "127.0.0.1", port: server.port, limits: limits)
        let opening = Task { try await channel.streaming("Sum", .clientStreaming) }
        var talk = try await server.conversation()
        let request = try #require(await talk.frame())
        #expect(request.flags == .remoteOpen)
        let metadata = try RequestEnvelope(request.data, limits: WireLimits()).metadata
        #expect(metadata["wire-window"] == "\(WireLimits().streamWindowByteCount)")
        let question = try #require(await talk.frame())
        let asked = try RequestEnvelope(question.data, limits: WireLimits())
        #expect(asked.service == "grpc.health.v1.Health")
        #expect(asked.metadata.isEmpty, "the announcement is made once")
        let stream = try await opening.value
        let writing = Task {
            for _ in 0..<100 { try await stream.requests.send([UInt8](repeating: 1, count: 1_000)) }
            stream.requests.finish()
        }
        #expect(await talk.frame()?.data.count == 1_000)
        try await talk.send("0000000a 00000003 02 00 0a08 080c 1204 6e6f6e65")
        for _ in 1..<100 { #expect(await talk.frame()?.data.count == 1_000) }
        #expect(await talk.frame()?.flags == [.remoteClosed, .noData])
        try await talk.send("00000003 00000001 02 00 120109")
        #expect(await stream.responses.all().messages == [[9]])
        try await writing.value
        await channel.close()
        try await server.close()
    }
}
