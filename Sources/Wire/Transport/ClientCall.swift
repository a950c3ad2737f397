import Synchronization

/// One call of a client, from the caller's task to the event loop and back; answered once, whoever comes
/// first.
final class ClientCall: Sendable {
    let service: String
    let method: String
    let payload: [UInt8]
    let metadata: Metadata
    let deadline: Deadline

    private enum State {
        /// Leaves to: awaited, settled.
        case begun
        /// Leaves to: over.
        case awaited(CheckedContinuation<Result<[UInt8], RPCStatus>, Never>)
        /// Answered before the caller waits. Leaves to: over.
        case settled(Result<[UInt8], RPCStatus>)
        /// Final.
        case over
    }

    private let state = Mutex(State.begun)

    init(
        service: String, method: String, payload: [UInt8], metadata: Metadata, deadline: Deadline
    ) {
        self.service = service
        self.method = method
        self.payload = payload
        self.metadata = metadata
        self.deadline = deadline
    }

    /// Nobody waits for an answer any more.
    var isAnswered: Bool {
        state.withLock { state in
            switch state {
            case .begun, .awaited: false
            case .settled, .over: true
            }
        }
    }

    /// The caller waits from here on. To be called once.
    func await(_ continuation: CheckedContinuation<Result<[UInt8], RPCStatus>, Never>) {
        let outcome = state.withLock { state -> Result<[UInt8], RPCStatus>? in
            if case .settled(let outcome) = state {
                state = .over
                return outcome
            }
            state = .awaited(continuation)
            return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
    }

    /// Answers the caller, unless that has been done.
    func answer(_ outcome: Result<[UInt8], RPCStatus>) {
        let waiting = state.withLock { state -> CheckedContinuation<Result<[UInt8], RPCStatus>, Never>? in
            switch state {
            case .begun:
                state = .settled(outcome)
                return nil
            case .awaited(let continuation):
                state = .over
                return continuation
            case .settled, .over:
                return nil
            }
        }
        waiting?.resume(returning: outcome)
    }

    func fail(_ code: StatusCode, _ message: String) {
        answer(.failure(RPCStatus(code: code, message: message)))
    }
}
