// Inlinable for the same reason as `WireMessage`'s shells.

/// Messages of one kind from the peer, in order. One task reads them, once.
public struct MessageStream<Message: WireMessage>: AsyncSequence, Sendable {
    public typealias Element = Message
    public typealias Failure = RPCStatus

    @usableFromInline let messages: InboundMessages

    @inlinable
    public init(_ messages: InboundMessages) { self.messages = messages }

    @inlinable
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(messages.makeAsyncIterator()) }

    public struct AsyncIterator: AsyncIteratorProtocol {
        public typealias Element = Message
        public typealias Failure = RPCStatus

        @usableFromInline var messages: InboundMessages.AsyncIterator

        @inlinable
        init(_ messages: InboundMessages.AsyncIterator) { self.messages = messages }

        /// The next message, nil after the last. Throws the stream's failure, and INTERNAL for bytes that are
        /// no such message.
        @inlinable
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(RPCStatus) -> Message? {
            guard let payload = try await messages.next(isolation: actor) else { return nil }
            return try MessageCalls.decode(payload)
        }

        public mutating func next() async throws(RPCStatus) -> Message? { try await next(isolation: nil) }
    }
}

/// Messages of one kind to the peer. Any number of tasks may send.
public struct MessageWriter<Message: WireMessage>: Sendable {
    @usableFromInline let messages: OutboundMessages

    @inlinable
    public init(_ messages: OutboundMessages) { self.messages = messages }

    /// Sends one message; see `OutboundMessages.send`.
    @inlinable
    nonisolated(nonsending) public func send(_ message: Message) async throws(RPCStatus) {
        // Without an array of its own: a gate that lets pass copies the bytes.
        let held: [UInt8]? = try message.withSerialized { (bytes) throws(RPCStatus) in
            try messages.sendNow(bytes) ? nil : Array(bytes)
        }
        if let held { try await messages.send(held) }
    }

    /// No more messages from this side.
    public func finish() { messages.finish() }
}

/// A client's end of a call that streams both ways. Dropping it cancels the call.
public struct BidirectionalCall<Request: WireMessage, Response: WireMessage>: Sendable {
    public let requests: MessageWriter<Request>
    public let responses: MessageStream<Response>
}
