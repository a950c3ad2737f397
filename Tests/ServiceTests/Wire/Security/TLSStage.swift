import Foundation
import Testing
import Wire

/// A server with TLS whose handler says who called, and clients of it.
struct TLSStage {
    let root: TestRoot
    let server: RPCServer
    let log: LogPages
    let credentials: TLSCredentials

    init(
        root: TestRoot? = nil, leaf: TestRoot.Leaf = .init(uris: ["urn:test:server"]),
        limits: WireLimits = .patient, stage: WireStage? = nil
    ) async throws {
        self.root = try root ?? TestRoot()
        credentials = try self.root.credentials(leaf)
        log = LogPages()
        server = try await RPCServer.bind(
            router: stage?.router ?? Self.router, limits: limits, logger: log.logger,
            security: .mutualTLS(credentials))
    }

    /// Answers with the caller's names, fingerprint and end.
    static var router: ServiceRouter {
        ServiceRouter(services: [
            ServiceDefinition(
                name: "test.Echo",
                handlers: [
                    "Who": { (_: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
                        guard let peer = call.peerIdentity else { return Array("nobody".utf8) }
                        let names = peer.names.uris.joined(separator: " ")
                        return Array("\(names) \(peer.fingerprint) \(peer.validity.notAfter)".utf8)
                    },
                    "Echo": { (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in payload
                    },
                ])
        ])
    }

    func client(
        _ leaf: TestRoot.Leaf = .init(uris: ["urn:test:client"]), of other: TestRoot? = nil,
        host: String = "127.0.0.1", expecting: ExpectedServer = .dialledHost,
        limits: WireLimits = .patient
    ) throws -> ClientChannel {
        let files = try (other ?? root).issue(leaf)
        // A stranger believes in our root, so that the refusal is the server's.
        let credentials = try TLSCredentials(
            files: TLSFiles(certificate: files.certificate, key: files.key, roots: root.roots),
            now: TestRoot.now)
        return ClientChannel(
            host: host, port: server.boundPort, limits: limits, security: .mutualTLS(credentials),
            expecting: expecting)
    }

    func end(_ channels: ClientChannel...) async {
        for channel in channels { await channel.close() }
        await server.shutdown(within: .seconds(5))
    }
}

extension WireLimits {
    /// For tests that are not about time, on a machine that does much else.
    static var patient: WireLimits {
        var limits = WireLimits()
        limits.handshakeTime = .seconds(60)
        limits.firstFrameTime = .seconds(60)
        limits.connectTime = .seconds(60)
        return limits
    }
}

/// The text of an answer, or of a failure's message.
func words(_ outcome: Result<[UInt8], RPCStatus>) -> String {
    switch outcome {
    case .success(let bytes): String(decoding: bytes, as: UTF8.self)
    case .failure(let status): "\(status.code): \(status.message)"
    }
}
