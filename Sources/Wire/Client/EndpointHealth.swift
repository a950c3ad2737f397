/// What is known of one address from the calls and checks that went there.
public struct EndpointHealth: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        /// Has not answered yet, nor failed often. Leaves to: healthy, unhealthy, draining.
        case unknown
        /// Leaves to: unhealthy, draining.
        case healthy(since: MonotonicInstant)
        /// Gets no calls until then, and afterwards one probe. Leaves to: probing.
        case unhealthy(until: MonotonicInstant)
        /// One call or check is under way to see whether it is back. Leaves to: healthy, unhealthy, draining.
        case probing
        /// Serves what it has and wants nothing new. Leaves to: healthy, unhealthy.
        case draining
    }

    /// How a call ended, as far as it tells something of the address.
    public enum Outcome: Sendable, Hashable, CaseIterable {
        /// Any answer of the server, a refusal too.
        case answered
        /// UNAVAILABLE: no connection, a lost one, or a server that says so.
        case failed
        /// Out of time: a slow method or a dead address.
        case silent
        /// The caller left, or this side refused.
        case withdrawn
    }

    /// What a health check found.
    public enum Finding: Sendable, Hashable, CaseIterable {
        case serving
        case notServing
        case unreachable
    }

    public private(set) var state = State.unknown
    private let failureCountMax: Int
    private let ejectionTimeMin: Duration
    private let ejectionTimeMax: Duration

    /// Failures since the last answer.
    private var failureCount = 0
    private var lastFailure: MonotonicInstant?
    /// Ejections that followed one another without a long healthy time between.
    private var ejectionCount = 0

    public init(limits: WireLimits = WireLimits()) {
        failureCountMax = limits.ejectionFailureCount
        ejectionTimeMin = limits.ejectionTimeMin
        ejectionTimeMax = limits.ejectionTimeMax
    }

    /// Has failed a moment ago: the other one of two equals is the better choice.
    public func isSuspect(at now: MonotonicInstant) -> Bool {
        guard failureCount > 0, let lastFailure else { return false }
        return lastFailure.duration(to: now) < ejectionTimeMin
    }

    /// Its time without calls is over, and nobody has looked yet whether it is back.
    public func awaitsProbe(at now: MonotonicInstant) -> Bool {
        if case .unhealthy(let until) = state { until <= now } else { false }
    }

    /// To be called only when it awaits one.
    public mutating func beginProbe() { state = .probing }

    /// Only the probe speaks for an address that was ejected: what ends there meanwhile was begun before.
    public mutating func ended(_ outcome: Outcome, wasProbe: Bool, at now: MonotonicInstant) {
        switch (state, outcome) {
        case (.unknown, .answered): recover(at: now)
        case (.healthy, .answered): failureCount = 0
        case (.unknown, .failed), (.healthy, .failed): fail(at: now)
        case (.probing, .answered) where wasProbe: recover(at: now)
        case (.probing, .failed) where wasProbe, (.probing, .silent) where wasProbe: eject(at: now)
        case (.probing, .withdrawn) where wasProbe: state = .unhealthy(until: now)
        case (.unknown, _), (.healthy, _), (.unhealthy, _), (.probing, _), (.draining, _): break
        }
    }

    /// A server that serves is not thereby one whose calls succeed: failures of calls stay counted.
    public mutating func checked(_ finding: Finding, at now: MonotonicInstant) {
        switch (state, finding) {
        case (.unhealthy, _), (.healthy, .serving): break
        case (.unknown, .serving), (.probing, .serving), (.draining, .serving): recover(at: now)
        case (.unknown, .notServing), (.healthy, .notServing), (.probing, .notServing): state = .draining
        case (.draining, .notServing): break
        case (.unknown, .unreachable), (.healthy, .unreachable): fail(at: now)
        case (.probing, .unreachable), (.draining, .unreachable): eject(at: now)
        }
    }

    private mutating func recover(at now: MonotonicInstant) {
        state = .healthy(since: now)
        failureCount = 0
    }

    private mutating func fail(at now: MonotonicInstant) {
        if let lastFailure, lastFailure.duration(to: now) > ejectionTimeMax { failureCount = 0 }
        failureCount += 1
        lastFailure = now
        if failureCount >= failureCountMax { eject(at: now) }
    }

    private mutating func eject(at now: MonotonicInstant) {
        if case .healthy(let since) = state, since.duration(to: now) >= ejectionTimeMax { ejectionCount = 0 }
        // Sixteen doublings reach any bound in use.
        let time = min(ejectionTimeMin * (1 << min(ejectionCount, 16)), ejectionTimeMax)
        ejectionCount += 1
        failureCount = 0
        state = .unhealthy(until: now.advanced(by: time))
    }
}
