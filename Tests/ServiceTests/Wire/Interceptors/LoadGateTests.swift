import Testing
import Wire

/// Conversations with the gate before the handlers.
@Suite("Load gate")
struct LoadGateTests {
    private static let start = MonotonicInstant(nanoseconds: 0)

    private func gate(_ count: Int, methodMax: Int = 1_000, peerMax: Int = 1_000) -> LoadGate {
        var limits = WireLimits()
        limits.gateMethodCallCountMax = methodMax
        limits.gatePeerCallCountMax = peerMax
        return LoadGate(limit: .fixed(count), limits: limits)
    }

    /// How many of so many calls are let in.
    private func admitted(
        _ count: Int, by gate: inout LoadGate, method: String = "m", peer: String = "p",
        _ weight: LoadWeight = .light
    ) -> [LoadGate.Ticket] {
        (0..<count).compactMap { _ in
            if case .admitted(let ticket) = gate.enter(method: method, peer: peer, weight: weight) {
                return ticket
            }
            return nil
        }
    }

    private func bound(_ answer: LoadGate.Answer) -> LoadGate.Bound? {
        if case .refused(let bound, _) = answer { return bound }
        return nil
    }

    @Test("lets in as many as the limit says, and one more for each that ends")
    func limit() {
        var gate = gate(10)
        let tickets = admitted(15, by: &gate)
        #expect(tickets.count == 10)
        #expect(gate.refusedCount == 5)
        gate.leave(tickets[0], wasLate: false, at: Self.start)
        #expect(admitted(5, by: &gate).count == 1)
    }

    @Test(
        "heavy calls stop at half, ordinary ones at nine tenths, light ones at the limit, health never",
        arguments: [(LoadWeight.heavy, 50), (.ordinary, 90), (.light, 100), (.exempt, 500)])
    func weights(weight: LoadWeight, count: Int) {
        var gate = gate(100)
        #expect(admitted(500, by: &gate, weight).count == count)
    }

    @Test("light calls pass while heavy ones are refused")
    func lightPasses() {
        var gate = gate(100)
        #expect(admitted(200, by: &gate, .heavy).count == 50)
        #expect(admitted(10, by: &gate, .ordinary).count == 10)
        #expect(admitted(200, by: &gate, .light).count == 40)
    }

    @Test("one call of any weight may run however small the limit", arguments: LoadWeight.allCases)
    func one(weight: LoadWeight) {
        var gate = gate(1)
        #expect(!admitted(1, by: &gate, weight).isEmpty)
    }

    @Test("one method, or one peer, cannot take every place")
    func shares() {
        var gate = gate(100, methodMax: 20, peerMax: 10)
        #expect(admitted(50, by: &gate, peer: "a").count == 10)
        #expect(bound(gate.enter(method: "m", peer: "a", weight: .light)) == .peer)
        #expect(admitted(50, by: &gate, peer: "b").count == 10)
        #expect(bound(gate.enter(method: "m", peer: "c", weight: .light)) == .method)
        #expect(admitted(50, by: &gate, method: "n", peer: "c").count == 10)
    }

    @Test("nothing is kept of calls that have ended, whoever made them")
    func bounded() {
        var gate = gate(10)
        for index in 0..<10_000 {
            for ticket in admitted(2, by: &gate, method: "m\(index)", peer: "p\(index)") {
                gate.leave(ticket, wasLate: false, at: Self.start)
            }
        }
        #expect(gate.runningCount == 0)
        #expect(gate.entryCount == 0)
    }

    @Test("those refused together are not asked back together, and soon enough")
    func spread() {
        var gate = gate(1)
        _ = admitted(1, by: &gate)
        var delays: Set<Duration> = []
        for _ in 0..<16 {
            guard case .refused(_, let delay) = gate.enter(method: "m", peer: "p", weight: .light) else {
                continue
            }
            #expect(delay >= .milliseconds(100) && delay <= .milliseconds(300))
            delays.insert(delay)
        }
        #expect(delays.count == 16)
    }

    @Test("calls that end too late lower the limit, once a second, down to the least")
    func falls() {
        var limit = AdaptiveLimit(minimum: 50, maximum: 100)
        for _ in 0..<10 { limit.ended(wasLate: true, runningCount: 100, at: Self.start) }
        #expect(limit.count == 90)
        for second in 1...20 {
            limit.ended(wasLate: true, runningCount: 100, at: Self.start.advanced(by: .seconds(second)))
        }
        #expect(limit.count == 50)
    }

    @Test("calls that end in time raise it again while the places are used, up to the most")
    func rises() {
        var limit = AdaptiveLimit(minimum: 50, maximum: 100)
        limit.ended(wasLate: true, runningCount: 100, at: Self.start)
        for _ in 0..<1_000 { limit.ended(wasLate: false, runningCount: 5, at: Self.start) }
        #expect(limit.count == 90, "an idle server has shown nothing")
        for _ in 0..<92 { limit.ended(wasLate: false, runningCount: 80, at: Self.start) }
        #expect(limit.count == 91)
        for _ in 0..<10_000 { limit.ended(wasLate: false, runningCount: 80, at: Self.start) }
        #expect(limit.count == 100)
    }

    @Test("a fixed limit stays")
    func fixed() {
        var limit = AdaptiveLimit.fixed(7)
        limit.ended(wasLate: true, runningCount: 7, at: Self.start)
        limit.ended(wasLate: false, runningCount: 7, at: Self.start)
        #expect(limit.count == 7)
    }
}
