import Contracts
package import Wire

/// Routes calls at the public counter: by service name to the authority that has the power, after the token
/// was turned into an identity and the access table was asked.
package struct CounterRouter: RequestRouter {
    private let backends: Backends
    private let admission: CounterAdmission
    private let own: ServiceRouter

    /// `own` are the services that the gateway itself answers.
    package init(tokens: TokenBook, backends: Backends, platformKey: String, own: [ServiceDefinition]) {
        self.backends = backends
        admission = CounterAdmission(tokens: tokens, platformKey: platformKey)
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

/// Turns a call's token into an identity that is vouched for, and asks the access table.
struct CounterAdmission: ServerInterceptor {
    let tokens: TokenBook
    let platformKey: String

    func intercept(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) {
        guard let actor = tokens.actor(authorization: call.metadata[CallMetadata.authorization]) else {
            throw RPCStatus(
                code: .unauthenticated,
                message: "the token is not known here; present it as metadata authorization: Bearer TOKEN")
        }
        try AccessCheck.admit(actor, service: call.service, method: call.method)
        var call = call
        call.metadata = actor.vouched(in: call.metadata, platformKey: platformKey)
        try await next(call)
    }
}
