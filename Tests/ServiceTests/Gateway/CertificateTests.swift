import Authority
import Contracts
import Gateway
import Testing
import Wire

/// Institutions that act at the counter by their certificate.
@Suite("Certificates at the counter", .timeLimit(.minutes(1)))
struct CertificateTests {
    private static let agencyCode = "91440400192548256N"
    private static let enterpriseCode = "91110108UE189C4Q99"
    private static let agencyToken = "the-work-agency-signs-in-with-this"
    private static let plainToken = "the-authority-signs-in-with-this-one"
    private static let key = String(repeating: "k", count: 32)

    private func counter(_ authority: RecordingChannel) -> CounterRouter {
        let backends = Backends.all(authority)
        return CounterRouter(
            tokens: TokenBook([
                .init(
                    token: Self.agencyToken, role: .workAgency,
                    institution: .init(creditCode: Self.agencyCode, name: "工作机构")),
                .init(token: Self.plainToken, role: .authority),
            ]),
            certificates: CertificateBook([
                .init(
                    role: .workAgency, institution: .init(creditCode: Self.agencyCode, name: "工作机构")),
                .init(
                    role: .enterprise, institution: .init(creditCode: Self.enterpriseCode, name: "企业")),
            ]),
            backends: backends, platformKey: Self.key, own: [CounterDesk(backends: backends).definition])
    }

    /// What the counter says to a caller with these names in its certificate.
    private func whoAmI(uris: [String]?, token: String? = nil) async throws -> GatewayAPI.WhoAmIResponse {
        try GatewayAPI.WhoAmIResponse(
            serialized: await call("WhoAmI", of: "forerunner.gateway.v1.Gateway", uris: uris, token: token))
    }

    private func call(
        _ method: String, of service: String, uris: [String]?, token: String? = nil,
        authority: RecordingChannel = RecordingChannel()
    ) async throws -> [UInt8] {
        var metadata = Metadata()
        if let token { metadata[CallMetadata.authorization] = "Bearer \(token)" }
        let identity = try uris.map { uris in
            PeerIdentity(
                names: try CertificateNames(
                    uris: uris.map { Array($0.utf8) }, hosts: [], addresses: []),
                fingerprint: String(repeating: "0", count: 64),
                validity: CertificateValidity(notBefore: 0, notAfter: 1))
        }
        let context = CallContext(
            service: service, method: method, metadata: metadata, deadline: .after(.seconds(5)),
            peer: "a test", peerIdentity: identity)
        guard case .unary(let handler) = try counter(authority).route(service: service, method: method)
        else { throw RPCStatus(code: .unimplemented, message: "the method is not unary") }
        return try await handler([], context)
    }

    private func institution(_ code: String) -> [String] { [CertifiedName.institutionPrefix + code] }

    @Test("a certificate is its institution in the role that the deployment gives it")
    func listed() async throws {
        let agency = try await whoAmI(uris: institution(Self.agencyCode))
        #expect(agency.role == .workAgency)
        #expect(agency.institution == .init(creditCode: Self.agencyCode, name: "工作机构"))
        #expect(try await whoAmI(uris: institution(Self.enterpriseCode)).role == .enterprise)
    }

    @Test(
        "an unlisted institution, a process and a stranger's certificate are everybody",
        arguments: [
            nil, [], ["spiffe://example.org/x"], ["urn:forerunner:process:gateway"],
            ["urn:forerunner:institution:91350100M000100Y43"],
        ] as [[String]?])
    func everybody(uris: [String]?) async throws {
        #expect(try await whoAmI(uris: uris).role == .public)
    }

