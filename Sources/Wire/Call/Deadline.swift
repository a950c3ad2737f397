/// A point on this machine's monotonic clock, in nanoseconds; meaningless elsewhere and after a restart.
///
/// The machines of `Streams` get it as an argument; only `Transport` reads the clock.
public struct MonotonicInstant: Sendable, Hashable, Comparable {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    public static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// Later by the duration, held at the ends of the scale.
    public func advanced(by duration: Duration) -> MonotonicInstant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.nanosecondsClamped)
        guard overflow else { return MonotonicInstant(nanoseconds: sum) }
        return MonotonicInstant(nanoseconds: duration < .zero ? .min : .max)
    }

    /// Time from self to the other; negative when the other is earlier.
    public func duration(to other: MonotonicInstant) -> Duration {
        let (difference, overflow) = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
        guard overflow else { return .nanoseconds(difference) }
        return .nanoseconds(other < self ? Int64.min : Int64.max)
    }
}

/// When a call must have been answered, over queueing, handler and writing together.
public struct Deadline: Sendable, Hashable, Comparable {
    public let instant: MonotonicInstant

    public init(_ instant: MonotonicInstant) { self.instant = instant }

    public static func < (left: Deadline, right: Deadline) -> Bool { left.instant < right.instant }

    /// Zero or negative once passed.
    public func remaining(at now: MonotonicInstant) -> Duration { now.duration(to: instant) }
}

extension Duration {
    /// Whole nanoseconds, held within Int64 (292 years).
    package var nanosecondsClamped: Int64 {
        Int64(clamping: attoseconds / 1_000_000_000)
    }
}
