import Contracts
package import Wire

/// The authorities behind the counter and the services each answers.
package struct Backends: Sendable {
    package struct Backend: Sendable {
        package let role: String
        package let address: String
        package let channel: any RPCChannel

        package init(role: String, address: String, channel: any RPCChannel) {
            self.role = role
            self.address = address
            self.channel = channel
        }
    }

    package let scheme: Backend
    package let ranking: Backend
    package let compliance: Backend

    package init(scheme: Backend, ranking: Backend, compliance: Backend) {
        self.scheme = scheme
        self.ranking = ranking
        self.compliance = compliance
    }

    package var all: [Backend] { [scheme, ranking, compliance] }

    /// Who answers a service, by its full name; nil when no authority does.
    package func backend(of service: String) -> Backend? {
        switch service {
        case SchemeServiceClient.serviceName: scheme
        case RankingServiceClient.serviceName: ranking
        case ComplianceServiceClient.serviceName: compliance
        default: nil
        }
    }
}
