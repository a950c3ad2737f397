/// The clock, the sleep and the random bits of what stands above connections; tests hand in their own.
///
/// Chance has no default: only the program and `Transport` draw random numbers.
public struct TimeAndChance: Sendable {
    public let now: @Sendable () -> MonotonicInstant
    /// Returns when the time is over, or throws at once when the task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void
    /// Uniform over all values.
    public let bits: @Sendable () -> UInt64

    public init(
        now: @escaping @Sendable () -> MonotonicInstant = { .now },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        bits: @escaping @Sendable () -> UInt64
    ) {
        self.now = now
        self.sleep = sleep
        self.bits = bits
    }

    /// Uniform from 0 to below 1, in steps of a double's 53 bits.
    var chance: Double { Double(bits() >> 11) * 0x1p-53 }

    /// The duration, a fifth longer or shorter at most, so that those who wait alike do not act in step.
    func varied(_ duration: Duration) -> Duration { duration * (0.8 + 0.4 * chance) }
}
