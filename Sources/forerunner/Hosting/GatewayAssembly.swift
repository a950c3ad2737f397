import Authority
import Contracts
import Gateway
import Logging
import Wire

/// What the gateway process is made of.
struct GatewayAssembly {
    struct Parts {
        let router: CounterRouter
        let site: Site
        let channels: [any ClosableChannel]
    }

    let time: any TimeSource
    let security: Security
    let logger: Logger

    func parts() async throws(Failure) -> Parts {
        let deployment = security.deployment
        let platformKey = deployment.deployment.platformKey
        var channels: [any ClosableChannel] = []
        func backend(_ role: HostedRole) throws(Failure) -> Backends.Backend {
            let addresses = try deployment.addresses(of: role).map(\.description)
            let channel = try security.channel(to: role)
            channels.append(channel)
            return Backends.Backend(
                role: role.rawValue, address: addresses.joined(separator: ", "), channel: channel)
        }
        let backends = Backends(
            scheme: try backend(.scheme), ranking: try backend(.ranking),
            compliance: try backend(.compliance))
        let counter = CounterDesk(backends: backends).definition
        let node = NodeDesk(role: "gateway", time: time, ledger: nil).definition
        let health = HealthDesk(services: [counter.name]) { true }.definition
        let router = CounterRouter(
            tokens: TokenBook(deployment.deployment.tokens),
            certificates: CertificateBook(deployment.deployment.tls?.institutions ?? []),
            backends: backends, platformKey: platformKey, own: [counter, node, health],
            guards: ServerGuards.interceptors(logger: logger))
        let address = try PublicSite(deployment).address
        do {
            return Parts(
                router: router, site: try await Site(backends: backends, address: address),
                channels: channels)
        } catch {
            throw Failure(.badInput, "\(error)")
        }
    }
}
