/// How long a server's connection may take over what: its first frame, any frame, silence, reading our
/// answers.
///
/// Pure: told what happened and when, it says until when to wait, or why to close.
package struct ConnectionPatience: Sendable {
    package enum Verdict: Sendable, Hashable {
        /// Nothing is late before this time.
        case wait(until: MonotonicInstant)
        /// Told once: the connection is old, and ends when nothing runs on it.
        case retire
        /// Told once: it has been old for long, and takes no new calls.
        case drain
        case close(ConnectionFault)
    }

    private let limits: WireLimits
    private let began: MonotonicInstant
    /// Last whole frame.
    private var frameEnded: MonotonicInstant?
    /// Start of the frame that is not yet whole.
    private var frameBegan: MonotonicInstant?
    /// Last time anything happened.
    private var active: MonotonicInstant
    /// Since when the peer has taken nothing of what we want to send.
    private var stalled: MonotonicInstant?
    private var takenByteCount = 0
    private var age: Age

    private enum Age {
        /// Leaves to: old.
        case young(until: MonotonicInstant?)
        /// Leaves to: overdue.
        case old(until: MonotonicInstant)
        /// Final.
        case overdue
    }

    /// - Parameter chance: from 0 to 1, to vary the age; 0.5 leaves it as it is.
    package init(limits: WireLimits, chance: Double = 0.5, at now: MonotonicInstant) {
        age = .young(until: limits.connectionAgeMax.map { now.advanced(by: $0 * (0.9 + 0.2 * chance)) })
        self.limits = limits
        began = now
        active = now
    }

    /// Bytes arrived; how many frames became whole with them, and whether another has begun.
    package mutating func received(
        frameCount: Int, isWithinFrame: Bool, at now: MonotonicInstant
    ) {
        if frameCount > 0 {
            active = now
            frameEnded = now
            frameBegan = nil
        }
        if !isWithinFrame {
            frameBegan = nil
        } else if frameBegan == nil {
            frameBegan = now
        }
    }

    /// An answer was given out for sending.
    package mutating func answered(at now: MonotonicInstant) { active = now }

    /// Bytes the peer has taken since the beginning, and bytes that still wait for it.
    package mutating func sent(takenByteCount: Int, waitingByteCount: Int, at now: MonotonicInstant) {
        if waitingByteCount == 0 {
            // A frame begun while we did not read gets its full time again.
            if stalled != nil && frameBegan != nil { frameBegan = now }
            stalled = nil
        } else if stalled == nil || takenByteCount > self.takenByteCount {
            stalled = now
        }
        self.takenByteCount = takenByteCount
    }

    package mutating func verdict(isBusy: Bool, at now: MonotonicInstant) -> Verdict {
        let (until, fault) = nextLateness(isBusy: isBusy, at: now)
        if until <= now { return .close(fault) }
        switch age {
        case .young(let end?):
            guard end <= now else { return .wait(until: min(until, end)) }
            age = .old(until: end.advanced(by: limits.connectionAgeGrace))
            return .retire
        case .old(let end):
            guard end <= now else { return .wait(until: min(until, end)) }
            age = .overdue
            return .drain
        case .young(nil), .overdue:
            return .wait(until: until)
        }
    }

    private func nextLateness(
        isBusy: Bool, at now: MonotonicInstant
    ) -> (MonotonicInstant, ConnectionFault) {
        if let stalled { return (stalled.advanced(by: limits.stallTime), .stalled) }
        if let frameBegan, frameEnded != nil {
            return (frameBegan.advanced(by: limits.frameTime), .frameLate)
        }
        if frameEnded == nil { return (began.advanced(by: limits.firstFrameTime), .firstFrameLate) }
        // A running call has a deadline of its own; look again after it.
        return ((isBusy ? now : active).advanced(by: limits.idleTime), .idle)
    }
}
