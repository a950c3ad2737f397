package import Regulation

/// How many standards are at each level of an indicator.
package struct LevelCounts: Sendable, Hashable {
    private var counts = [Int](repeating: 0, count: Level.allCases.count)

    package init() {}

    package init(_ levels: some Sequence<Level>) {
        for level in levels { add(level) }
    }

    package subscript(level: Level) -> Int { counts[level.rawValue - 1] }

    package mutating func add(_ level: Level) { counts[level.rawValue - 1] += 1 }

    /// Of all levels, also "not applicable" and "missing".
    package var total: Int { counts.reduce(0, +) }
}
