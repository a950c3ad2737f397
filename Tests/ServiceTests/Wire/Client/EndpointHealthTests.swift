import Testing
import Wire

/// Conversations with what is known of one address.
@Suite("Health of an address")
struct EndpointHealthTests {
    private static let start = MonotonicInstant(nanoseconds: 0)

    private static func at(_ seconds: Int) -> MonotonicInstant { start.advanced(by: .seconds(seconds)) }

    private static func failing(_ count: Int, at now: MonotonicInstant = start) -> EndpointHealth {
        var health = EndpointHealth()
        for _ in 0..<count { health.ended(.failed, wasProbe: false, at: now) }
        return health
    }

    @Test("two failures in a row are borne, the third ejects, and an answer between starts the count anew")
    func consecutive() {
        #expect(Self.failing(2).state == .unknown)
        #expect(Self.failing(3).state == .unhealthy(until: Self.at(1)))
        var health = Self.failing(2)
        health.ended(.answered, wasProbe: false, at: Self.start)
        health.ended(.failed, wasProbe: false, at: Self.start)
        health.ended(.failed, wasProbe: false, at: Self.start)
        #expect(health.state == .healthy(since: Self.start))
    }

    @Test("failures far apart are not in a row")
    func apart() {
        var health = Self.failing(2)
        health.ended(.failed, wasProbe: false, at: Self.at(31))
        #expect(health.state == .unknown)
    }

    @Test("calls that end late or were given up say nothing of an address in use")
    func silent() {
        var health = EndpointHealth()
        for _ in 0..<10 {
            health.ended(.silent, wasProbe: false, at: Self.start)
            health.ended(.withdrawn, wasProbe: false, at: Self.start)
        }
        #expect(health.state == .unknown)
    }

    @Test("what began before the ejection and ends after it changes nothing")
    func stale() {
        var health = Self.failing(3)
        for outcome in EndpointHealth.Outcome.allCases {
            health.ended(outcome, wasProbe: false, at: Self.start)
            #expect(health.state == .unhealthy(until: Self.at(1)))
        }
        health.beginProbe()
        health.ended(.answered, wasProbe: false, at: Self.at(1))
        health.ended(.failed, wasProbe: false, at: Self.at(1))
        #expect(health.state == .probing)
    }

    @Test("a probe is let through when the time is over, not before")
    func probe() {
        var health = Self.failing(3)
        #expect(!health.awaitsProbe(at: Self.start.advanced(by: .milliseconds(999))))
        #expect(health.awaitsProbe(at: Self.at(1)))
        health.beginProbe()
        #expect(!health.awaitsProbe(at: Self.at(100)), "one probe at a time")
        health.ended(.answered, wasProbe: true, at: Self.at(2))
        #expect(health.state == .healthy(since: Self.at(2)))
    }

    @Test("each failed probe doubles the time without calls, up to the longest")
    func growing() {
        var health = Self.failing(3)
        var now = Self.at(1)
        for seconds in [2, 4, 8, 16, 30, 30, 30] {
            #expect(health.awaitsProbe(at: now))
            health.beginProbe()
            health.ended(seconds == 4 ? .silent : .failed, wasProbe: true, at: now)
            let until = now.advanced(by: .seconds(seconds))
            #expect(health.state == .unhealthy(until: until))
            now = until
        }
    }

    @Test("a probe that was given up leaves the place for another one at once")
    func withdrawn() {
        var health = Self.failing(3)
        health.beginProbe()
        health.ended(.withdrawn, wasProbe: true, at: Self.at(5))
        #expect(health.awaitsProbe(at: Self.at(5)))
    }

    @Test("a long healthy time is forgiven for, a short one is not")
    func forgiven() {
        for (healthySeconds, next) in [(5, 2), (40, 1)] {
            var health = Self.failing(3)
            health.beginProbe()
            health.ended(.answered, wasProbe: true, at: Self.at(1))
            let end = 1 + healthySeconds
            for _ in 0..<3 { health.ended(.failed, wasProbe: false, at: Self.at(end)) }
            #expect(health.state == .unhealthy(until: Self.at(end + next)))
        }
    }

    @Test("NOT_SERVING drains, SERVING brings back, and one that is gone is ejected at once")
    func draining() {
        var health = EndpointHealth()
        health.checked(.serving, at: Self.start)
        #expect(health.state == .healthy(since: Self.start))
        health.checked(.notServing, at: Self.start)
        #expect(health.state == .draining)
        health.ended(.answered, wasProbe: false, at: Self.start)
        health.ended(.failed, wasProbe: false, at: Self.start)
        #expect(health.state == .draining)
        health.checked(.serving, at: Self.at(1))
        #expect(health.state == .healthy(since: Self.at(1)))
        health.checked(.notServing, at: Self.at(2))
        health.checked(.unreachable, at: Self.at(3))
        #expect(health.state == .unhealthy(until: Self.at(4)))
    }

    @Test("a server that says SERVING is ejected all the same when its calls fail")
    func servesNothing() {
        var health = EndpointHealth()
        for _ in 0..<3 {
            health.checked(.serving, at: Self.start)
            health.ended(.failed, wasProbe: false, at: Self.start)
        }
        #expect(health.state == .unhealthy(until: Self.at(1)))
    }

    @Test("an address that just failed is suspect for a moment")
    func suspect() {
        let health = Self.failing(1)
        #expect(health.isSuspect(at: Self.start))
        #expect(!health.isSuspect(at: Self.at(1)))
        #expect(!EndpointHealth().isSuspect(at: Self.start))
    }
}
