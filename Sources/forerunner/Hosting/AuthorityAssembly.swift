import Authority
import ComplianceService
import Contracts
import Ledger
import Logging
import PublicLog
import RankingService
import SchemeService
import Wire

/// What one authority process is made of.
struct AuthorityAssembly {
    struct Parts {
        let router: ServiceRouter
        /// What runs beside the answering of calls, until it is cancelled.
        let loops: [@Sendable () async -> Void]
        let channels: [any ClosableChannel]
    }

    let role: HostedRole
    let ledger: Ledger
    let log: LogReader
    let credentials: CredentialHosting
    let time: any TimeSource
    let dataFolder: String
    let security: Security
    let logger: Logger

    private var platformKey: String { security.deployment.deployment.platformKey }

    func parts() throws(Failure) -> Parts {
        let desk = CommandDesk(ledger: ledger, time: time, logger: logger, salt: SecretSeed.drawn)
        switch role {
        case .scheme:
            let service = SchemeService(desk: desk).definition
            return Parts(router: router([service, feed], sources: []), loops: [], channels: [])
        case .ranking:
            let scheme = try security.channel(to: .scheme)
            let compliance = try security.channel(to: .compliance)
            let host = RankingHost(
                desk: desk,
                standing: ComplianceStanding(channel: SisterChannel(compliance, platformKey: platformKey)),
                dataFolder: dataFolder)
            let follower = host.schemeFollower(channel: SisterChannel(scheme, platformKey: platformKey))
            return Parts(
                router: router(host.definitions, sources: [RankingHost.schemeSource]),
                loops: [{ await follower.run() }], channels: [scheme, compliance])
        case .compliance:
            let ranking = try security.channel(to: .ranking)
            let follower = FeedFollower(
                source: ComplianceService.rankingSource,
                channel: SisterChannel(ranking, platformKey: platformKey), ledger: ledger, time: time,
                logger: logger, consequence: ComplianceService.consequence)
            let issuer = try credentials.issuer()
            let lists = StatusLists(ledger: ledger, issuer: issuer, time: time, logger: logger)
            let issuing = CredentialIssuing(ledger: ledger, issuer: issuer, time: time, logger: logger)
            let office = CredentialOffice(issuer: issuer, lists: lists)
            let service = ComplianceService(desk: desk, credentials: office).definition
            return Parts(
                router: router([service, feed], sources: [ComplianceService.rankingSource]),
                loops: [
                    { await follower.run() }, { await issuing.run() }, { await lists.run() },
                ], channels: [ranking])
        case .gateway:
            preconditionFailure("the gateway is no authority")
        }
    }

    private var maintenance: ServiceDefinition {
        MaintenanceDesk(
            ledger: ledger, log: log, role: role.rawValue, folder: dataFolder + "/backups", logger: logger
        ).definition
    }

    private var feed: ServiceDefinition { FeedDesk(ledger: ledger).definition }

    private func router(_ services: [ServiceDefinition], sources: [String]) -> ServiceRouter {
        let ledger = ledger
        let node = NodeDesk(role: role.rawValue, time: time, ledger: ledger, sources: sources).definition
        let health = HealthDesk(services: services.map(\.name)) { ledger.acceptsAppends }.definition
        return ServiceRouter(
            services: services + [
                node, health, LogDesk(reader: log, logger: logger).definition, maintenance,
            ],
            interceptors: ServerGuards.interceptors(logger: logger)
                + [IdentityInterceptor(platformKey: platformKey), AccessInterceptor()])
    }
}
