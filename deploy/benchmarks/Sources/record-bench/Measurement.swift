import Foundation

/// What a load prints: one JSON line, as the other loads do.
struct Measurement {
    private let begin = ContinuousClock.now
    /// Of single commands, in nanoseconds; none where only the whole is timed.
    private var latencies: [UInt32] = []

    static func seconds(since begin: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - begin) / .seconds(1)
    }

    mutating func add(from sent: ContinuousClock.Instant, to received: ContinuousClock.Instant) {
        latencies.append(UInt32(clamping: Int64((received - sent) / .nanoseconds(1))))
    }

    mutating func add(_ other: Measurement) { latencies += other.latencies }

    /// Prints how many a second, and how long one took.
    func tell() {
        let sorted = latencies.sorted()
        func microseconds(_ part: Double) -> Double {
            sorted.isEmpty ? 0 : Double(sorted[Int(Double(sorted.count) * part)]) / 1e3
        }
        let rate = Double(sorted.count) / Self.seconds(since: begin)
        Self.tell([
            ("rps", rate), ("p50_us", microseconds(0.5)), ("p99_us", microseconds(0.99)),
            ("total", Double(sorted.count)),
        ])
    }

    /// Prints how many a second of so many in so long, and what else was found.
    static func tell(count: Int, seconds: Double, _ more: [(String, Double)] = []) {
        tell([("rps", Double(count) / seconds), ("total", Double(count)), ("seconds", seconds)] + more)
    }

    private static func tell(_ members: [(String, Double)]) {
        print("{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}")
    }
}
