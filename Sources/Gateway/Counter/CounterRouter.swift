import Contracts
package import Wire

/// Routes calls at the public counter: by service name to the authority that has the power, after token and
/// certificate were turned into an identity and the access table was asked.
package struct CounterRouter: RequestRouter {
    private let backends: Backends
    /// The last one is the admission.
    private let interceptors: [any ServerInterceptor]
    private let own: ServiceRouter

    /// `own` are the services that the gateway itself answers; `guards` stand before every handler, the first
    /// outermost.
    package init(
        tokens: TokenBook, certificates: CertificateBook = CertificateBook(), backends: Backends,
        platformKey: String, own: [ServiceDefinition], guards: [any ServerInterceptor] = []
    ) {
        self.backends = backends
        interceptors =
            guards
            + [CounterAdmission(tokens: tokens, certificates: certificates, platformKey: platformKey)]
        self.own = ServiceRouter(services: own, interceptors: interceptors)
    }

    package func route(service: String, method: String) throws(RPCStatus) -> MethodHandler {
        guard let backend = backends.backend(of: service) else {
            return try own.route(service: service, method: method)
        }
        // A method that we do not know is the authority's to refuse.
        let shape = AccessTable.policies["/\(service)/\(method)"]?.shape ?? .unary
        let handler = Forwarding(channel: backend.channel, service: service, method: method).handler(shape)
        return interceptors.reversed().reduce(handler) { $0.guarded(by: $1) }
    }
}
