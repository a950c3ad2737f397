import Logging
import Testing
import Wire
import X509

/// Who comes in over TLS, who does not, and what each side is told.
@Suite("TLS handshakes", .timeLimit(.minutes(2)))
struct HandshakeTests {
    @Test("both sides show certificates, and the handler learns what the caller's says")
    func mutual() async throws {
        let stage = try await TLSStage()
        let files = try stage.root.issue(.init(uris: ["urn:test:one", "urn:test:two"], hosts: []))
        let credentials = try TLSCredentials(files: files, now: TestRoot.now)
        let channel = ClientChannel(
            host: "127.0.0.1", port: stage.server.boundPort, limits: .patient,
            security: .mutualTLS(credentials))
        let own = credentials.identity
        #expect(own.fingerprint.count == 64)
        #expect(abs(own.validity.notAfter - TestRoot.now() - 86_400) < 600)
        let found = await channel.stage("Who")
        #expect(words(found) == "urn:test:one urn:test:two \(own.fingerprint) \(own.validity.notAfter)")
        await stage.end(channel)
    }

    @Test("without TLS and in process a caller has no identity")
    func noIdentity() async throws {
        let server = try await RPCServer.bind(router: TLSStage.router)
        let channel = ClientChannel(host: "127.0.0.1", port: server.boundPort)
        #expect(words(await channel.stage("Who")) == "nobody")
        #expect(words(await InProcessChannel(router: TLSStage.router).stage("Who")) == "nobody")
        await channel.close()
        await server.shutdown(within: .seconds(1))
    }

    struct Stranger: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var leaf = TestRoot.Leaf(uris: ["urn:test:client"])
        var otherRoot: String?
        /// What the server logs and the client's caller is told.
        let logged: String
        let told: String

