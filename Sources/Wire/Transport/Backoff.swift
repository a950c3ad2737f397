/// How long to wait before connecting again: doubling, bounded, and varied so that clients do not come in
/// step.
struct Backoff {
    private let min: Duration
    private let max: Duration
    private var failureCount = 0

    init(limits: WireLimits) {
        min = limits.backoffMin
        max = limits.backoffMax
    }

    mutating func succeeded() { failureCount = 0 }

    /// - Parameter chance: from 0 to 1; 0.5 leaves the wait as it is.
    mutating func failed(chance: Double) -> Duration {
        let wait = Swift.min(min * (1 << Swift.min(failureCount, 16)), max)
        failureCount += 1
        return wait * (0.8 + 0.4 * chance)
    }
}
