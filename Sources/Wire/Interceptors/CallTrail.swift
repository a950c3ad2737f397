/// What a handler's own calls carry on from the call that it answers.
public struct CallTrail: Sendable {
    /// Of the running handler; nil outside of one, or when `TracingInterceptor` is not installed.
    @TaskLocal public static var current: CallTrail?

    public let trace: TraceContext
    /// `tracestate` as it came.
    public let traceState: String?
    /// Identity of the command at the beginning of the chain.
    public let requestID: String?
}

/// The names under which a request's identity travels.
public struct RequestIDKeys: Sendable {
    /// What a caller sends: the identity of a command, by which a repeat is recognised.
    public let identity: String
    /// What a handler's own calls send on. Another name, because one command may send several others, and
    /// with one identity the second would get the first one's answer.
    public let origin: String

    public init(identity: String, origin: String) {
        self.identity = identity
        self.origin = origin
    }
}
