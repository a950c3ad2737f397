import Authority
import Contracts
import Gateway
import Testing
import Wire

@Suite("The public counter")
struct CounterRouterTests {
    private static let key = String(repeating: "k", count: 32)
    private static let token = "the-work-agency-signs-in-with-this"
    private let authority = RecordingChannel()
    private let institution = CommonAPI.Institution(creditCode: "91110108UE189C4Q99", name: "工作机构")

    private func counter(_ backends: Backends) -> InProcessChannel {
        let book = TokenBook([
            .init(token: Self.token, role: .workAgency, institution: institution),
            .init(token: "the-committee-signs-in-with-this-one", role: .committee),
        ])
        return InProcessChannel(
            router: CounterRouter(
                tokens: book, backends: backends, platformKey: Self.key,
                own: [CounterDesk(backends: backends).definition]))
    }

    private func signedIn(_ token: String = token) -> Metadata {
        [CallMetadata.authorization: "Bearer \(token)"]
    }

    @Test("a call goes to the authority with the power, its payload unread, its answer as it came")
    func passes() async throws {
        // No protobuf message begins with this byte.
        let payload: [UInt8] = [0xFF, 0x00, 0x17]
        let services = [
            SchemeServiceClient.serviceName, RankingServiceClient.serviceName,
            ComplianceServiceClient.serviceName,
        ]
        let authorities = services.map { _ in RecordingChannel() }
        let backends = Backends.all(
            authority, scheme: authorities[0], ranking: authorities[1], compliance: authorities[2])
        let methods = ["ListSchemes", "ListRankingLists", "FindTitles"]
        for (index, service) in services.enumerated() {
            let answer = try await counter(backends).unary(
                service: service, method: methods[index], payload: payload, options: .init())
            #expect(answer == payload.reversed())
            #expect(authorities[index].asked.map(\.payload) == [payload])
        }
        #expect(authority.asked.isEmpty)
    }

    @Test("a signed-in caller is vouched for and the token goes no further")
    func vouched() async throws {
        var metadata = signedIn()
        metadata[CallMetadata.requestID] = "request-1"
        metadata["traceparent"] = "00-1-2-3"
        _ = try await counter(.all(authority)).unary(
            service: SchemeServiceClient.serviceName, method: "OpenCall", payload: [],
            options: .init(metadata: metadata))
        let sent = try #require(authority.asked.first).options.metadata
        #expect(sent[CallMetadata.platformKey] == Self.key)
        #expect(sent[CallMetadata.role] == CommonAPI.Role.workAgency.name)
        #expect(sent[CallMetadata.institutionCode] == institution.creditCode)
        #expect(sent[CallMetadata.institutionName] == institution.name)
        #expect(sent[CallMetadata.authorization] == nil)
        #expect(sent[CallMetadata.requestID] == "request-1")
        #expect(sent["traceparent"] == "00-1-2-3")
    }

    @Test("an identity that a client forges is stripped, in whatever case and however often it is written")
    func forged() async throws {
        var metadata = Metadata()
        for _ in 0..<2 {
            metadata.append(Self.key, for: "Forerunner-Platform-Key")
            metadata.append("ROLE_AUTHORITY", for: "FORERUNNER-ROLE")
            metadata.append("91110108XE4GKJ5E0F", for: CallMetadata.institutionCode)
            metadata.append("市场监督管理总局", for: CallMetadata.institutionName)
        }
        let counter = counter(.all(authority))
        _ = try await counter.unary(
            service: SchemeServiceClient.serviceName, method: "ListSchemes", payload: [],
            options: .init(metadata: metadata))
        let sent = try #require(authority.asked.first).options.metadata
        #expect(sent.values(for: CallMetadata.role) == [CommonAPI.Role.public.name])
        #expect(sent.values(for: CallMetadata.platformKey) == [Self.key])
        #expect(sent[CallMetadata.institutionCode] == nil)
        #expect(sent[CallMetadata.institutionName] == nil)
        await expectStatus(.unauthenticated) { () async throws(RPCStatus) in
            try await counter.unary(
                service: SchemeServiceClient.serviceName, method: "PublishKeyField", payload: [],
                options: .init(metadata: metadata))
        }
        #expect(authority.asked.count == 1)
    }

    @Test("an unknown token is told so, also for what everybody may ask")
    func unknownToken() async {
        let counter = counter(.all(authority))
        for text in ["Bearer nobody's", Self.token, "Basic \(Self.token)"] {
            await expectStatus(.unauthenticated) { () async throws(RPCStatus) in
                try await SchemeServiceClient(counter).listSchemes(
                    .init(), options: .init(metadata: [CallMetadata.authorization: text]))
            }
            await expectStatus(.unauthenticated) { () async throws(RPCStatus) in
                try await GatewayClient(counter).whoAmI(
                    .init(), options: .init(metadata: [CallMetadata.authorization: text]))
            }
        }
        #expect(authority.asked.isEmpty)
    }

