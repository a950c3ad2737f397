public import Wire

/// Who may call what, as the access table generated from the method options says.
public enum AccessCheck {
    /// Throws PERMISSION_DENIED, naming role and method, unless the role is listed or the method is public.
    ///
    /// A method without a row is nobody's: UNIMPLEMENTED, so that a new method cannot be forgotten open.
    public static func admit(_ actor: Actor, service: String, method: String) throws(RPCStatus) {
        guard let policy = AccessTable.policies["/\(service)/\(method)"] else {
            throw RPCStatus(code: .unimplemented, message: "no such method: \(service)/\(method)")
        }
        if policy.callers.contains(.public) || policy.callers.contains(actor.role) { return }
        let allowed = policy.callers.map(\.name).sorted().joined(separator: ", ")
        if actor.role == .public {
            throw RPCStatus(
                code: .unauthenticated,
                message: "\(service)/\(method) needs a token of one of: \(allowed)")
        }
        throw RPCStatus(
            code: .permissionDenied,
            message: "\(actor.role.name) may not call \(service)/\(method); it is for: \(allowed)")
    }
}
