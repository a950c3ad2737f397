package import Regulation

/// What moved between two results: of two periods, or before and after an edit.
package struct ResultComparison: Sendable {
    /// One standard in both results, or in one.
    package struct Move: Sendable, Hashable {
        /// Row in the earlier result's standards; nil for a standard that it does not have.
        package let beforeRow: Int?
        package let afterRow: Int?
        /// Key in the later result, or in the earlier one for a standard that is gone.
        package let key: String
        /// Nil where it was not ranked.
        package let before: RankedEntry?
        package let after: RankedEntry?
        package let levelChanges: [LevelChange]

        /// Ranks gained: above zero for a better rank; nil unless ranked both times.
        package var gain: Int? {
            guard let before, let after else { return nil }
            return before.rank - after.rank
        }
    }

    package struct LevelChange: Sendable, Hashable {
        /// Code of the indicator.
        package let indicator: String
        package let before: Level
        package let after: Level
    }

    /// How often an indicator's level rose or fell, of the standards that are in both results.
    package struct Rise: Sendable, Hashable {
        package let indicator: String
        package let risen: Int
        package let fallen: Int
    }

    /// Ranked now and not before, by rank.
    package let entered: [Move]
    /// Ranked before and not now, by their earlier rank.
    package let left: [Move]
    /// Ranked both times with another rank, grade or level: greatest moves first, then by rank.
    package let moved: [Move]
    /// Ranked both times, and nothing of the kind changed.
    package let unchangedCount: Int
    /// By the later scheme's indicators, where the earlier scheme has them as well.
    package let rises: [Rise]

    /// - Parameters:
    ///   - pairs: rows that are the same standard, each row in one pair at most (`EditionMatch`).
    ///   - earlierScheme: nil when both results are by the same indicators.
    package init(
        before: RankingResult, after: RankingResult, pairs: [(before: Int, after: Int)],
        scheme: EvaluationScheme, earlierScheme: EvaluationScheme? = nil
    ) {
        let (old, new) = (Side(before, earlierScheme ?? scheme), Side(after, scheme))
        var moves: [Move] = []
        var rises: [String: (risen: Int, fallen: Int)] = [:]
        let newPaired = Set(pairs.map(\.after))
        let oldPaired = Set(pairs.map(\.before))
        for pair in pairs {
            let changes = Self.changes(old.levels(of: pair.before), new.levels(of: pair.after), scheme)
            for change in changes {
                if change.after > change.before { rises[change.indicator, default: (0, 0)].risen += 1 }
                if change.after < change.before { rises[change.indicator, default: (0, 0)].fallen += 1 }
            }
            moves.append(
                Move(
                    beforeRow: pair.before, afterRow: pair.after, key: new.keys[pair.after] ?? "",
                    before: old.entries[pair.before], after: new.entries[pair.after], levelChanges: changes))
        }
        for row in after.standards.indices where !newPaired.contains(row) {
            moves.append(
                Move(
                    beforeRow: nil, afterRow: row, key: new.keys[row] ?? "", before: nil,
                    after: new.entries[row], levelChanges: []))
        }
        for row in before.standards.indices where !oldPaired.contains(row) {
            moves.append(
                Move(
                    beforeRow: row, afterRow: nil, key: old.keys[row] ?? "", before: old.entries[row],
                    after: nil, levelChanges: []))
        }
        entered = moves.filter { $0.before == nil && $0.after != nil }
            .sorted { Self.precedes($0, $1) { $0.after?.rank ?? 0 } }
        left = moves.filter { $0.before != nil && $0.after == nil }
            .sorted { Self.precedes($0, $1) { $0.before?.rank ?? 0 } }
        let both = moves.filter { $0.before != nil && $0.after != nil }
        moved = both.filter(Self.isMove).sorted { left, right in
            let (mine, theirs) = (abs(left.gain ?? 0), abs(right.gain ?? 0))
            return mine != theirs ? mine > theirs : Self.precedes(left, right) { $0.after?.rank ?? 0 }
        }
        unchangedCount = both.count - moved.count
        self.rises = scheme.indicators.compactMap { indicator in
            rises[indicator.code].map {
                Rise(indicator: indicator.code, risen: $0.risen, fallen: $0.fallen)
            }
        }
    }

    private static func precedes(_ left: Move, _ right: Move, by rank: (Move) -> Int) -> Bool {
        rank(left) != rank(right)
            ? rank(left) < rank(right) : ByteOrder.compare(left.key, right.key) < 0
    }

    private static func isMove(_ move: Move) -> Bool {
        move.before?.rank != move.after?.rank || move.before?.grade != move.after?.grade
            || !move.levelChanges.isEmpty
    }

    private static func changes(
        _ before: [String: Level], _ after: [String: Level], _ scheme: EvaluationScheme
    ) -> [LevelChange] {
        scheme.indicators.compactMap { indicator in
            guard let old = before[indicator.code], let new = after[indicator.code], old != new else {
                return nil
            }
            return LevelChange(indicator: indicator.code, before: old, after: new)
        }
    }

    /// One of the two results, by row.
    private struct Side {
        private let result: RankingResult
        private let scheme: EvaluationScheme
        let entries: [Int: RankedEntry]
        let keys: [Int: String]

        init(_ result: RankingResult, _ scheme: EvaluationScheme) {
            self.result = result
            self.scheme = scheme
            entries = Dictionary(result.entries.map { ($0.row, $0) }) { first, _ in first }
            let ranked = result.entries.map { ($0.row, result.key(of: $0)) }
            keys = Dictionary(ranked + result.exclusions.map { ($0.row, result.key(of: $0)) }) { first, _ in
                first
            }
        }

        func levels(of row: Int) -> [String: Level] {
            let levels =
                entries[row]?.levels
                ?? scheme.indicators.map { IndicatorJudgement($0, in: result.standards[row]).level }
            return Dictionary(zip(scheme.indicators.map(\.code), levels)) { first, _ in first }
        }
    }
}
