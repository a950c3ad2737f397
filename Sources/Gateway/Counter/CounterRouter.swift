import Contracts
package import Wire

/// Routes calls at the public counter: by service name to the authority that has the power, after token and
/// certificate were turned into an identity and the access table was asked.
package struct CounterRouter: RequestRouter {
    private let backends: Backends
    private let admission: CounterAdmission
    private let own: ServiceRouter

    /// `own` are the services that the gateway itself answers.
    package init(
        tokens: TokenBook, certificates: CertificateBook = CertificateBook(), backends: Backends,
        platformKey: String, own: [ServiceDefinition]
    ) {
        self.backends = backends
        admission = CounterAdmission(tokens: tokens, certificates: certificates, platformKey: platformKey)
        self.own = ServiceRouter(services: own, interceptors: [admission])
    }

    package func route(service: String, method: String) throws(RPCStatus) -> MethodHandler {
        guard let backend = backends.backend(of: service) else {
            return try own.route(service: service, method: method)
        }
        // A method that we do not know is the authority's to refuse.
        let shape = AccessTable.policies["/\(service)/\(method)"]?.shape ?? .unary
        return Forwarding(channel: backend.channel, service: service, method: method)
            .handler(shape).guarded(by: admission)
    }
}
