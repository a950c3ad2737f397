import Testing
import Wire

/// Conversations with the choice among addresses.
@Suite("Balancer")
struct BalancerTests {
    private static let start = MonotonicInstant(nanoseconds: 0)
    private let time = VirtualTime()

    /// Every address has answered once.
    private func settled(_ count: Int, limits: WireLimits = WireLimits()) -> Balancer {
        var balancer = Balancer(endpointCount: count, limits: limits)
        for endpoint in 0..<count { balancer.checked(endpoint, .serving, at: Self.start) }
        return balancer
    }

    private func eject(_ endpoints: some Sequence<Int>, of balancer: inout Balancer) {
        for endpoint in endpoints {
            for _ in 0..<3 { balancer.checked(endpoint, .unreachable, at: Self.start) }
        }
    }

    /// Calls by address after so many, none of which ends.
    private func spread(_ callCount: Int, over balancer: inout Balancer) -> [Int] {
        for _ in 0..<callCount { _ = balancer.pick(at: Self.start, bits: time.bits()) }
        return (0..<balancer.endpointCount).map { balancer.callCount(of: $0) }
    }

    @Test("calls spread evenly: no address has a tenth more than another", arguments: [2, 3, 10, 64])
    func even(count: Int) throws {
        var balancer = settled(count)
        let counts = spread(100 * count, over: &balancer)
        let (least, most) = (try #require(counts.min()), try #require(counts.max()))
        #expect(least >= 95 && most <= 105, "\(counts)")
    }

    @Test("of two drawn the one with fewer calls is taken, whatever the chance")
    func fewer() {
        var balancer = settled(2)
        let first = balancer.pick(at: Self.start, bits: 0)
        for bits in [0, UInt64(UInt32.max), .max] {
            var copy = balancer
            #expect(copy.pick(at: Self.start, bits: bits).endpoint == 1 - first.endpoint)
        }
        balancer.ended(first, .answered, at: Self.start)
        #expect(balancer.callCount == 0)
    }

    @Test("a slow address gets fewer calls than the others")
    func slow() {
        var balancer = settled(3)
        var slowCount = 0
        // Calls to address 0 stay for ten rounds, others for one.
        var open: [(lease: Balancer.Lease, end: Int)] = []
        for round in 0..<3_000 {
            for (lease, _) in open.filter({ $0.end == round }) {
                balancer.ended(lease, .answered, at: Self.start)
            }
            open.removeAll { $0.end == round }
            let lease = balancer.pick(at: Self.start, bits: time.bits())
            if lease.endpoint == 0 { slowCount += 1 }
            open.append((lease, round + (lease.endpoint == 0 ? 10 : 1)))
        }
        #expect(slowCount < 600, "an even share would be 1000")
        #expect(slowCount > 100, "and it is not left alone")
    }

    @Test("an ejected address gets nothing until its time is over, and then exactly one probe")
    func probe() {
        var balancer = settled(3)
        eject([1], of: &balancer)
        #expect(spread(30, over: &balancer)[1] == 0)
        let later = Self.start.advanced(by: .seconds(1))
        let probe = balancer.pick(at: later, bits: 0)
        #expect(probe.endpoint == 1)
        #expect(probe.isProbe)
        for _ in 0..<30 { #expect(balancer.pick(at: later, bits: time.bits()).endpoint != 1) }
        balancer.ended(probe, .answered, at: later)
        #expect(balancer.state(of: 1) == .healthy(since: later))
        #expect(balancer.pick(at: later, bits: 0).endpoint == 1, "it is the idle one now")
    }

    @Test("one that comes back gets no more than two calls of three, though it is idle")
    func comesBack() {
        var balancer = settled(3)
        eject([0], of: &balancer)
        _ = spread(60, over: &balancer)
        let later = Self.start.advanced(by: .seconds(1))
        balancer.ended(balancer.pick(at: later, bits: 0), .answered, at: later)
        for _ in 0..<15 { _ = balancer.pick(at: later, bits: time.bits()) }
        #expect((5...13).contains(balancer.callCount(of: 0)))
    }

    @Test("one that never answered gets a few calls and no more, however idle it looks")
    func newcomer() {
        var balancer = Balancer(endpointCount: 3)
        for endpoint in 0..<2 { balancer.checked(endpoint, .serving, at: Self.start) }
        let counts = spread(60, over: &balancer)
        #expect(counts[2] == WireLimits().newcomerCallCountMax, "fair to it, and to its calls")
    }

    @Test("when nobody has answered yet the calls go to all")
    func allNew() {
        var balancer = Balancer(endpointCount: 3)
        #expect(spread(60, over: &balancer).allSatisfy { $0 > 15 })
    }

    @Test(
        "ejection is believed while a quarter of the addresses is left, and below it all get calls",
        arguments: [(4, 1, true), (8, 2, true), (8, 1, false), (3, 1, true), (3, 0, false), (1, 0, false)])
    func panic(count: Int, soundCount: Int, isBelieved: Bool) {
        var balancer = settled(count)
        eject(soundCount..<count, of: &balancer)
        let counts = spread(200, over: &balancer)
        #expect(counts[soundCount...].allSatisfy { isBelieved ? $0 == 0 : $0 > 0 }, "\(counts)")
    }

    @Test("a draining address gets calls only when there is no other")
    func draining() {
        var balancer = settled(3)
        balancer.checked(0, .notServing, at: Self.start)
        #expect(spread(30, over: &balancer)[0] == 0)
        eject([1, 2], of: &balancer)
        #expect(spread(30, over: &balancer)[0] == 0, "even in doubt")
        var last = settled(2)
        for endpoint in 0..<2 { last.checked(endpoint, .notServing, at: Self.start) }
        #expect(spread(30, over: &last).allSatisfy { $0 > 0 })
    }

    @Test("an address that has just failed the call is not taken again, unless it is the only one")
    func avoided() {
        var balancer = settled(3)
        for _ in 0..<50 {
            #expect(balancer.pick(at: Self.start, bits: time.bits(), avoiding: [0, 2]).endpoint == 1)
        }
        _ = balancer.pick(at: Self.start, bits: time.bits(), avoiding: [0, 1, 2])
        eject([1], of: &balancer)
        let lease = balancer.pick(at: Self.start.advanced(by: .seconds(1)), bits: 0, avoiding: [1])
        #expect(lease.endpoint != 1, "nor as a probe")
    }

    @Test("of two equally idle ones the one without a recent failure is taken")
    func suspect() {
        var balancer = settled(2)
        let lease = balancer.pick(at: Self.start, bits: 0)
        balancer.ended(lease, .failed, at: Self.start)
        for bits in [0, UInt64.max] {
            var copy = balancer
            #expect(copy.pick(at: Self.start, bits: bits).endpoint != lease.endpoint)
        }
    }

    @Test("checks are due at all addresses but those whose time without calls runs, and serve as probes")
    func checks() {
        var balancer = settled(3)
        eject([2], of: &balancer)
        #expect(balancer.checksDue(at: Self.start) == [0, 1])
        let later = Self.start.advanced(by: .seconds(1))
        #expect(balancer.checksDue(at: later) == [0, 1, 2])
        #expect(balancer.state(of: 2) == .probing)
        #expect(balancer.pick(at: later, bits: 0).isProbe == false)
        balancer.checked(2, .serving, at: later)
        #expect(balancer.state(of: 2) == .healthy(since: later))
    }
}
