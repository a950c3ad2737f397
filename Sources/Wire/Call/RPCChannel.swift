/// A way to call services: in the same process, or over a connection.
public protocol RPCChannel: Sendable {
    /// One request, one response. Throws the peer's status, or one of this side's own:
    /// DEADLINE_EXCEEDED, CANCELLED, RESOURCE_EXHAUSTED (too large) or UNAVAILABLE (no connection).
    ///
    /// After UNAVAILABLE and DEADLINE_EXCEEDED the call may still have been carried out; repeat it with the
    /// same request id.
    func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8]

    /// Opens a call that streams, on one side or both. `request` is the first message: the only one for a
    /// method that takes one, and nil where the caller sends its messages later.
    ///
    /// Throws when the call could not be begun; what happens to it afterwards is thrown by its responses.
    func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream
}

/// What a caller chooses for one call.
public struct CallOptions: Sendable {
    /// Time for the whole call, connecting included, to the end of a stream. A server may allow less.
    public var timeout: Duration
    public var metadata: Metadata

    /// Long enough for a slow disk, short enough for a person who waits.
    public static let timeoutDefault: Duration = .seconds(20)

    public init(timeout: Duration = timeoutDefault, metadata: Metadata = Metadata()) {
        self.timeout = timeout
        self.metadata = metadata
    }
}
