import Wire

/// When a load is measured: after half a second in which connections open and memory is taken.
struct MeasuredSpan {
    let begin: MonotonicInstant
    let end: MonotonicInstant

    init(seconds: Double) {
        begin = MonotonicInstant.now.advanced(by: .milliseconds(500))
        end = begin.advanced(by: .seconds(seconds))
    }
}

/// How many calls were made, and how long those took that were sent within the measured span.
struct LoadReport {
    private var latencies: [UInt32] = []
    private var total = 0

    mutating func add(from sent: MonotonicInstant, to received: MonotonicInstant, in span: MeasuredSpan) {
        total += 1
        guard sent >= span.begin else { return }
        latencies.append(UInt32(clamping: received.nanoseconds - sent.nanoseconds))
    }

    mutating func add(_ other: LoadReport) {
        latencies += other.latencies
        total += other.total
    }

    func line(until now: MonotonicInstant, of span: MeasuredSpan) -> String {
        let sorted = latencies.sorted()
        let seconds = Double(now.nanoseconds - span.begin.nanoseconds) / 1e9
        func microseconds(_ part: Double) -> Double {
            sorted.isEmpty ? 0 : Double(sorted[Int(Double(sorted.count) * part)]) / 1e3
        }
        return """
            {"rps": \(Double(sorted.count) / seconds), "p50_us": \(microseconds(0.5)), \
            "p99_us": \(microseconds(0.99)), "total": \(total)}
            """
    }
}