    @Test("the access table still decides")
    func access() async throws {
        let authority = RecordingChannel()
        let scheme = SchemeServiceClient.serviceName
        _ = try await call(
            "OpenCall", of: scheme, uris: institution(Self.agencyCode), authority: authority)
        let sent = try #require(authority.asked.first).options.metadata
        #expect(sent[CallMetadata.role] == CommonAPI.Role.workAgency.name)
        #expect(sent[CallMetadata.institutionCode] == Self.agencyCode)
        #expect(sent[CallMetadata.platformKey] == Self.key)
        await #expect {
            try await call("OpenCall", of: scheme, uris: institution(Self.enterpriseCode))
        } throws: { ($0 as? RPCStatus)?.code == .permissionDenied }
        await #expect { try await call("OpenCall", of: scheme, uris: []) } throws: {
            ($0 as? RPCStatus)?.code == .unauthenticated
        }
    }

    @Test("a token counts on a connection of its own institution, and on one that names none")
    func token() async throws {
        for uris in [nil, [], institution(Self.agencyCode), ["urn:forerunner:process:scheme"]] {
            #expect(try await whoAmI(uris: uris, token: Self.agencyToken).role == .workAgency)
        }
        #expect(try await whoAmI(uris: [], token: Self.plainToken).role == .authority)
    }

    @Test(
        "a token is worth nothing on a connection of another institution",
        arguments: [agencyToken, plainToken])
    func stolen(token: String) async throws {
        await #expect { try await whoAmI(uris: institution(Self.enterpriseCode), token: token) } throws: {
            guard let status = $0 as? RPCStatus else { return false }
            return status.code == .unauthenticated && status.message.contains(Self.enterpriseCode)
        }
    }

    @Test(
        "a certificate that names two or nearly one is nobody's, and not everybody's",
        arguments: [
            ["urn:forerunner:institution:91440400192548256M"],
            ["urn:forerunner:process:king"],
            ["urn:forerunner:process:scheme", "urn:forerunner:institution:\(agencyCode)"],
        ])
    func malformed(uris: [String]) async throws {
        await #expect { try await whoAmI(uris: uris) } throws: {
            guard let status = $0 as? RPCStatus else { return false }
            return status.code == .unauthenticated && status.message.contains("nobody's")
        }
    }

    @Test("over TLS the counter decides by the certificate that it was shown")
    func overTLS() async throws {
        let root = try TestRoot()
        let authority = RecordingChannel()
        let server = try await RPCServer.bind(
            router: counter(authority),
            security: .mutualTLS(try root.credentials(.init(uris: ["urn:forerunner:process:gateway"]))))
        func answer(_ code: String) async throws -> Result<[UInt8], RPCStatus> {
            let own = try root.credentials(.init(uris: institution(code), hosts: [], addresses: []))
            let channel = ClientChannel(
                host: "127.0.0.1", port: server.boundPort, security: .mutualTLS(own),
                expecting: .uri("urn:forerunner:process:gateway"))
            defer { Task { await channel.close() } }
            do throws(RPCStatus) {
                return .success(
                    try await channel.unary(
                        service: SchemeServiceClient.serviceName, method: "OpenCall", payload: [1, 2],
                        options: .init()))
            } catch {
                return .failure(error)
            }
        }
        #expect(try await answer(Self.agencyCode) == .success([2, 1]))
        #expect(try await answer(Self.enterpriseCode) == failure(.permissionDenied))
        #expect(try await answer("91350100M000100Y43") == failure(.unauthenticated))
        #expect(authority.asked.count == 1)
        await server.shutdown(within: .seconds(5))
    }
}

/// Processes that vouch for callers.
@Suite("Certificates between processes")
struct ProcessCertificateTests {
    private static let key = String(repeating: "k", count: 32)

    private func role(uris: [String]?, key: String) async throws -> CommonAPI.Role {
        var metadata = Actor(role: .workAgency).vouched(in: Metadata(), platformKey: key)
        metadata["kept"] = "yes"
        let identity = try uris.map { uris in
            PeerIdentity(
                names: try CertificateNames(
                    uris: uris.map { Array($0.utf8) }, hosts: [], addresses: []),
                fingerprint: "", validity: CertificateValidity(notBefore: 0, notAfter: 1))
        }
        let call = CallContext(
            service: "s", method: "m", metadata: metadata, deadline: .after(.seconds(5)), peer: "a test",
            peerIdentity: identity)
        return try await IdentityInterceptor(platformKey: Self.key).intercept(call) {
            (call: CallContext) async throws(RPCStatus) -> CommonAPI.Role in Actor(call).role
        }
    }

    @Test("with TLS the platform's key is believed from a process only")
    func keyAndCertificate() async throws {
        #expect(try await role(uris: ["urn:forerunner:process:gateway"], key: Self.key) == .workAgency)
        #expect(try await role(uris: nil, key: Self.key) == .workAgency, "without TLS the key must do")
        #expect(try await role(uris: [], key: Self.key) == .public)
        let institution = ["urn:forerunner:institution:91440400192548256N"]
        #expect(try await role(uris: institution, key: Self.key) == .public)
        #expect(try await role(uris: ["urn:forerunner:process:king"], key: Self.key) == .public)
        let wrong = String(repeating: "x", count: 32)
        #expect(try await role(uris: ["urn:forerunner:process:gateway"], key: wrong) == .public)
    }
}
