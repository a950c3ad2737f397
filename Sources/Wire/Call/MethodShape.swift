/// Which sides of a method send more than one message.
public enum MethodShape: Sendable, Hashable, CaseIterable {
    case unary
    /// Many requests, one response.
    case clientStreaming
    /// One request, many responses.
    case serverStreaming
    /// Many requests, many responses, each side at its own pace.
    case bidirectional

    public var streamsRequests: Bool { self == .clientStreaming || self == .bidirectional }
    public var streamsResponses: Bool { self == .serverStreaming || self == .bidirectional }
}
