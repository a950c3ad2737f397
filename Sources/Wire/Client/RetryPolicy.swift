/// Whether carrying a call out twice differs from once.
public enum Repeatability: Sendable, Hashable, CaseIterable {
    /// It may.
    case never
    /// The second finds the first one's answer, as long as it comes later: a command with a request id.
    case afterFailure
    /// It does not, and two may run at once: a read.
    case always
}

/// When and how often a failed call is repeated (gRFC A6).
public struct RetryPolicy: Sendable {
    /// The first attempt counted; held to `WireLimits.attemptCountMax`.
    public let attemptCountMax: Int
    /// Before the second attempt; grows by the factor from one attempt to the next up to the maximum, and is
    /// varied by a fifth either way.
    public let backoffInitial: Duration
    public let backoffFactor: Double
    public let backoffMax: Duration
    /// Failures that may pass. RESOURCE_EXHAUSTED need not be here: it is repeated when the server says when,
    /// for otherwise it is a size, and the same the next time.
    public let codes: Set<StatusCode>

    public init(
        attemptCountMax: Int = 4, backoffInitial: Duration = .milliseconds(50), backoffFactor: Double = 2,
        backoffMax: Duration = .seconds(1), codes: Set<StatusCode> = [.unavailable]
    ) {
        self.attemptCountMax = min(max(attemptCountMax, 1), WireLimits.attemptCountMax)
        self.backoffInitial = backoffInitial
        self.backoffFactor = backoffFactor
        self.backoffMax = backoffMax
        self.codes = codes
    }

    /// A failure that may pass, whatever the call is.
    public func mayPass(_ status: RPCStatus) -> Bool {
        status.isUnsent && status.code == .unavailable || codes.contains(status.code)
            || status.code == .resourceExhausted && RetryInfo(status) != nil
    }

    /// - Parameters:
    ///   - failureCount: failures since the beginning, or since the server last said when; at least 1.
    ///   - chance: from 0 to 1; 0.5 leaves the wait as it is.
    func backoff(failureCount: Int, chance: Double) -> Duration {
        var wait = backoffInitial
        for _ in 1..<failureCount where wait < backoffMax { wait = wait * backoffFactor }
        return min(wait, backoffMax) * (0.8 + 0.4 * chance)
    }
}

/// A second attempt of a read beside the first when that one takes long; whoever answers first wins.
///
/// Cuts the slowest answers at the price of more load, so it is used only where somebody asked for it.
public struct HedgingPolicy: Sendable {
    /// Best about the time within which 95 of 100 calls are answered.
    public let delay: Duration

    public init(delay: Duration) { self.delay = delay }
}
