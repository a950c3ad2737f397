/// What a handler knows about the call it answers, besides the payload.
public struct CallContext: Sendable {
    /// Full name with package, as in "forerunner.scheme.v1.SchemeService".
    public let service: String
    /// Bare name, as in "OpenNotice".
    public let method: String
    public var metadata: Metadata
    /// The handler's task is cancelled at this time and the caller is answered DEADLINE_EXCEEDED.
    public let deadline: Deadline
    private let source: CallSource

    public init(
        service: String, method: String, metadata: Metadata, deadline: Deadline, peer: String,
        peerIdentity: PeerIdentity? = nil, drain: DrainSignal = DrainSignal()
    ) {
        self.init(
            service: service, method: method, metadata: metadata, deadline: deadline,
            source: CallSource(peer: peer, peerIdentity: peerIdentity, drain: drain))
    }

    init(service: String, method: String, metadata: Metadata, deadline: Deadline, source: CallSource) {
        self.service = service
        self.method = method
        self.metadata = metadata
        self.deadline = deadline
        self.source = source
    }

    /// Where the call came from, for logs: an address and port, or "in-process".
    public var peer: String { source.peer }
    /// What the caller's verified certificate says; nil without TLS and in process.
    public var peerIdentity: PeerIdentity? { source.peerIdentity }
    /// Whether the server that runs the handler is ending.
    public var drain: DrainSignal { source.drain }

    /// Full method, as in "/package.Service/Method".
    public var fullMethod: String { "/\(service)/\(method)" }
}

/// What all calls of one connection have in common: each holds this and not a copy of its parts.
final class CallSource: Sendable {
    let peer: String
    let peerIdentity: PeerIdentity?
    let drain: DrainSignal

    init(peer: String, peerIdentity: PeerIdentity?, drain: DrainSignal) {
        self.peer = peer
        self.peerIdentity = peerIdentity
        self.drain = drain
    }
}
