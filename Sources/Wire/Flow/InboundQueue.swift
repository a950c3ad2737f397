import Synchronization

/// Messages of one stream between the event loop that receives them and the one task that reads them.
package final class InboundQueue: Sendable {
    private struct State {
        var messages: [[UInt8]] = []
        var window: ReceiveWindow
        var end: End?
        var reader: CheckedContinuation<Void, Never>?
    }

    private enum End {
        /// No more messages; those kept are still read.
        case finished
        case failed(RPCStatus)
    }

    private let state: Mutex<State>
    private let onCredit: @Sendable (Int) -> Void

    /// - Parameter onCredit: called by the reader when a counting peer may send so much more.
    package init(limits: WireLimits, onCredit: @escaping @Sendable (Int) -> Void) {
        let window = ReceiveWindow(
            window: limits.streamWindowByteCount, keptMax: limits.streamQueueByteCountMax)
        state = Mutex(State(window: window))
        self.onCredit = onCredit
    }

    /// Keeps a message. False when the queue is full; the message is not kept, and the stream has to fail.
    package func push(_ message: [UInt8]) -> Bool {
        let (isKept, reader) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            guard state.end == nil else { return (true, nil) }
            guard state.window.receive(StreamExtension.cost(ofMessage: message.count)) else {
                return (false, nil)
            }
            state.messages.append(message)
            return (true, state.reader.take())
        }
        reader?.resume()
        return isKept
    }

    /// No further messages, for the reason given if any. The first end counts; after a failure what was kept
    /// is dropped.
    package func finish(_ failure: RPCStatus? = nil) {
        let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.end == nil else { return nil }
            state.end = failure.map(End.failed) ?? .finished
            return state.reader.take()
        }
        reader?.resume()
    }

    /// All messages that are there, waiting for one if there is none; nil at the end of the stream.
    ///
    /// Throws the stream's failure after what arrived before it, and CANCELLED when the reading task is.
    package func next() async throws(RPCStatus) -> [[UInt8]]? {
        while true {
            let found = state.withLock { state -> Result<[[UInt8]]?, RPCStatus>? in
                if !state.messages.isEmpty {
                    var messages: [[UInt8]] = []
                    swap(&messages, &state.messages)
                    return .success(messages)
                }
                switch state.end {
                case .finished: return .success(nil)
                case .failed(let status): return .failure(status)
                case nil: return nil
                }
            }
            if let found {
                returnCredit()
                return try found.get()
            }
            if Task.isCancelled { throw .cancelled }
            await arrival()
        }
    }

    private func returnCredit() {
        let credit = state.withLock { $0.end == nil ? $0.window.takeAll() : nil }
        if let credit { onCredit(credit) }
    }

    /// Returns when something may have changed.
    private func arrival() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state -> Bool in
                    if !state.messages.isEmpty || state.end != nil || Task.isCancelled { return true }
                    precondition(state.reader == nil, "a stream has one reader")
                    state.reader = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.reader.take() }?.resume()
        }
    }
}
