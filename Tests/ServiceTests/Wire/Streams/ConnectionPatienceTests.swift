import Testing
import Wire

@Suite("Patience with a connection")
struct ConnectionPatienceTests {
    private static let start = MonotonicInstant(nanoseconds: 0)
    private let limits = WireLimits()

    private func at(_ seconds: Int) -> MonotonicInstant { Self.start.advanced(by: .seconds(seconds)) }

    @Test("a silent newcomer has ten seconds")
    func firstFrame() {
        var patience = ConnectionPatience(limits: limits, at: Self.start)
        #expect(patience.verdict(isBusy: false, at: at(9)) == .wait(until: at(10)))
        patience.received(frameCount: 0, isWithinFrame: true, at: at(9))
        #expect(patience.verdict(isBusy: false, at: at(10)) == .close(.firstFrameLate), "bytes are no frame")
    }

    @Test("a frame begun has ten seconds, however its bytes trickle")
    func frame() {
        var patience = ConnectionPatience(limits: limits, at: Self.start)
        patience.received(frameCount: 1, isWithinFrame: true, at: at(1))
        patience.received(frameCount: 0, isWithinFrame: true, at: at(8))
        #expect(patience.verdict(isBusy: true, at: at(10)) == .wait(until: at(11)))
        #expect(patience.verdict(isBusy: true, at: at(11)) == .close(.frameLate))
        patience.received(frameCount: 1, isWithinFrame: true, at: at(10))
        #expect(
            patience.verdict(isBusy: true, at: at(11)) == .wait(until: at(20)), "the next frame counts anew")
    }

    @Test("idle is five minutes without a frame, an answer or a running call")
    func idle() {
        var patience = ConnectionPatience(limits: limits, at: Self.start)
        patience.received(frameCount: 1, isWithinFrame: false, at: at(1))
        #expect(patience.verdict(isBusy: false, at: at(300)) == .wait(until: at(301)))
        #expect(patience.verdict(isBusy: false, at: at(301)) == .close(.idle))
        #expect(patience.verdict(isBusy: true, at: at(301)) == .wait(until: at(601)))
        patience.answered(at: at(100))
        #expect(patience.verdict(isBusy: false, at: at(301)) == .wait(until: at(400)))
    }

    @Test("a peer that takes nothing for half a minute is stalled, one that takes a byte is not")
    func stalled() {
        var patience = ConnectionPatience(limits: limits, at: Self.start)
        patience.received(frameCount: 1, isWithinFrame: true, at: at(1))
        patience.sent(takenByteCount: 10, waitingByteCount: 90, at: at(2))
        #expect(
            patience.verdict(isBusy: true, at: at(31)) == .wait(until: at(32)), "we do not read meanwhile")
        #expect(patience.verdict(isBusy: true, at: at(32)) == .close(.stalled))
        patience.sent(takenByteCount: 11, waitingByteCount: 89, at: at(31))
        #expect(patience.verdict(isBusy: true, at: at(32)) == .wait(until: at(61)))
        patience.sent(takenByteCount: 100, waitingByteCount: 0, at: at(40))
        #expect(
            patience.verdict(isBusy: true, at: at(41)) == .wait(until: at(50)),
            "the frame gets its time again")
    }
}
