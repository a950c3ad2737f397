import Contracts
import Wire

/// Turns a call's token and certificate into an identity that is vouched for, and asks the access table.
struct CounterAdmission: ServerInterceptor {
    let tokens: TokenBook
    let certificates: CertificateBook
    let platformKey: String

    func intercept<Answer: Sendable>(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Answer
    ) async throws(RPCStatus) -> Answer {
        let actor = try actor(of: call)
        try AccessCheck.admit(actor, service: call.service, method: call.method)
        var call = call
        call.metadata = actor.vouched(in: call.metadata, platformKey: platformKey)
        return try await next(call)
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
