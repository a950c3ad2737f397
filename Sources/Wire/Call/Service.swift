/// Answers one unary call: encoded request in, encoded response out.
///
/// The task is cancelled when the deadline passes, the peer leaves or the server's drain time is over.
///
/// It runs where its caller runs until it first waits: a hop to another executor costs as much as decoding a
/// small message.
public typealias UnaryHandler =
    nonisolated(nonsending) @Sendable (
        _ payload: [UInt8], _ call: CallContext
    ) async throws(RPCStatus) -> [UInt8]

/// A service's handlers by bare method name.
public struct ServiceDefinition: Sendable {
    /// Full name with package and no slash.
    public let name: String
    public let handlers: [String: UnaryHandler]

    public init(name: String, handlers: [String: UnaryHandler]) {
        self.name = name
        self.handlers = handlers
    }
}

/// Finds the handler of a call. Called on event loops: it must not block.
public protocol RequestRouter: Sendable {
    func route(service: String, method: String) throws(RPCStatus) -> UnaryHandler
}

/// Stands before every handler of a router: identity, access, tracing.
public protocol ServerInterceptor: Sendable {
    /// Calls `next` with the payload and the context, either of them changed if need be, or throws.
    func intercept(
        _ payload: [UInt8], _ call: CallContext, _ next: UnaryHandler
    ) async throws(RPCStatus) -> [UInt8]
}
