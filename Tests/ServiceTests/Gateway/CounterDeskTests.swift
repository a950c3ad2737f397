import Authority
import Contracts
import Gateway
import Testing
import Wire

@Suite("What the counter answers itself")
struct CounterDeskTests {
    private func authority(serving: Bool) -> InProcessChannel {
        InProcessChannel(
            router: ServiceRouter(services: [HealthDesk(services: ["all"]) { serving }.definition]))
    }

    @Test("the overview says which authority is away and why, and is an answer all the same")
    func overview() async throws {
        let desk = CounterDesk(
            backends: .all(
                authority(serving: true), ranking: AwayChannel(), compliance: authority(serving: false)))
        let counter = InProcessChannel(router: ServiceRouter(services: [desk.definition]))
        let statuses = try await GatewayClient(counter).overview(.init()).backends
        #expect(statuses.map(\.role) == ["scheme", "ranking", "compliance"])
        #expect(statuses.map(\.serving) == [true, false, false])
        #expect(statuses[0].reason.isEmpty)
        #expect(statuses[1].reason.contains("cannot be reached"))
        #expect(!statuses[2].reason.isEmpty)
    }

    @Test("whoever asks who they are is told role and institution, and nobody another's")
    func whoAmI() async throws {
        let book = TokenBook([
            .init(
                token: "the-agency-signs-in-with-this-token", role: .evaluationAgency,
                institution: .init(creditCode: "91310104D5L3DGRG16", name: "评估中心"))
        ])
        let backends = Backends.all(AwayChannel())
        let counter = GatewayClient(
            InProcessChannel(
                router: CounterRouter(
                    tokens: book, backends: backends, platformKey: "",
                    own: [CounterDesk(backends: backends).definition])))
        let signedIn = try await counter.whoAmI(
            .init(),
            options: .init(metadata: [
                CallMetadata.authorization: "Bearer the-agency-signs-in-with-this-token",
                CallMetadata.institutionCode: "91110108XE4GKJ5E0F",
            ]))
        #expect(signedIn.role == .evaluationAgency)
        #expect(signedIn.institution?.creditCode == "91310104D5L3DGRG16")
        let stranger = try await counter.whoAmI(
            .init(), options: .init(metadata: [CallMetadata.role: "ROLE_AUTHORITY"]))
        #expect(stranger.role == .public)
        #expect(stranger.institution == nil)
    }
}
