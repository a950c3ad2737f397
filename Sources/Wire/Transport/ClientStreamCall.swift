import Synchronization

/// Where a streaming call goes once its connection has opened it.
final class StreamPlace: Sendable {
    struct Opening: Sendable {
        let streamID: StreamID
        /// Nil for a method that takes one request.
        let gate: SendGate<FrameLoad>?
        /// Tells a counting server of room for so many more bytes.
        let giveCredit: @Sendable (Int) -> Void
    }

    private let state = Mutex<Opening?>(nil)

    var opening: Opening? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

/// The parts of a streaming call that its connection and its caller share.
final class ClientStreamCall: Sendable {
    let shape: MethodShape
    /// The first request goes out with the call.
    let hasRequest: Bool
    let responses: InboundQueue
    /// Answered, with no bytes, when the Request has been given out for sending and `gate` is there.
    let opened = Reply()
    private let place = StreamPlace()
    private let over = Mutex(false)

    init(shape: MethodShape, hasRequest: Bool, limits: WireLimits) {
        self.shape = shape
        self.hasRequest = hasRequest
        let place = place
        responses = InboundQueue(limits: limits) { place.opening?.giveCredit($0) }
    }

    /// Nothing further is to be delivered.
    var isOver: Bool { over.withLock { $0 } }
    var streamID: StreamID? { place.opening?.streamID }
    /// The writers' gate, if they have one.
    var gate: SendGate<FrameLoad>? { place.opening?.gate }

    func open(_ opening: StreamPlace.Opening) {
        place.opening = opening
        opened.answer(.success([]))
    }

    /// A message of the stream of responses, or its good end, or both. False when there is no room to keep
    /// it.
    func deliver(_ message: [UInt8]?, isLast: Bool) -> Bool {
        if let message, !responses.push(message) { return false }
        if isLast { end(nil) }
        return true
    }

    func answer(_ outcome: Result<[UInt8], RPCStatus>) {
        switch outcome {
        case .success(let response):
            _ = responses.push(response)
            end(nil)
        case .failure(let status):
            end(status)
        }
    }

    private func end(_ failure: RPCStatus?) {
        over.withLock { $0 = true }
        opened.answer(.failure(failure ?? .streamEnded))
        gate?.close(failure ?? .streamEnded)
        responses.finish(failure)
    }
}

extension RPCStatus {
    static let streamEnded = RPCStatus(
        code: .failedPrecondition, message: "the server has ended the stream already")

    /// Writing failed because the stream had ended; how it ended, its responses tell.
    var isStreamEnded: Bool { message == Self.streamEnded.message }
}

/// Cancels a stream when nobody holds it any more.
final class StreamHolder: Sendable {
    private let onDrop: @Sendable () -> Void

    init(_ onDrop: @escaping @Sendable () -> Void) { self.onDrop = onDrop }

    deinit { onDrop() }
}
