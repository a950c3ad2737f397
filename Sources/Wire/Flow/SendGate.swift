import Synchronization

/// Where a gate puts what it lets pass.
package protocol GateLoad: Sendable {
    /// Bytes that wait to be taken away.
    var byteCount: Int { get }
    /// Copies the message, which is only lent.
    mutating func add(_ message: UnsafeRawBufferPointer)
}

/// What writers of one stream pass through: it holds them when the peer, the connection or we have enough.
///
/// Any number of tasks may send; each message passes whole, and a task's messages pass in its order.
package final class SendGate<Load: GateLoad>: MessageSink {
    private struct State {
        var load: Load
        var window: SendWindow
        var end: RPCStatus?
        var isFinished = false
        /// `onLoad` was called and the load not yet taken.
        var isAnnounced = false
        var waiting: [CheckedContinuation<Void, Never>] = []

        mutating func takeWaiting() -> [CheckedContinuation<Void, Never>] {
            defer { waiting = [] }
            return waiting
        }
    }

    private enum Passage {
        case passed(announce: Bool)
        case closed(RPCStatus)
        case held
    }

    private let state: Mutex<State>
    private let byteCountMax: Int
    private let onLoad: @Sendable () -> Void
    private let onFinish: @Sendable () -> Void

    /// - Parameters:
    ///   - byteCountMax: load above which writers wait until it is taken away.
    ///   - onLoad: there is something to take; not called again before `take`.
    ///   - onFinish: the writers are done.
    package init(
        _ load: Load, window: SendWindow, byteCountMax: Int, onLoad: @escaping @Sendable () -> Void,
        onFinish: @escaping @Sendable () -> Void
    ) {
        state = Mutex(State(load: load, window: window))
        self.byteCountMax = byteCountMax
        self.onLoad = onLoad
        self.onFinish = onFinish
    }

    // MARK: Writers

    package func sendNow(_ message: UnsafeRawBufferPointer) throws(RPCStatus) -> Bool {
        guard message.count <= WireLimits.frameByteCountMax else {
            throw OversizedMessage(byteCount: message.count).status
        }
        switch pass(message) {
        case .passed(let announce):
            if announce { onLoad() }
            return true
        case .closed(let status): throw status
        case .held: return false
        }
    }

    nonisolated(nonsending) package func send(_ message: [UInt8]) async throws(RPCStatus) {
        while try !message.lend(sendNow) {
            if Task.isCancelled { throw .cancelled }
            await change()
        }
    }

    private func pass(_ message: UnsafeRawBufferPointer) -> Passage {
        state.withLock { state in
            if let end = state.end { return .closed(end) }
            guard !state.isFinished else { return .closed(.finishedSending) }
            let loaded = state.load.byteCount
            guard state.window.isOpen && (loaded == 0 || loaded + message.count <= byteCountMax) else {
                return .held
            }
            state.window.spend(StreamExtension.cost(ofMessage: message.count))
            state.load.add(message)
            defer { state.isAnnounced = true }
            return .passed(announce: !state.isAnnounced)
        }
    }

    package func finish() {
        let isFirst = state.withLock { state in
            defer { state.isFinished = true }
            return !state.isFinished && state.end == nil
        }
        if isFirst { onFinish() }
        wake()
    }

    /// Returns when something may have changed.
    private func change() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state -> Bool in
                    let isHeld = !state.window.isOpen || state.load.byteCount > 0
                    guard isHeld, state.end == nil, !state.isFinished, !Task.isCancelled else { return true }
                    state.waiting.append(continuation)
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            wake()
        }
    }

    private func wake() {
        for continuation in state.withLock({ $0.takeWaiting() }) { continuation.resume() }
    }

    // MARK: The other side

    /// Gives the body the load, which it empties, and lets writers go on.
    package func take<Result>(_ body: (inout Load) -> Result) -> Result {
        let (result, waiting) = state.withLock { state in
            state.isAnnounced = false
            return (body(&state.load), state.takeWaiting())
        }
        for continuation in waiting { continuation.resume() }
        return result
    }

    package func changeWindow(_ change: (inout SendWindow) -> Void) {
        let waiting = state.withLock { state in
            change(&state.window)
            return state.window.isOpen ? state.takeWaiting() : []
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Nothing passes any more: writers get the status. What is loaded stays.
    package func close(_ status: RPCStatus) {
        let waiting = state.withLock { state in
            if state.end == nil { state.end = status }
            return state.takeWaiting()
        }
        for continuation in waiting { continuation.resume() }
    }
}

extension RPCStatus {
    static let finishedSending = RPCStatus(
        code: .failedPrecondition, message: "a message was sent after the stream's last one")
}
