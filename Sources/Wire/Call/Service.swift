/// Answers one unary call: encoded request in, encoded response out.
///
/// The task is cancelled when the deadline passes, the caller leaves or cancels, or the server's drain time
/// is over. So it is with the other handlers.
///
/// It runs where its caller runs until it first waits: a hop to another executor costs as much as decoding a
/// small message.
public typealias UnaryHandler =
    nonisolated(nonsending) @Sendable (
        _ payload: [UInt8], _ call: CallContext
    ) async throws(RPCStatus) -> [UInt8]

/// Reads a stream of requests and answers with one response. It may answer before the requests have ended.
public typealias ClientStreamingHandler =
    @Sendable (_ requests: InboundMessages, _ call: CallContext) async throws(RPCStatus) -> [UInt8]

/// Answers one request with a stream of responses, which ends when the handler returns.
public typealias ServerStreamingHandler =
    @Sendable (_ payload: [UInt8], _ responses: OutboundMessages, _ call: CallContext)
    async throws(RPCStatus) -> Void

/// Reads a stream of requests and writes a stream of responses, which ends when the handler returns.
public typealias BidirectionalHandler =
    @Sendable (_ requests: InboundMessages, _ responses: OutboundMessages, _ call: CallContext)
    async throws(RPCStatus) -> Void

/// What answers a method, by its shape.
public enum MethodHandler: Sendable {
    case unary(UnaryHandler)
    case clientStreaming(ClientStreamingHandler)
    case serverStreaming(ServerStreamingHandler)
    case bidirectional(BidirectionalHandler)

    public var shape: MethodShape {
        switch self {
        case .unary: .unary
        case .clientStreaming: .clientStreaming
        case .serverStreaming: .serverStreaming
        case .bidirectional: .bidirectional
        }
    }
}

/// A service's handlers by bare method name.
public struct ServiceDefinition: Sendable {
    /// Full name with package and no slash.
    public let name: String
    public let handlers: [String: MethodHandler]

    public init(name: String, handlers: [String: MethodHandler]) {
        self.name = name
        self.handlers = handlers
    }

    /// A service of unary methods only.
    public init(name: String, handlers: [String: UnaryHandler]) {
        self.init(name: name, handlers: handlers.mapValues(MethodHandler.unary))
    }
}

/// Finds the handler of a call. Called on event loops: it must not block. A connection may keep a handler it
/// has found: the same names are to give the same one.
public protocol RequestRouter: Sendable {
    func route(service: String, method: String) throws(RPCStatus) -> MethodHandler
}
