/// When a client asks a silent server for a sign of life, and when it gives it up.
///
/// Pure, like `ConnectionPatience`. ttrpc has no ping: any call serves, as every server answers it somehow.
package struct ClientPatience: Sendable {
    package enum Verdict: Sendable, Hashable {
        /// Nothing is due before this time; nil: nothing is due while no call is under way.
        case wait(until: MonotonicInstant?)
        /// Send a call that any server answers.
        case ask
        case close
    }

    private let limits: WireLimits
    /// Last time the server sent something, or calls began to be under way.
    private var heard: MonotonicInstant
    private var asked: MonotonicInstant?

    package init(limits: WireLimits, at now: MonotonicInstant) {
        self.limits = limits
        heard = now
    }

    /// The server sent something.
    package mutating func received(at now: MonotonicInstant) {
        heard = now
        asked = nil
    }

    /// A call is sent where none was under way: before it the server had no reason to send.
    package mutating func began(at now: MonotonicInstant) { heard = max(heard, now) }

    package mutating func verdict(isBusy: Bool, at now: MonotonicInstant) -> Verdict {
        if let asked {
            let end = asked.advanced(by: limits.keepaliveAnswerTime)
            return end <= now ? .close : .wait(until: end)
        }
        guard isBusy else { return .wait(until: nil) }
        let end = heard.advanced(by: limits.keepaliveTime)
        guard end <= now else { return .wait(until: end) }
        asked = now
        return .ask
    }
}
