import Logging
import Testing
import Wire

/// Bytes that are not what a port takes, and bytes that come too slowly.
@Suite("Strange bytes and TLS", .timeLimit(.minutes(2)))
struct StrangeBytesTests {
    @Test(
        "plaintext to a TLS port is closed without an answer",
        arguments: [requestBytes(1), Array("GET / HTTP/1.1\r\n\r\n".utf8), [0x15, 3, 3, 0, 2, 2, 40], [255]])
    func plaintext(bytes: [UInt8]) async throws {
        let stage = try await TLSStage()
        var peer = try await RawPeer(port: stage.server.boundPort)
        try await peer.send(bytes)
        #expect(await peer.frame() == nil)
        let line = try #require(await stage.log.next(with: "handshake failed"))
        #expect(line.message.contains("does not speak TLS"))
        let channel = try stage.client()
        #expect(words(await channel.stage("Who")).hasPrefix("urn:test:client "))
        await stage.end(channel)
    }

    @Test("a plaintext client of ours fails with UNAVAILABLE at a TLS port")
    func plaintextClient() async throws {
        let stage = try await TLSStage()
        let channel = ClientChannel(host: "127.0.0.1", port: stage.server.boundPort)
        #expect(await channel.stage("Who") == failure(.unavailable))
        await stage.end(channel)
    }

    @Test("TLS to a plaintext port is closed, and both sides are told what happened")
    func tlsToPlaintext() async throws {
        let log = LogPages()
        let root = try TestRoot()
        let server = try await RPCServer.bind(router: TLSStage.router, logger: log.logger)
        let channel = ClientChannel(
            host: "127.0.0.1", port: server.boundPort, limits: .patient,
            security: .mutualTLS(try root.credentials()))
        let told = words(await channel.stage("Who"))
        #expect(told.contains("closed the connection during the TLS handshake"), "\(told)")
        let line = try #require(await log.next(with: "connection refused"))
        #expect(line.message.contains("speaks TLS, and this port is plaintext"))
        #expect(line.level == .notice)
        await channel.close()
        await server.shutdown(within: .seconds(5))
    }

    @Test(
        "garbage inside a handshake is refused",
        arguments: [
            [22, 3, 1, 0, 4, 1, 0, 0, 0], [22, 3, 1, 255, 255] + [UInt8](repeating: 7, count: 70_000),
            [22, 3, 1, 0, 5, 1, 255, 255, 255, 0], [22, 0], Array(repeating: 22, count: 5_000),
        ] as [[UInt8]])
    func garbage(bytes: [UInt8]) async throws {
        var limits = WireLimits()
        limits.handshakeTime = .milliseconds(300)
        let stage = try await TLSStage(limits: limits)
        var peer = try await RawPeer(port: stage.server.boundPort)
        try? await peer.send(bytes)
        // An alert may come before the end; it is no frame of ours, and bytes that follow have none.
        while await peer.frame() != nil {}
        _ = try #require(await stage.log.next(with: "handshake failed"))
        await stage.end()
    }

    @Test("a handshake that does not end is cut off", arguments: [0, 1, 5, 100])
    func slow(byteCount: Int) async throws {
        var limits = WireLimits()
        limits.handshakeTime = .milliseconds(100)
        let stage = try await TLSStage(limits: limits)
        var peer = try await RawPeer(port: stage.server.boundPort)
        // The head of a record of 512 bytes, of which fewer come.
        let record: [UInt8] = [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3] + [UInt8](repeating: 0, count: 200)
        try? await peer.send(Array(record.prefix(byteCount)))
        while await peer.frame() != nil {}
        let line = try #require(await stage.log.next(with: "handshake failed"))
        #expect(line.message.contains("was not over after"), "\(line.message)")
        await stage.end()
    }

    @Test("a client gives up a server that accepts and says nothing")
    func silentServer() async throws {
        let root = try TestRoot()
        let silent = try SilentPort()
        var limits = WireLimits()
        limits.handshakeTime = .milliseconds(100)
        let channel = ClientChannel(
            host: "127.0.0.1", port: silent.port, limits: limits,
            security: .mutualTLS(try root.credentials()))
        let told = words(await channel.stage("Who"))
        #expect(told.contains("was not over after"), "\(told)")
        await channel.close()
        silent.close()
    }

    @Test("garbage after the handshake gets what garbage gets, and the next connection is served")
    func garbageAfterwards() async throws {
        let stage = try await TLSStage()
        let files = try stage.root.issue(.init(uris: ["urn:test:raw"]))
        var peer = try await RawTLSPeer(port: stage.server.boundPort, files: files)
        try await peer.send(requestBytes(1, "Echo", [4]))
        #expect(await peer.frame()?.outcome == .success([4]))
        try await peer.send(wireBytes("00000001 00000003 01 00 0a"))
        #expect(await peer.frame()?.outcome == failure(.invalidArgument))
        try await peer.send(wireBytes("ffffffff 00000005 01 00"))
        #expect(await peer.frame()?.outcome == failure(.resourceExhausted))
        #expect(await peer.frame() == nil)
        var next = try await RawTLSPeer(port: stage.server.boundPort, files: files)
        try await next.send(requestBytes(1, "Echo", [5]))
        #expect(await next.frame()?.outcome == .success([5]))
        try await next.close()
        await stage.end()
    }
}
