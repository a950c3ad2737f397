/// What a handler knows about the call it answers, besides the payload.
public struct CallContext: Sendable {
    /// Full name with package, as in "forerunner.scheme.v1.SchemeService".
    public let service: String
    /// Bare name, as in "OpenNotice".
    public let method: String
    public var metadata: Metadata
    /// The handler's task is cancelled at this time and the caller is answered DEADLINE_EXCEEDED.
    public let deadline: Deadline
    /// Where the call came from, for logs: an address and port, or "in-process".
    public let peer: String
    /// Whether the server that runs the handler is ending.
    public let drain: DrainSignal

    public init(
        service: String, method: String, metadata: Metadata, deadline: Deadline, peer: String,
        drain: DrainSignal = DrainSignal()
    ) {
        self.service = service
        self.method = method
        self.metadata = metadata
        self.deadline = deadline
        self.peer = peer
        self.drain = drain
    }

    /// Full method, as in "/package.Service/Method".
    public var fullMethod: String { "/\(service)/\(method)" }
}
