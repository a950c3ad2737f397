/// The attempts of one call: says after each failure whether and when there is another.
public struct RetrySequence: Sendable {
    public enum Step: Sendable, Hashable {
        case repeats(after: Duration)
        case givesUp
    }

    private let policy: RetryPolicy
    private let repeatability: Repeatability
    private let deadline: Deadline
    /// Attempts that have ended.
    public private(set) var attemptCount = 0
    private var failureCount = 0
    private var unsentCount = 0

    /// - Parameter deadline: of all attempts together.
    public init(policy: RetryPolicy, repeatability: Repeatability, deadline: Deadline) {
        self.policy = policy
        self.repeatability = repeatability
        self.deadline = deadline
    }

    /// - Parameters:
    ///   - status: of the attempt that ended.
    ///   - extraCount: further attempts that ran beside it.
    ///   - chance: from 0 to 1.
    public mutating func failed(
        _ status: RPCStatus, besides extraCount: Int = 0, at now: MonotonicInstant, chance: Double,
        budget: inout RetryBudget
    ) -> Step {
        attemptCount += 1 + extraCount
        guard policy.mayPass(status) else { return .givesUp }
        let wait: Duration
        if status.isUnsent {
            // The server has seen nothing, so its budget is untouched. The first time costs no wait: another
            // address, or the connection that is made meanwhile, may take the call.
            unsentCount += 1
            wait = unsentCount == 1 ? .zero : backoff(chance)
        } else {
            budget.failed()
            guard repeatability != .never, budget.permits, let told = pushback(status, chance) else {
                return .givesUp
            }
            wait = told
        }
        guard attemptCount < policy.attemptCountMax, now.advanced(by: wait) < deadline.instant else {
            return .givesUp
        }
        return .repeats(after: wait)
    }

    /// The server's own time, or ours; nil when it wants no repeat.
    private mutating func pushback(_ status: RPCStatus, _ chance: Double) -> Duration? {
        guard let info = RetryInfo(status) else { return backoff(chance) }
        // The server knows better than our counting, which begins anew.
        failureCount = 0
        return info.delay < .zero ? nil : info.delay
    }

    private mutating func backoff(_ chance: Double) -> Duration {
        failureCount += 1
        return policy.backoff(failureCount: failureCount, chance: chance)
    }
}
