/// What an audit saw.
package struct AuditReport: Sendable, Hashable {
    /// Something that contradicts the rest of the store.
    package struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// Where, such as `events 17`, `projection titles`, `file`.
        package let place: String
        /// What, as a sentence for people.
        package let text: String

        package var description: String { "\(place): \(text)" }
    }

    package internal(set) var path: String
    /// Nil when the mark cannot be read.
    package internal(set) var mark: StoreMark?
    /// Whether a service held the store meanwhile; then this is the state at one moment of its life.
    package internal(set) var isLive: Bool
    package internal(set) var eventCount: Int64 = 0
    package internal(set) var requestCount: Int64 = 0
    /// Rows of each projection table.
    package internal(set) var projectionRowCounts: [String: Int64] = [:]
    /// Where the recomputed chain ends; compare it with what was noted elsewhere.
    package internal(set) var head: LedgerHead?
    /// The first problems, in the order in which they were found.
    package private(set) var problems: [Problem] = []
    /// All of them.
    package private(set) var problemCount = 0

    package var isSound: Bool { problemCount == 0 }

    init(path: String, isLive: Bool) {
        self.path = path
        self.isLive = isLive
    }

    mutating func report(_ place: String, _ text: String) {
        problemCount += 1
        if problems.count < LedgerLimits.problemCountMax {
            problems.append(Problem(place: place, text: text))
        }
    }
}
