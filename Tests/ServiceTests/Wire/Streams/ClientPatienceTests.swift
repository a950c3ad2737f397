import Testing
import Wire

@Suite("A client's patience with a silent server")
struct ClientPatienceTests {
    private static func at(_ seconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: seconds * 1_000_000_000)
    }

    @Test("a busy connection that hears nothing asks once, and closes when that is not answered either")
    func silence() {
        var patience = ClientPatience(limits: WireLimits(), at: Self.at(0))
        let verdicts = [0, 29, 30, 31, 39, 40].map { patience.verdict(isBusy: true, at: Self.at($0)) }
        #expect(
            verdicts == [
                .wait(until: Self.at(30)), .wait(until: Self.at(30)), .ask, .wait(until: Self.at(40)),
                .wait(until: Self.at(40)), .close,
            ])
    }

    @Test("anything heard is a sign of life")
    func heard() {
        var patience = ClientPatience(limits: WireLimits(), at: Self.at(0))
        patience.received(at: Self.at(20))
        let early = patience.verdict(isBusy: true, at: Self.at(30))
        let due = patience.verdict(isBusy: true, at: Self.at(50))
        patience.received(at: Self.at(51))
        let after = patience.verdict(isBusy: true, at: Self.at(70))
        #expect([early, due, after] == [.wait(until: Self.at(50)), .ask, .wait(until: Self.at(81))])
    }

    @Test("an idle connection asks nothing, and its silence does not count against the next call")
    func idle() {
        var patience = ClientPatience(limits: WireLimits(), at: Self.at(0))
        let idle = patience.verdict(isBusy: false, at: Self.at(1_000))
        patience.began(at: Self.at(1_000))
        let busy = patience.verdict(isBusy: true, at: Self.at(1_001))
        #expect([idle, busy] == [.wait(until: nil), .wait(until: Self.at(1_030))])
    }
}
