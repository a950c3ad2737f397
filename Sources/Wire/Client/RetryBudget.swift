/// Bounds the repeats of one channel, so that a server in trouble is not buried under them (gRFC A6).
///
/// Tokens are counted in thousandths: sums of a ratio stay exact.
public struct RetryBudget: Sendable, Hashable {
    private let fullCount: Int
    private let refundCount: Int
    private var count: Int

    public init(limits: WireLimits = WireLimits()) {
        fullCount = limits.retryTokenCountMax * 1_000
        refundCount = Int((limits.retryTokenRatio * 1_000).rounded())
        count = fullCount
    }

    /// More than half of the tokens are there.
    public var permits: Bool { count > fullCount / 2 }

    public mutating func succeeded() { count = min(fullCount, count + refundCount) }

    /// A call failed in a way that repeating might have helped, or its server asked not to repeat.
    public mutating func failed() { count = max(0, count - 1_000) }

    /// Takes a token for a hedge, which loads the server even when all succeeds. False when there is none to
    /// spare.
    public mutating func spend() -> Bool {
        guard permits else { return false }
        count -= 1_000
        return true
    }
}
