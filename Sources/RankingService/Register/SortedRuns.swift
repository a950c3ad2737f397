/// Numbers, some millions of them, that are wanted in order: kept in runs that are sorted as they fill, so
/// that they take eight bytes each and are never all moved.
struct SortedRuns: Sendable {
    private static let runCount = 1 << 18

    private var runs: [[UInt64]] = []
    private var open: [UInt64] = []

    mutating func append(_ number: UInt64) {
        if open.isEmpty { open.reserveCapacity(Self.runCount) }
        open.append(number)
        if open.count == Self.runCount { close() }
    }

    private mutating func close() {
        open.sort()
        runs.append(open)
        open = []
    }

    /// Hands over every number once, in order, with how often it is there.
    consuming func forEach(_ take: (_ number: UInt64, _ count: Int) -> Void) {
        close()
        var heads = runs.map { _ in 0 }
        while true {
            var least: UInt64?
            for (run, head) in zip(runs, heads) where head < run.count {
                if let known = least, known <= run[head] { continue }
                least = run[head]
            }
            guard let least else { return }
            var count = 0
            for index in runs.indices {
                while heads[index] < runs[index].count, runs[index][heads[index]] == least {
                    heads[index] += 1
                    count += 1
                }
            }
            take(least, count)
        }
    }
}
