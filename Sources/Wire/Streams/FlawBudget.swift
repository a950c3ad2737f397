/// Counts what a peer does wrong, a minute at a time.
struct FlawBudget {
    private let perMinuteMax: Int
    private var minuteBegan: MonotonicInstant?
    private var count = 0

    init(perMinuteMax: Int) { self.perMinuteMax = perMinuteMax }

    /// Whether the peer may go on.
    mutating func spend(at now: MonotonicInstant) -> Bool {
        if let minuteBegan, minuteBegan.duration(to: now) < .seconds(60) {
            count += 1
        } else {
            minuteBegan = now
            count = 1
        }
        return count <= perMinuteMax
    }
}
