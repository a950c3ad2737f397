/// Chooses among the addresses of one service, and hears how each call ended.
///
/// Of two healthy addresses drawn at random the one with fewer calls in flight is taken ("power of two
/// choices"): nearly as even as asking all of them, and no herd runs to the one that looks idle. Addresses
/// that fail are left out for a growing time, then one call goes there as a probe. When few are left, the
/// news of failures is not believed and the calls go to all: the fault may be ours, and the rest would be
/// overrun.
public struct Balancer: Sendable {
    /// One call's place at an address; to be given back by `ended`.
    public struct Lease: Sendable, Hashable {
        public let endpoint: Int
        public let isProbe: Bool
    }

    private struct Endpoint: Sendable {
        var health: EndpointHealth
        var callCount = 0
    }

    /// Who may get a call, strictest first.
    private enum Tier: CaseIterable {
        case sound, willing, any
    }

    private var endpoints: [Endpoint]
    private let panicShare: Double
    private let newcomerCallCountMax: Int

    /// - Parameter endpointCount: at least 1.
    public init(endpointCount: Int, limits: WireLimits = WireLimits()) {
        precondition(endpointCount > 0, "a balancer needs an address")
        endpoints = Array(repeating: Endpoint(health: EndpointHealth(limits: limits)), count: endpointCount)
        panicShare = limits.panicShare
        newcomerCallCountMax = limits.newcomerCallCountMax
    }

    public var endpointCount: Int { endpoints.count }
    /// Calls in flight at all addresses.
    public var callCount: Int { endpoints.reduce(0) { $0 + $1.callCount } }

    public func state(of endpoint: Int) -> EndpointHealth.State { endpoints[endpoint].health.state }
    public func callCount(of endpoint: Int) -> Int { endpoints[endpoint].callCount }

    // MARK: Calls

    /// - Parameters:
    ///   - bits: uniform over all values.
    ///   - avoided: addresses that have just failed this very call; taken when there is no other.
    public mutating func pick(
        at now: MonotonicInstant, bits: UInt64, avoiding avoided: Set<Int> = []
    ) -> Lease {
        let waiting = endpoints.indices.first {
            endpoints[$0].health.awaitsProbe(at: now) && !avoided.contains($0)
        }
        if let waiting {
            endpoints[waiting].health.beginProbe()
            return lease(waiting, isProbe: true)
        }
        for tier in Tier.allCases where tier != .sound || !isPanicking {
            let count = endpoints.indices.count { isCandidate($0, tier, avoided) }
            if count > 0 { return lease(better(of: count, tier, avoided, bits, now), isProbe: false) }
        }
        return lease(better(of: endpoints.count, .any, [], bits, now), isProbe: false)
    }

    public mutating func ended(_ lease: Lease, _ outcome: EndpointHealth.Outcome, at now: MonotonicInstant) {
        endpoints[lease.endpoint].callCount -= 1
        endpoints[lease.endpoint].health.ended(outcome, wasProbe: lease.isProbe, at: now)
    }

    private mutating func lease(_ endpoint: Int, isProbe: Bool) -> Lease {
        endpoints[endpoint].callCount += 1
        return Lease(endpoint: endpoint, isProbe: isProbe)
    }

    // MARK: Checks

    /// Addresses to be asked for their health now: all but those whose time without calls runs.
    public mutating func checksDue(at now: MonotonicInstant) -> [Int] {
        endpoints.indices.filter { index in
            switch endpoints[index].health.state {
            case .unknown, .healthy, .probing, .draining: return true
            case .unhealthy:
                guard endpoints[index].health.awaitsProbe(at: now) else { return false }
                endpoints[index].health.beginProbe()
                return true
            }
        }
    }

    public mutating func checked(
        _ endpoint: Int, _ finding: EndpointHealth.Finding, at now: MonotonicInstant
    ) {
        endpoints[endpoint].health.checked(finding, at: now)
    }

    // MARK: Choice

    private var isPanicking: Bool {
        let soundCount = endpoints.count { endpoint in
            switch endpoint.health.state {
            case .unknown, .healthy: true
            case .unhealthy, .probing, .draining: false
            }
        }
        return soundCount == 0 || Double(soundCount) < panicShare * Double(endpoints.count)
    }

    private func isCandidate(_ index: Int, _ tier: Tier, _ avoided: Set<Int>) -> Bool {
        if avoided.contains(index) { return false }
        let endpoint = endpoints[index]
        return switch (tier, endpoint.health.state) {
        case (.sound, .healthy): true
        // Nobody has seen it answer: a few calls tell, many could be lost at once.
        case (.sound, .unknown): endpoint.callCount < newcomerCallCountMax
        case (.sound, _), (.willing, .draining): false
        case (.willing, _), (.any, _): true
        }
    }

    /// Draws two different ones of so many candidates and takes the one with less to do.
    private func better(
        of count: Int, _ tier: Tier, _ avoided: Set<Int>, _ bits: UInt64, _ now: MonotonicInstant
    ) -> Int {
        // Half of the bits times the count, without its lower half: uniform from 0 to below the count.
        let first = Int(((bits & 0xffff_ffff) * UInt64(count)) >> 32)
        guard count > 1 else { return candidate(first, tier, avoided) }
        var second = Int(((bits >> 32) * UInt64(count - 1)) >> 32)
        if second >= first { second += 1 }
        let pair = (candidate(first, tier, avoided), candidate(second, tier, avoided))
        let loads = (endpoints[pair.0].callCount, endpoints[pair.1].callCount)
        if loads.0 != loads.1 { return loads.0 < loads.1 ? pair.0 : pair.1 }
        return endpoints[pair.0].health.isSuspect(at: now) ? pair.1 : pair.0
    }

    /// The candidate with so many before it.
    private func candidate(_ rank: Int, _ tier: Tier, _ avoided: Set<Int>) -> Int {
        var left = rank
        for index in endpoints.indices where isCandidate(index, tier, avoided) {
            if left == 0 { return index }
            left -= 1
        }
        return rank
    }
}
