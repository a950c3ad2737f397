package import Contracts
package import Wire

/// What the gateway answers itself.
package struct CounterDesk: GatewayProtocol {
    /// Time an authority has to say that it serves.
    private static let healthTimeout = Duration.seconds(2)

    private let backends: Backends

    package init(backends: Backends) {
        self.backends = backends
    }

    package func whoAmI(
        _ request: GatewayAPI.WhoAmIRequest, _ call: CallContext
    ) async throws(RPCStatus) -> GatewayAPI.WhoAmIResponse {
        let actor = Actor(call)
        return GatewayAPI.WhoAmIResponse(
            role: actor.role, institution: actor.institutionCode.isEmpty ? nil : actor.institution)
    }

    package func overview(
        _ request: GatewayAPI.OverviewRequest, _ call: CallContext
    ) async throws(RPCStatus) -> GatewayAPI.OverviewResponse {
        var statuses: [GatewayAPI.BackendStatus] = []
        for backend in backends.all {
            var status = GatewayAPI.BackendStatus(role: backend.role, address: backend.address)
            do {
                let health = try await HealthClient(backend.channel).check(
                    .init(), options: CallOptions(timeout: Self.healthTimeout))
                status.serving = health.status == .serving
                if !status.serving { status.reason = "the process says that it is not serving" }
            } catch {
                status.reason = error.message
            }
            statuses.append(status)
        }
        return GatewayAPI.OverviewResponse(backends: statuses)
    }
}
