import Authority
import ComplianceService
import Contracts
import Ledger
import SchemeService
import Testing
import Wire

/// Who may call what: the table of the contract, and the two interceptors that hold to it.
@Suite("Access")
struct AccessTests {
    static let roles = CommonAPI.Role.allCases

    @Test("the contract's callers are those of 5.3, and every method there is has its row")
    func table() {
        let found = AccessTable.policies.mapValues(\.callers)
        for (method, callers) in found {
            #expect(ExpectedAccess.callers[method] == callers, "\(method)")
        }
        #expect(Set(ExpectedAccess.callers.keys).subtracting(found.keys).isEmpty, "rows of no method")
    }

    @Test("every role gets exactly what the table says", arguments: AccessTable.policies.keys.sorted())
    func admission(path: String) throws {
        let policy = try #require(AccessTable.policies[path])
        let parts = path.split(separator: "/").map(String.init)
        #expect(!policy.callers.isEmpty)
        for role in Self.roles {
            let isAdmitted = policy.callers.contains(.public) || policy.callers.contains(role)
            do {
                try AccessCheck.admit(Actor(role: role), service: parts[0], method: parts[1])
                #expect(isAdmitted, "\(role) was let through")
            } catch {
                #expect(!isAdmitted, "\(role) was kept out")
                #expect(error.code == (role == .public ? .unauthenticated : .permissionDenied))
            }
        }
    }

    @Test("a method without a row is nobody's", arguments: roles)
    func unknown(role: CommonAPI.Role) {
        #expect(throws: RPCStatus(code: .unimplemented, message: "")) {
            try AccessCheck.admit(
                Actor(role: role), service: SchemeServiceClient.serviceName, method: "DropEverything")
        }
    }

    @Test("a command of the law lets nobody in but its callers, all the way through the service")
    func throughTheService() async throws {
        let stage = try SchemeStage()
        for role in Self.roles where role != .workAgency {
            let client = stage.client(Actor(role: role, institutionCode: SchemeStage.code(91)))
            await expectStatus(role == .public ? .unauthenticated : .permissionDenied) {
                () async throws(RPCStatus) in
                try await client.enrolExpert(.init(expert: SchemeStage.expert(1)))
            }
        }
        #expect(try await stage.harness.ledger.lastPosition() == 0)
    }

    @Test(
        "an identity without the platform's key is nobody's",
        arguments: [
            "", "the wrong key", "the platform's key in the test", "the platform's key in the testsX",
        ])
    func forged(key: String) async throws {
        let stage = try SchemeStage()
        var metadata = SchemeStage.workAgency.vouched(in: Metadata(), platformKey: key)
        metadata[CallMetadata.requestID] = "forged"
        let options = CallOptions(metadata: metadata)
        let stranger = SchemeServiceClient(stage.harness.strangersChannel)
        await expectStatus(.unauthenticated) { () async throws(RPCStatus) in
            try await stranger.enrolExpert(.init(expert: SchemeStage.expert(1)), options: options)
        }
        let questions = try await stranger.listKeyFields(.init(), options: options)
        #expect(questions.keyFields.isEmpty)
    }

    @Test("a process configured without a key believes nobody, not even an empty key")
    func keyless() async throws {
        let interceptor = IdentityInterceptor(platformKey: "")
        let metadata = SchemeStage.workAgency.vouched(in: Metadata(), platformKey: "")
        let call = CallContext(
            service: "s", method: "m", metadata: metadata, deadline: .after(.seconds(5)), peer: "test")
        var believed: Actor?
        try await interceptor.intercept(call) { (call: CallContext) in believed = Actor(call) }
        #expect(believed?.description == Actor.everybody.description)
    }

    @Test("the feed, which carries everything, is for sister processes only")
    func feed() async throws {
        let stage = try SchemeStage()
        _ = try await stage.submitted()
        for role in Self.roles {
            let client = FeedClient(stage.harness.channel(as: Actor(role: role)))
            if role == .service {
                #expect(try await firstPage(client)?.events.count == 9)
            } else {
                await expectStatus(role == .public ? .unauthenticated : .permissionDenied) {
                    () async throws(RPCStatus) in try await firstPage(client)
                }
            }
        }
    }

    private func firstPage(_ feed: FeedClient) async throws(RPCStatus) -> FeedAPI.WatchResponse? {
        var pages = try await feed.watch(.init(afterPosition: 0)).makeAsyncIterator()
        return try await pages.next()
    }
}
