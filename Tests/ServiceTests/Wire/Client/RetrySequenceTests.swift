import Testing
import Wire

/// Conversations with the attempts of one call.
@Suite("Attempts of a call")
struct RetrySequenceTests {
    private static let start = MonotonicInstant(nanoseconds: 0)
    private static let unavailable = RPCStatus(code: .unavailable, message: "")

    private func sequence(
        _ repeatability: Repeatability = .always, policy: RetryPolicy = RetryPolicy(),
        timeout: Duration = .seconds(20)
    ) -> RetrySequence {
        RetrySequence(
            policy: policy, repeatability: repeatability,
            deadline: Deadline(Self.start.advanced(by: timeout)))
    }

    private func waits(
        _ sequence: RetrySequence, _ statuses: [RPCStatus], chance: Double = 0.5
    ) -> [Duration?] {
        var sequence = sequence
        var budget = RetryBudget()
        return statuses.map { status in
            let step = sequence.failed(
                status, at: Self.start, chance: chance, budget: &budget)
            if case .repeats(let wait) = step { return wait }
            return nil
        }
    }

    @Test("waits grow by the factor to the longest, and end with the last attempt")
    func growing() {
        let policy = RetryPolicy(
            attemptCountMax: 5, backoffInitial: .milliseconds(100), backoffFactor: 3,
            backoffMax: .milliseconds(500))
        let found = waits(
            sequence(policy: policy), Array(repeating: Self.unavailable, count: 5))
        #expect(
            found == [
                .milliseconds(100), .milliseconds(300), .milliseconds(500), .milliseconds(500), nil,
            ])
    }

    @Test("waits vary by a fifth either way", arguments: [(0.0, 40), (0.5, 50), (1.0, 60)])
    func varied(chance: Double, milliseconds: Int) {
        let wait = waits(sequence(), [Self.unavailable], chance: chance)[0]
        #expect(wait.map { abs($0 / .milliseconds(1) - Double(milliseconds)) < 0.001 } == true)
    }

    @Test(
        "never more than five attempts, whatever the policy says",
        arguments: [(1, 0), (2, 1), (5, 4), (50, 4)])
    func bounded(wanted: Int, repeatCount: Int) {
        let statuses = Array(repeating: RetryInfoStatus.at(.zero), count: 10)
        let found = waits(sequence(policy: RetryPolicy(attemptCountMax: wanted)), statuses)
        #expect(found.prefix { $0 != nil }.count == repeatCount)
    }

    private enum RetryInfoStatus {
        static func at(_ delay: Duration, code: StatusCode = .unavailable) -> RPCStatus {
            RPCStatus(code: code, message: "", details: [RetryInfo(delay: delay).detail])
        }
    }

    @Test(
        "only UNAVAILABLE may pass by itself; every other failure is the caller's",
        arguments: StatusCode.allCases)
    func codes(code: StatusCode) {
        let found = waits(sequence(), [RPCStatus(code: code, message: "")])
        #expect((found[0] != nil) == (code == .unavailable))
    }

    @Test("RESOURCE_EXHAUSTED is repeated when the server says when")
    func exhausted() {
        #expect(
            waits(sequence(), [RetryInfoStatus.at(.seconds(2), code: .resourceExhausted)]) == [.seconds(2)])
    }

    @Test("what may not be done twice is repeated only when it was never sent")
    func unsent() {
        #expect(waits(sequence(.never), [Self.unavailable]) == [nil])
        #expect(waits(sequence(.never), [RetryInfoStatus.at(.zero)]) == [nil])
        let unsent = Self.unavailable.unsent
        #expect(
            waits(sequence(.never), [unsent, unsent, unsent, unsent])
                == [.zero, .milliseconds(50), .milliseconds(100), nil], "at once, then with waits")
        let full = RPCStatus(code: .resourceExhausted, message: "").unsent
        #expect(waits(sequence(.always), [full]) == [nil], "our own queue is full; one more helps nobody")
    }

    @Test("the server's own time is kept to the letter, and growing starts anew after it")
    func pushback() {
        let found = waits(
            sequence(policy: RetryPolicy(attemptCountMax: 5)),
            [Self.unavailable, Self.unavailable, RetryInfoStatus.at(.seconds(3)), Self.unavailable],
            chance: 0.5)
        #expect(found == [.milliseconds(50), .milliseconds(100), .seconds(3), .milliseconds(50)])
    }

    @Test("a server that wants no repeat gets none")
    func declined() {
        #expect(waits(sequence(), [RetryInfoStatus.at(.seconds(-1))]) == [nil])
    }

    @Test("no wait reaches the deadline of all attempts together")
    func deadline() {
        let short = sequence(timeout: .seconds(3))
        #expect(waits(short, [RetryInfoStatus.at(.seconds(3))]) == [nil])
        #expect(waits(short, [RetryInfoStatus.at(.milliseconds(2_999))]) == [.milliseconds(2_999)])
    }

    @Test("half of the tokens gone, nothing is repeated until ten successes for each came back")
    func budget() {
        var budget = RetryBudget()
        func tries() -> Bool {
            var one = sequence()
            return one.failed(Self.unavailable, at: Self.start, chance: 0.5, budget: &budget) != .givesUp
        }
        #expect((0..<6).map { _ in tries() } == [true, true, true, true, false, false])
        for _ in 0..<20 { budget.succeeded() }
        #expect(budget.permits)
        #expect(!tries(), "the failure itself takes a token first")
        for _ in 0..<20 { budget.succeeded() }
        #expect(tries())
        for _ in 0..<1_000 { budget.succeeded() }
        let full = (0..<6).map { _ in tries() }
        #expect(full == [true, true, true, true, false, false], "it is full, not more")
    }

    @Test("a call that was never sent, and one that cannot pass, take no token")
    func free() {
        var budget = RetryBudget()
        for status in [Self.unavailable.unsent, RPCStatus(code: .notFound, message: "")] {
            for _ in 0..<100 {
                var one = sequence()
                _ = one.failed(status, at: Self.start, chance: 0.5, budget: &budget)
            }
        }
        #expect(budget == RetryBudget())
    }
}
