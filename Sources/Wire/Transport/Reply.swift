import Synchronization

/// What one task waits for and another brings, once, whoever comes first: a call's response.
///
/// Lies within the call it belongs to, which saves a memory block a call. So does a continuation that is not
/// a checked one: the states below are the check.
struct Reply: ~Copyable, Sendable {
    typealias Outcome = Result<[UInt8], RPCStatus>

    // Not private: Swift 6.3 does not compile, in debug builds, what holds a reply in another file.
    enum State {
        /// Leaves to: awaited, settled.
        case begun
        /// Leaves to: over.
        case awaited(UnsafeContinuation<Outcome, Never>)
        /// Answered before the caller waits. Leaves to: over.
        case settled(Outcome)
        /// Final.
        case over
    }

    private let state = Mutex(State.begun)

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
    func await(_ continuation: UnsafeContinuation<Outcome, Never>) {
        let outcome = state.withLock { state -> Outcome? in
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
    func answer(_ outcome: Outcome) {
        let waiting = state.withLock { state -> UnsafeContinuation<Outcome, Never>? in
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
}
