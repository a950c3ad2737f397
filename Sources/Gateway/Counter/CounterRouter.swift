import Contracts
package import Wire

/// Routes calls at the public counter: by service name to the authority that has the power, after token and
/// certificate were turned into an identity and the access table was asked. Payloads pass unread.
package struct CounterRouter: RequestRouter {
    private let tokens: TokenBook
    private let certificates: CertificateBook
    private let backends: Backends
    private let platformKey: String
    private let own: ServiceRouter

    /// `own` are the services that the gateway itself answers.
    package init(
        tokens: TokenBook, certificates: CertificateBook = CertificateBook(), backends: Backends,
        platformKey: String, own: [ServiceDefinition]
    ) {
        self.tokens = tokens
        self.certificates = certificates
        self.backends = backends
        self.platformKey = platformKey
        self.own = ServiceRouter(services: own)
    }

    package func route(service: String, method: String) throws(RPCStatus) -> UnaryHandler {
        guard let backend = backends.backend(of: service) else {
            let handler = try own.route(service: service, method: method)
            return { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
                try await handler(payload, try self.admitted(call))
            }
        }
        return { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
            let admitted = try self.admitted(call)
            let left = admitted.deadline.remaining
            guard left > .zero else {
                throw RPCStatus(code: .deadlineExceeded, message: "the deadline passed at the gateway")
            }
            return try await backend.channel.unary(
                service: service, method: method, payload: payload,
                options: CallOptions(timeout: left, metadata: admitted.metadata))
        }
    }

    /// The call with its identity vouched for; throws UNAUTHENTICATED or PERMISSION_DENIED.
    private func admitted(_ call: CallContext) throws(RPCStatus) -> CallContext {
        let actor = try actor(of: call)
        try AccessCheck.admit(actor, service: call.service, method: call.method)
        var call = call
        call.metadata = actor.vouched(in: call.metadata, platformKey: platformKey)
        return call
    }

    private func actor(of call: CallContext) throws(RPCStatus) -> Actor {
        let authorization = call.metadata[CallMetadata.authorization] ?? ""
        guard let shown = tokens.actor(authorization: authorization) else {
            throw RPCStatus(
                code: .unauthenticated,
                message: "the token is not known here; present it as metadata authorization: Bearer TOKEN")
        }
        let name: CertifiedName?
        do throws(CertifiedNameFlaw) {
            name = try CertifiedName.of(call)
        } catch {
            throw RPCStatus(code: .unauthenticated, message: "the client certificate is nobody's: \(error)")
        }
        do throws(IdentityConflict) {
            return try CallerIdentity.of(
                token: authorization.isEmpty ? nil : shown, name: name, book: certificates)
        } catch {
            throw RPCStatus(code: .unauthenticated, message: error.description)
        }
    }
}
