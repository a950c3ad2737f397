/// How many handlers may run: fixed, or found by trying (additive increase, multiplicative decrease).
///
/// The sign of overload is a call that ended after its deadline: its work was for nobody. Then the limit
/// falls by a tenth, once in a while; while calls end in time and the places are used, it rises by one for a
/// limit's worth of calls.
public struct AdaptiveLimit: Sendable {
    private static let fallFactor = 0.9
    /// Calls that were let in before a fall still end late for a while; they are the same overload.
    private static let fallInterval = Duration.seconds(1)

    private let minimum: Double
    private let maximum: Double
    private var exact: Double
    private var lastFall: MonotonicInstant?

    /// - Parameter minimum: not below 1, not above the maximum. Equal to it, the limit is fixed.
    public init(minimum: Int, maximum: Int) {
        self.minimum = Double(min(max(minimum, 1), maximum))
        self.maximum = Double(maximum)
        exact = self.maximum
    }

    public static func fixed(_ count: Int) -> AdaptiveLimit {
        AdaptiveLimit(minimum: count, maximum: count)
    }

    public var count: Int { Int(exact) }

    /// - Parameter runningCount: handlers that ran when this one ended, itself counted.
    public mutating func ended(wasLate: Bool, runningCount: Int, at now: MonotonicInstant) {
        if wasLate {
            if let lastFall, lastFall.duration(to: now) < Self.fallInterval { return }
            lastFall = now
            exact = max(minimum, exact * Self.fallFactor)
        } else if Double(runningCount) * 2 >= exact {
            exact = min(maximum, exact + 1 / exact)
        }
    }
}