    /// Methods that answer with a stream, as the access table names them.
    private static let streaming = Set(
        ServiceCatalogue.description.services.flatMap { service in
            service.methods.filter(\.streamsResponses).map { "/\(service.name)/\($0.name)" }
        })

    @Test("a role may call what the access table names it for, and every other method is refused to it")
    func wrongRole() async throws {
        let counter = counter(.all(authority))
        var refusedCount = 0
        for (fullMethod, policy) in AccessTable.policies {
            let parts = fullMethod.split(separator: "/").map(String.init)
            guard parts[0].hasPrefix("forerunner."), parts[0].hasSuffix("Service") else { continue }
            let options = CallOptions(metadata: signedIn("the-committee-signs-in-with-this-one"))
            if policy.callers.contains(.public) || policy.callers.contains(.committee) {
                if Self.streaming.contains(fullMethod) {
                    _ = try await counter.stream(
                        service: parts[0], method: parts[1], shape: .serverStreaming, request: [],
                        options: options)
                    continue
                }
                _ = try await counter.unary(
                    service: parts[0], method: parts[1], payload: [], options: options)
            } else {
                refusedCount += 1
                await expectStatus(.permissionDenied) { () async throws(RPCStatus) in
                    try await counter.unary(
                        service: parts[0], method: parts[1], payload: [], options: options)
                }
            }
        }
        #expect(refusedCount > 20)
        #expect(authority.asked.count > 20)
    }

    @Test("the deadline is handed on, smaller by what the counter took")
    func deadline() async throws {
        _ = try await counter(.all(authority)).unary(
            service: SchemeServiceClient.serviceName, method: "ListSchemes", payload: [],
            options: .init(timeout: .seconds(3)))
        let left = try #require(authority.asked.first).options.timeout
        #expect(left < .seconds(3))
        #expect(left > .zero)
    }

    @Test("a deadline that has passed reaches no authority")
    func deadlinePassed() async throws {
        let router = CounterRouter(
            tokens: TokenBook([]), backends: .all(authority), platformKey: Self.key, own: [])
        let service = SchemeServiceClient.serviceName
        guard case .unary(let handler) = try router.route(service: service, method: "ListSchemes") else {
            return #expect(Bool(false), "the method is unary")
        }
        await expectStatus(.deadlineExceeded) { () async throws(RPCStatus) in
            try await handler(
                [],
                CallContext(
                    service: service, method: "ListSchemes", metadata: .init(),
                    deadline: .after(.milliseconds(-1)), peer: "test"))
        }
        #expect(authority.asked.isEmpty)
    }

    @Test("an authority that is away is UNAVAILABLE, and the others serve on")
    func away() async throws {
        let counter = counter(.all(authority, ranking: AwayChannel()))
        await expectStatus(.unavailable) { () async throws(RPCStatus) in
            try await RankingServiceClient(counter).listNotices(.init())
        }
        _ = try await counter.unary(
            service: SchemeServiceClient.serviceName, method: "ListNotices", payload: [], options: .init())
    }

    @Test(
        "what the counter does not offer is UNIMPLEMENTED",
        arguments: [
            ("forerunner.nobody.v1.NobodyService", "List"), (FeedClient.serviceName, "Watch"),
            (SchemeServiceClient.serviceName, "NoSuchMethod"), (SchemeServiceClient.serviceName, ""),
            (SchemeServiceClient.serviceName, "listSchemes"), ("", ""),
            (GatewayClient.serviceName, "NoSuchMethod"),
        ])
    func unknownService(service: String, method: String) async {
        let counter = counter(.all(authority))
        await expectStatus(.unimplemented) { () async throws(RPCStatus) in
            try await counter.unary(
                service: service, method: method, payload: [], options: .init(metadata: signedIn()))
        }
        #expect(authority.asked.isEmpty)
    }

    @Test("behind the counter an authority believes the counter and nobody else")
    func believed() async throws {
        let who = ServiceDefinition(name: SchemeServiceClient.serviceName, handlers: ["OpenCall": Self.tell])
        let authority = InProcessChannel(
            router: ServiceRouter(
                services: [who],
                interceptors: [IdentityInterceptor(platformKey: Self.key), AccessInterceptor()]))
        let answer = try await counter(.all(authority)).unary(
            service: who.name, method: "OpenCall", payload: [], options: .init(metadata: signedIn()))
        #expect(String(decoding: answer, as: UTF8.self) == "ROLE_WORK_AGENCY/91110108UE189C4Q99")
        let forged = Actor(role: .workAgency).vouched(in: .init(), platformKey: Self.key + "k")
        await expectStatus(.unauthenticated) { () async throws(RPCStatus) in
            try await authority.unary(
                service: who.name, method: "OpenCall", payload: [], options: .init(metadata: forged))
        }
    }

    private static let tell: UnaryHandler = { (_: [UInt8], call: CallContext) throws(RPCStatus) in
        Array(Actor(call).description.utf8)
    }
}
