import Contracts
package import Wire

/// Believes an identity only from the platform's own processes.
///
/// The gateway and the sister services prove themselves by the platform key of the deployment's
/// configuration; whoever does not is everybody, whatever identity it claims.
package struct IdentityInterceptor: ServerInterceptor {
    private let platformKey: String

    /// `platformKey` may be empty: then nobody is believed and only public methods answer.
    package init(platformKey: String) {
        self.platformKey = platformKey
    }

    package func intercept(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) {
        var call = call
        let presented = call.metadata[CallMetadata.platformKey] ?? ""
        if platformKey.isEmpty || !Self.equal(presented, platformKey) {
            for key in CallMetadata.identity { call.metadata.remove(key) }
        }
        try await next(call)
    }

    /// Compares without telling by its duration where the first difference is.
    private static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Lets a call pass when the access table names the caller's role for the method.
package struct AccessInterceptor: ServerInterceptor {
    package init() {}

    package func intercept(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) {
        try AccessCheck.admit(Actor(call), service: call.service, method: call.method)
        try await next(call)
    }
}
