import Authority
import ComplianceService
import Contracts
import Credentials
import Ledger
import Logging
import Regulation
import Testing
import Wire

/// ComplianceService beside a ranking authority that publishes lists of forerunners in its feed.
final class TitleStage: Sendable {
    static let workAgency = Actor(role: .workAgency, institutionCode: code(91), institutionName: "标准化研究院")
    static let agency = Actor(role: .evaluationAgency, institutionCode: code(92), institutionName: "照明协会")
    static let rival = Actor(role: .evaluationAgency, institutionCode: code(93), institutionName: "另一协会")
    static let listID = "FORERUNNERS-1"
    /// The day the list was published, and the last valid day of its titles (R15).
    static let published = "2025-06-03"
    static let lastValid = "2026-06-02"

    let harness: AuthorityHarness
    let ranking: AuthorityHarness

    init() throws {
        harness = try AuthorityHarness(
            role: "compliance", projector: ComplianceProjections(), on: Self.published,
            services: { [ComplianceService(desk: $0, credentials: Self.office($0)).definition] })
        ranking = try AuthorityHarness(role: "ranking", projector: FeedOnlyProjector(), on: Self.published)
    }

    /// Keys of `CredentialStage`.
    static let issuer = TitleIssuer(
        trust: CredentialStage().trust, titleSigner: CredentialStage.titleSigner,
        statusSigner: CredentialStage.statusSigner)

    private static func office(_ desk: CommandDesk) -> CredentialOffice {
        CredentialOffice(
            issuer: issuer,
            lists: StatusLists(ledger: desk.ledger, issuer: issuer, time: desk.time, logger: desk.logger))
    }

    /// Hands out the titles that have no credential yet, as the process does.
    func issue() async throws {
        let issuing = CredentialIssuing(
            ledger: harness.ledger, issuer: Self.issuer, time: harness.clock, logger: Logger(label: "test"))
        try await issuing.issueAll()
    }

    static func code(_ number: UInt8) -> String {
        CreditCode.synthesised(region: "330106", seed: [number]).text
    }

    func client(_ actor: Actor) -> ComplianceServiceClient {
        ComplianceServiceClient(harness.channel(as: actor))
    }

    var workAgency: ComplianceServiceClient { client(Self.workAgency) }
    var agency: ComplianceServiceClient { client(Self.agency) }
    var everybody: ComplianceServiceClient { client(.everybody) }

    /// The reader of the ranking authority's feed, as the process has it.
    var follower: FeedFollower {
        FeedFollower(
            source: ComplianceService.rankingSource,
            channel: SisterChannel(ranking.strangersChannel, platformKey: AuthorityHarness.platformKey),
            ledger: harness.ledger, time: harness.clock, logger: Logger(label: "test"),
            consequence: ComplianceService.consequence)
    }

    static func forerunner(_ rank: UInt32, enterprise: UInt8, standard: String) -> RankingAPI.Forerunner {
        .init(
            rank: rank, enterprise: .init(creditCode: code(enterprise), name: "企业\(enterprise)"),
            province: "浙江", standardNumber: standard, standardName: "LED筒灯",
            models: ["A\(rank)", "B\(rank)"],
            entryKey: "\(code(enterprise))/\(standard)",
            declarations: [
                .init(indicator: "EFFICACY", relation: .atLeast, value: "95", unit: "lm/W"),
                .init(indicator: "FLICKER", relation: .below, value: "0.30"),
            ])
    }

    /// Three titles of two enterprises: enterprise 1 holds the first two.
    static let list = RankingAPI.ForerunnerList(
        id: listID, rankingListId: "RANKING-1", schemeId: "SCHEME-1", year: 2025, product: "LED筒灯",
        keyField: "2025-LAMP", agency: agency.institution, number: 3,
        forerunners: [
            forerunner(1, enterprise: 1, standard: "Q/ZA 001—2025"),
            forerunner(2, enterprise: 1, standard: "Q/ZA 002—2025"),
            forerunner(3, enterprise: 2, standard: "Q/ZB 003—2025"),
        ], publishedOn: published, validityMonths: 12)

    func publish(_ list: RankingAPI.ForerunnerList = TitleStage.list) async throws {
        _ = try await ranking.ledger.append(
            Append(
                drafts: [
                    EventDraft("other/1", RankingAPI.SnapshotImported()),
                    EventDraft("forerunners/\(list.id)", RankingAPI.ForerunnersPublished(list: list)),
                ], expected: [:], requestID: "publish-\(list.id)", requester: "test", requestDigest: [],
                answer: { _ in [] }, moment: harness.clock.now().utcMicroseconds, actor: "test",
                ruleEdition: "test"))
    }

    /// The titles of the list above, in its order.
    func granted() async throws -> [ComplianceAPI.Title] {
        try await publish()
        try await follower.followOnce()
        return try await titles()
    }

    func titles() async throws -> [ComplianceAPI.Title] {
        try await everybody.findTitles(.init()).titles.sorted {
            ($0.forerunner?.rank ?? 0) < ($1.forerunner?.rank ?? 0)
        }
    }

    func title(_ id: String) async throws -> ComplianceAPI.Title {
        try #require(try await everybody.getTitle(.init(id: id)).title)
    }

    func check(
        _ title: ComplianceAPI.Title, _ indicator: String, _ measured: String, on day: String = "2025-09-01",
        by client: ComplianceServiceClient? = nil
    ) async throws(RPCStatus) -> ComplianceAPI.SpotCheck {
        let request = ComplianceAPI.RecordSpotCheckRequest(
            titleId: title.id, reportNumber: "CC-\(measured)", inspectedBy: "省级监督抽查", inspectedOn: day,
            model: title.forerunner?.models.first ?? "", indicator: indicator, measured: measured)
        return try await (client ?? workAgency).recordSpotCheck(request).check ?? .init()
    }

    /// Demanded on Monday 1 September 2025; the agency's answer is due by Monday the 15th.
    func demand(
        _ title: ComplianceAPI.Title, _ evidence: [ComplianceAPI.Evidence] = [TitleStage.fraud]
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await workAgency.demandCancellation(.init(titleId: title.id, evidence: evidence))
    }

    static let fraud = ComplianceAPI.Evidence(
        cause: .fraudOrIntegrity, reference: "处罚决定〔2025〕7号", statement: "检测报告不实")

    /// Cancelled by its agency on 8 September 2025.
    func cancelled(_ title: ComplianceAPI.Title) async throws {
        try harness.go(to: "2025-09-01")
        _ = try await demand(title)
        try harness.go(to: "2025-09-08")
        _ = try await agency.cancelTitle(.init(titleId: title.id, reason: "检测报告不实"))
    }

    func barred(on day: String) async throws -> [String] {
        try await everybody.listBars(.init(on: day)).bars.compactMap { $0.enterprise?.creditCode }
    }
}
