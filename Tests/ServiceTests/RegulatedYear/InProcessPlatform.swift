import Authority
import ComplianceService
import Contracts
import Foundation
import Gateway
import Ledger
import Logging
import RankingService
import RegulatedYear
import Regulation
import SchemeService
import Synchronization
import Wire

/// The whole platform in one process: three authorities with a store each, the gateway's router before them,
/// and one standing clock. Nothing is replaced but the network.
final class InProcessPlatform: YearStage {
    let folder: String
    let clock: StandingClock
    let counter: any RPCChannel
    let backends: Backends
    let ledgers: [String: Ledger]
    let projectors: [String: any Projector] = [
        "scheme": SchemeProjections(), "ranking": RankingProjections(), "compliance": ComplianceProjections(),
    ]
    private let followers: [FeedFollower]
    private let tokens: [Office: String]
    private let steps = Mutex<[YearStep]>([])
    private let following = Mutex<Task<Void, Never>?>(nil)

    init() throws {
        folder = NSTemporaryDirectory() + "forerunner-year-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let clock = StandingClock(Plan.start)
        self.clock = clock
        let key = String(repeating: "k", count: 32)
        let logger = Logger(label: "year-in-process") { _ in SwiftLogNoOpLogHandler() }
        var ledgers: [String: Ledger] = [:]
        for (role, projector) in projectors {
            ledgers[role] = try Ledger.open(
                at: folder + "/\(role).sqlite", mark: StoreMark(role: role, timeKind: clock.kind),
                projector: projector, create: true)
        }
        self.ledgers = ledgers
        guard let scheme = ledgers["scheme"], let ranking = ledgers["ranking"],
            let compliance = ledgers["compliance"]
        else { preconditionFailure("every projector has its ledger") }

        func channel(_ services: [ServiceDefinition]) -> any RPCChannel {
            InProcessChannel(
                router: ServiceRouter(
                    services: services,
                    interceptors: [IdentityInterceptor(platformKey: key), AccessInterceptor()]))
        }
        func desk(_ ledger: Ledger) -> CommandDesk {
            CommandDesk(ledger: ledger, time: clock, logger: logger, salt: Salt.drawn)
        }
        func node(_ role: String, _ ledger: Ledger) -> ServiceDefinition {
            NodeDesk(role: role, time: clock, ledger: ledger).definition
        }
        let schemeChannel = channel([
            SchemeService(desk: desk(scheme)).definition, FeedDesk(ledger: scheme).definition,
            node("scheme", scheme),
        ])
        let complianceChannel = channel([
            ComplianceService(desk: desk(compliance)).definition, FeedDesk(ledger: compliance).definition,
            node("compliance", compliance),
        ])
        let host = RankingHost(
            desk: desk(ranking),
            standing: ComplianceStanding(channel: SisterChannel(complianceChannel, platformKey: key)),
            dataFolder: folder)
        let rankingChannel = channel(host.definitions + [node("ranking", ranking)])
        followers = [
            host.schemeFollower(channel: SisterChannel(schemeChannel, platformKey: key)),
            FeedFollower(
                source: ComplianceService.rankingSource,
                channel: SisterChannel(rankingChannel, platformKey: key), ledger: compliance, time: clock,
                logger: logger, consequence: ComplianceService.consequence),
        ]
        let granted = Cast.offices.map { office in
            DeploymentAPI.Token(
                token: "token-of-\(office.office.rawValue)-in-the-tests", role: office.role,
                institution: office.institution)
        }
        tokens = Dictionary(
            zip(Cast.offices.map(\.office), granted.map(\.token)), uniquingKeysWith: { first, _ in first })
        backends = Backends(
            scheme: .init(role: "scheme", address: "in process", channel: schemeChannel),
            ranking: .init(role: "ranking", address: "in process", channel: rankingChannel),
            compliance: .init(role: "compliance", address: "in process", channel: complianceChannel))
        counter = InProcessChannel(
            router: CounterRouter(
                tokens: TokenBook(granted), backends: backends, platformKey: key,
                own: [CounterDesk(backends: backends).definition]))
    }

    /// Follows the feeds until `close`.
    func follow() {
        let followers = followers
        following.withLock {
            $0 = Task {
                await withTaskGroup(of: Void.self) { group in
                    for follower in followers { group.addTask { await follower.run() } }
                }
            }
        }
    }

    func close() async {
        let task = following.withLock { $0 }
        task?.cancel()
        await task?.value
        for ledger in ledgers.values { ledger.close() }
        try? FileManager.default.removeItem(atPath: folder)
    }

    var shownSteps: [YearStep] { steps.withLock { $0 } }

    func token(of office: Office) -> String? { tokens[office] }

    func advance(to moment: Instant) {
        if clock.now() < moment { clock.set(moment) }
    }

    func now() -> Instant { clock.now() }

    func show(_ step: YearStep) { steps.withLock { $0.append(step) } }

    func showWaiting(for reason: String) {}
}
