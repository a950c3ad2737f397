/// Messages from the peer, in order, encoded. One task reads them, once.
///
/// The peer is slowed to the reader's pace when it knows our extension of the protocol; a foreign peer that
/// sends more than is kept for the reader fails the stream with RESOURCE_EXHAUSTED.
public struct InboundMessages: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = RPCStatus

    private let queue: InboundQueue
    /// Whoever holds this keeps the stream; a client's stream that nobody holds is cancelled.
    private let holder: (any Sendable)?

    package init(_ queue: InboundQueue, holder: (any Sendable)? = nil) {
        self.queue = queue
        self.holder = holder
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(queue: queue, holder: holder) }

    public struct AsyncIterator: AsyncIteratorProtocol {
        public typealias Element = [UInt8]
        public typealias Failure = RPCStatus

        private let queue: InboundQueue
        private let holder: (any Sendable)?
        private var batch: [[UInt8]] = []
        private var index = 0

        init(queue: InboundQueue, holder: (any Sendable)?) {
            self.queue = queue
            self.holder = holder
        }

        /// The next message, nil after the last. Throws the stream's failure, after what arrived before it.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(RPCStatus) -> [UInt8]? {
            if index == batch.count {
                guard let more = try await queue.next() else { return nil }
                batch = more
                index = 0
            }
            defer { index += 1 }
            return batch[index]
        }

        public mutating func next() async throws(RPCStatus) -> [UInt8]? { try await next(isolation: nil) }
    }
}

/// Takes the messages of one side of a stream.
package protocol MessageSink: Sendable {
    /// Sends if there is room now; false if not, and then nothing was sent.
    /// The bytes are only lent.
    func sendNow(_ message: UnsafeRawBufferPointer) throws(RPCStatus) -> Bool
    nonisolated(nonsending) func send(_ message: [UInt8]) async throws(RPCStatus)
    func finish()
}

extension [UInt8] {
    /// The bytes, beyond which they must not be kept.
    func lend<Result, Flaw: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Flaw) -> Result
    ) throws(Flaw) -> Result {
        try withUnsafeBufferPointer { (bytes) throws(Flaw) in try body(UnsafeRawBufferPointer(bytes)) }
    }
}

/// Messages to the peer. Any number of tasks may send.
public struct OutboundMessages: Sendable {
    private let sink: any MessageSink
    private let holder: (any Sendable)?

    package init(_ sink: any MessageSink, holder: (any Sendable)? = nil) {
        self.sink = sink
        self.holder = holder
    }

    /// Sends one encoded message; returns when there is room for it, which a slow peer decides. Throws the
    /// stream's status when it has ended, RESOURCE_EXHAUSTED when no frame holds the message, and CANCELLED
    /// when the task is.
    nonisolated(nonsending) public func send(_ message: [UInt8]) async throws(RPCStatus) {
        if try !message.lend(sendNow) { try await sink.send(message) }
    }

    /// Sends if there is room now; false if not, and then nothing was sent.
    @usableFromInline
    func sendNow(_ message: UnsafeRawBufferPointer) throws(RPCStatus) -> Bool { try sink.sendNow(message) }

    /// No more messages from this side. A handler's side ends by itself when the handler returns.
    public func finish() { sink.finish() }
}

/// A client's end of a call that streams. Dropping it without reading to the end cancels the call.
public struct RPCStream: Sendable {
    /// For a method that takes one request these are finished already.
    public let requests: OutboundMessages
    /// A method that answers with one response gives that one.
    public let responses: InboundMessages

    package init(requests: OutboundMessages, responses: InboundMessages) {
        self.requests = requests
        self.responses = responses
    }

    /// The same stream, which keeps something more until nobody holds the stream.
    package func keeping(_ more: any Sendable) -> RPCStream {
        RPCStream(requests: requests.keeping(more), responses: responses.keeping(more))
    }
}

/// Two things to be kept for as long as a stream.
private struct Both: Sendable {
    let first: (any Sendable)?
    let second: any Sendable
}

extension InboundMessages {
    fileprivate func keeping(_ more: any Sendable) -> InboundMessages {
        InboundMessages(queue, holder: Both(first: holder, second: more))
    }
}

extension OutboundMessages {
    fileprivate func keeping(_ more: any Sendable) -> OutboundMessages {
        OutboundMessages(sink, holder: Both(first: holder, second: more))
    }
}