        static let all = [
            Stranger(
                testDescription: "of another root", otherRoot: "a stranger",
                logged: "does not lead to a trusted root", told: "does not lead to a root that it trusts"),
            Stranger(
                testDescription: "of another root with our root's name", otherRoot: "a root",
                logged: "does not lead to a trusted root", told: "not one of a root that it trusts"),
            Stranger(
                testDescription: "expired", leaf: .init(begins: -7200, ends: -3600), logged: "ended at 20",
                told: "not valid at this time"),
            Stranger(
                testDescription: "not yet valid", leaf: .init(begins: 3600, ends: 7200),
                logged: "is valid from 20", told: "not valid at this time"),
            Stranger(
                testDescription: "for servers only", leaf: .init(purposes: [.serverAuth]),
                logged: "not made for TLS", told: "the peer refused"),
            Stranger(
                testDescription: "with a blank in a name", leaf: .init(uris: ["urn:test:a b"]),
                logged: "printable ASCII", told: "lost"),
        ]
    }

    @Test(
        "a client's certificate that does not hold is refused, and both sides say why",
        arguments: Stranger.all)
    func strangers(stranger: Stranger) async throws {
        let stage = try await TLSStage()
        let channel: ClientChannel
        if stranger.testDescription.contains("blank") {
            // Our own client refuses to present it.
            let files = try stage.root.issue(stranger.leaf)
            var peer = try await RawTLSPeer(port: stage.server.boundPort, files: files)
            #expect(await peer.frame() == nil)
            channel = try stage.client()
        } else {
            channel = try stage.client(
                stranger.leaf, of: try stranger.otherRoot.map { try TestRoot($0) })
            let told = words(await channel.stage("Who"))
            #expect(told.hasPrefix("unavailable: 127.0.0.1:"), "\(told)")
            #expect(told.contains(stranger.told), "\(told)")
        }
        let line = try #require(await stage.log.next(with: "handshake failed"))
        #expect(line.message.contains(stranger.logged), "\(line.message)")
        #expect(line.level == .debug)
        await stage.end(channel)
    }

    @Test("a refused client that is still sending reads why")
    func sending() async throws {
        let stage = try await TLSStage()
        for _ in 0..<10 {
            let channel = try stage.client(of: TestRoot("a stranger"))
            let told = words(await channel.stage("Echo", [UInt8](repeating: 1, count: 3 << 20)))
            #expect(told.contains("does not lead to a root that it trusts"), "\(told)")
            await channel.close()
        }
        await stage.end()
    }

    @Test("a client without a certificate is refused with the alert that says so")
    func noCertificate() async throws {
        let stage = try await TLSStage()
        var peer = try await RawTLSPeer(port: stage.server.boundPort, files: nil)
        try? await peer.send(requestBytes(1, "Who"))
        #expect(await peer.frame() == nil)
        #expect(peer.errors.contains("CERTIFICATE_REQUIRED"))
        #expect(
            try #require(await stage.log.next(with: "handshake failed")).message.contains("no certificate"))
        await stage.end()
    }

    @Test("a client that knows no TLS 1.3 is refused")
    func version() async throws {
        let stage = try await TLSStage()
        let files = try stage.root.issue()
        var peer = try await RawTLSPeer(port: stage.server.boundPort, files: files, versions: 2...2)
        #expect(await peer.frame() == nil)
        #expect(peer.errors.contains("PROTOCOL_VERSION"))
        #expect(try #require(await stage.log.next(with: "handshake failed")).message.contains("TLS 1.3"))
        await stage.end()
    }

    struct Impostor: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var leaf = TestRoot.Leaf(uris: ["urn:test:server"])
        var host = "127.0.0.1"
        var expecting = ExpectedServer.dialledHost
        let told: String

        static let all = [
            Impostor(
                testDescription: "made out to another address", leaf: .init(addresses: [[10, 0, 0, 1]]),
                told: "not made out to 127.0.0.1; it names localhost, 10.0.0.1"),
            Impostor(
                testDescription: "made out to another name", leaf: .init(hosts: ["elsewhere.example"]),
                host: "localhost", told: "not made out to localhost; it names elsewhere.example"),
            Impostor(
                testDescription: "with another URI", expecting: .uri("urn:test:other"),
                told: "not made out to urn:test:other; it names urn:test:server"),
            Impostor(
                testDescription: "without names", leaf: .init(hosts: [], addresses: []),
                told: "it names nothing of this kind"),
            Impostor(
                testDescription: "expired", leaf: .init(begins: -7200, ends: -3600), told: "ended at 20"),
            Impostor(
                testDescription: "not yet valid", leaf: .init(begins: 3600, ends: 7200),
                told: "is valid from 20"),
            Impostor(
                testDescription: "for clients only", leaf: .init(purposes: [.clientAuth]),
                told: "not made for TLS"),
        ]
    }

    @Test("a client sends nothing to a server that is not the one it meant", arguments: Impostor.all)
    func impostors(impostor: Impostor) async throws {
        let stage = try await TLSStage(leaf: impostor.leaf)
        let channel = try stage.client(host: impostor.host, expecting: impostor.expecting)
        let told = words(await channel.stage("Who"))
        #expect(told.hasPrefix("unavailable: \(impostor.host):"), "\(told)")
        #expect(told.contains(impostor.told), "\(told)")
        await stage.end(channel)
    }

    @Test("a server of another root is refused")
    func foreignServer() async throws {
        let stage = try await TLSStage(root: TestRoot("another root"))
        let own = try TestRoot("our root")
        let channel = ClientChannel(
            host: "127.0.0.1", port: stage.server.boundPort, limits: .patient,
            security: .mutualTLS(try own.credentials()))
        #expect(words(await channel.stage("Who")).contains("does not lead to a trusted root"))
        #expect(
            try #require(await stage.log.next(with: "handshake failed")).message.contains(
                "does not lead to a root that it trusts"))
        await stage.end(channel)
    }

    @Test(
        "the server is known by the name dialled or by the one expected",
        arguments: [
            ("127.0.0.1", ExpectedServer.dialledHost), ("localhost", .dialledHost),
            ("LocalHost", .dialledHost),
            ("127.0.0.1", .uri("urn:test:server")), ("localhost", .uri("urn:test:server")),
        ])
    func names(host: String, expecting: ExpectedServer) async throws {
        let stage = try await TLSStage()
        let channel = try stage.client(host: host, expecting: expecting)
        #expect(words(await channel.stage("Who")).hasPrefix("urn:test:client "))
        await stage.end(channel)
    }
}
