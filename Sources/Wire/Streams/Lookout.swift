/// Whether to look out for an answer instead of sleeping until it comes. Pure.
///
/// A thread that sleeps is woken some twenty microseconds after the answer came; looking out for it takes a
/// processor meanwhile. So it is done only where it has been seen to pay: when one call is under way, whose
/// answer then comes sooner. Where the server needs the processor that looking takes, or takes long itself,
/// answers do not come sooner, and the thread sleeps.
package struct Lookout: Sendable {
    /// Every so many calls the other way is tried, as things change.
    private static let trialSpacing = 64
    /// Looking out must be so much quicker, in parts of a hundred, to be worth a processor.
    private static let gainPercentMin: Int64 = 10

    /// Of the last calls' times, in nanoseconds, the latest an eighth.
    private struct Average: Sendable {
        private static let nanosecondsMax: Int64 = 1_000_000

        private(set) var nanoseconds: Int64 = 0
        private(set) var count = 0

        mutating func add(_ sample: Int64) {
            // One that took a thousand times as long says nothing of the others.
            let bounded = min(sample, Self.nanosecondsMax)
            nanoseconds = count == 0 ? bounded : nanoseconds + (bounded - nanoseconds) / 8
            count += 1
        }
    }

    private let nanosecondsMax: Int64
    private var looking = Average()
    private var sleeping = Average()
    private var callCount = 0
    private var sentAt: MonotonicInstant?
    /// Chosen for the call that was sent.
    private var wasLooking = false
    /// Still.
    private var isLooking = false

    /// - Parameter nanosecondsMax: how long one answer is looked out for at most; 0 for never.
    package init(nanosecondsMax: Int64) { self.nanosecondsMax = nanosecondsMax }

    /// A call was sent that is alone; tells whether to look out for its answer.
    package mutating func begins(at now: MonotonicInstant) -> Bool {
        guard sentAt == nil, nanosecondsMax > 0 else { return false }
        sentAt = now
        callCount += 1
        let pays =
            looking.nanoseconds * 100 < sleeping.nanoseconds * (100 - Self.gainPercentMin)
            && min(looking.count, sleeping.count) > 0
        isLooking = callCount.isMultiple(of: isSettled ? Self.trialSpacing : 2) ? !pays : pays
        wasLooking = isLooking
        return isLooking
    }

    /// Whether both ways were tried some times.
    private var isSettled: Bool { min(looking.count, sleeping.count) >= 8 }

    /// Whether to go on looking.
    package mutating func goesOn(at now: MonotonicInstant) -> Bool {
        guard isLooking, let sentAt else { return false }
        isLooking = now.nanoseconds - sentAt.nanoseconds < nanosecondsMax
        return isLooking
    }

    /// Something came from the server.
    package mutating func found(at now: MonotonicInstant) {
        guard let sentAt else { return }
        self.sentAt = nil
        let sample = now.nanoseconds - sentAt.nanoseconds
        if wasLooking { looking.add(sample) } else { sleeping.add(sample) }
    }
}
