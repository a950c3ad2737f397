import Testing

import Wire

@Suite("Looking out for an answer")
struct LookoutTests {
    private static let nanosecondsMax: Int64 = 100_000

    /// Calls one after another; `time` is how long an answer takes in microseconds when it is looked out for
    /// and when it is not. Gives how many of the last hundred were looked out for.
    private func lookedOut(
        calls: Int, _ lookout: inout Lookout, time: (_ isLooking: Bool) -> Int64
    ) -> Int {
        var now = MonotonicInstant(nanoseconds: 1)
        var last: [Bool] = []
        for _ in 0..<calls {
            let isLooking = lookout.begins(at: now)
            now = MonotonicInstant(nanoseconds: now.nanoseconds + time(isLooking) * 1000)
            lookout.found(at: now)
            last.append(isLooking)
        }
        return last.suffix(100).filter(\.self).count
    }

    @Test("is done where answers then come sooner, and tried otherwise")
    func pays() {
        var lookout = Lookout(nanosecondsMax: Self.nanosecondsMax)
        let count = lookedOut(calls: 300, &lookout) { $0 ? 50 : 75 }
        #expect((97...99).contains(count))
    }

    @Test("is left where it takes the server's processor, or gains too little")
    func doesNotPay() {
        var lookout = Lookout(nanosecondsMax: Self.nanosecondsMax)
        let slower = lookedOut(calls: 300, &lookout) { $0 ? 60 : 30 }
        #expect((1...3).contains(slower))
        let hardlyQuicker = lookedOut(calls: 300, &lookout) { $0 ? 48 : 50 }
        #expect((1...3).contains(hardlyQuicker))
    }

    @Test("turns with the times")
    func turns() {
        var lookout = Lookout(nanosecondsMax: Self.nanosecondsMax)
        let first = lookedOut(calls: 300, &lookout) { $0 ? 50 : 75 }
        let then = lookedOut(calls: 2000, &lookout) { $0 ? 400 : 375 }
        let last = lookedOut(calls: 2000, &lookout) { $0 ? 50 : 75 }
        #expect(first > 90 && then < 10 && last > 90)
    }

    @Test("ends after its time, and with the answer")
    func ends() {
        var lookout = Lookout(nanosecondsMax: Self.nanosecondsMax)
        let start = MonotonicInstant(nanoseconds: 1)
        _ = lookedOut(calls: 300, &lookout) { $0 ? 50 : 75 }
        while !lookout.begins(at: start) { lookout.found(at: start) }
        let almost = MonotonicInstant(nanoseconds: Self.nanosecondsMax)
        let over = MonotonicInstant(nanoseconds: 1 + Self.nanosecondsMax)
        let turns = [almost, over, almost].map { lookout.goesOn(at: $0) }
        #expect(turns == [true, false, false])
        lookout.found(at: over)
        let afterwards = lookout.goesOn(at: start)
        #expect(!afterwards)
    }

    @Test("is not begun anew while an answer is awaited")
    func onceAtATime() {
        var lookout = Lookout(nanosecondsMax: Self.nanosecondsMax)
        _ = lookedOut(calls: 300, &lookout) { $0 ? 50 : 75 }
        let start = MonotonicInstant(nanoseconds: 1)
        let first = lookout.begins(at: start)
        let again = lookout.begins(at: start)
        #expect(!again)
        lookout.found(at: start)
        let second = lookout.begins(at: start)
        #expect(first || second)
    }

    @Test("is never done where no time is given for it")
    func never() {
        var lookout = Lookout(nanosecondsMax: 0)
        let count = lookedOut(calls: 300, &lookout) { $0 ? 1 : 1000 }
        #expect(count == 0)
    }
}
