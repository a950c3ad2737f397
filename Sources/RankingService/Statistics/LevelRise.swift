package import Regulation

/// How one indicator moved between two snapshots of a category, both judged by the limits of one scheme
/// (提升情况, section 4).
package struct LevelRise: Sendable, Hashable {
    package let before: IndicatorStatistics
    package let after: IndicatorStatistics
    /// Standards that are in both, with a level reached or missed in both.
    package let matched: Int
    package let risen: Int
    package let fallen: Int

    package var indicator: Indicator { after.indicator }

    /// One for each indicator of the scheme, in its order.
    package static func all(
        from before: [DeclaredStandard], to after: [DeclaredStandard], under scheme: EvaluationScheme
    ) -> [LevelRise] {
        let pairs = EditionMatch.pairs(before, after)
        return scheme.indicators.map { indicator in
            var (matched, risen, fallen) = (0, 0, 0)
            for (old, new) in pairs {
                let was = IndicatorJudgement(indicator, in: before[old]).level
                let now = IndicatorJudgement(indicator, in: after[new]).level
                guard isCompared(was), isCompared(now) else { continue }
                matched += 1
                if now > was { risen += 1 }
                if now < was { fallen += 1 }
            }
            return LevelRise(
                before: IndicatorStatistics(indicator, in: before),
                after: IndicatorStatistics(indicator, in: after), matched: matched, risen: risen,
                fallen: fallen)
        }
    }

    private static func isCompared(_ level: Level) -> Bool {
        switch level {
        case .advanced, .average, .baseline, .below: true
        case .notApplicable, .missing: false
        }
    }
}

/// Which standard of one snapshot is which of another.
package enum EditionMatch {
    /// Pairs of rows, each row in one pair at most.
    ///
    /// First those with the same key, repeated ones in the neutral order; then, of the rest, an earlier and a
    /// later edition: same enterprise and models, a number that differs in its year alone, and no second
    /// candidate on either side.
    package static func pairs(
        _ before: [DeclaredStandard], _ after: [DeclaredStandard]
    ) -> [(before: Int, after: Int)] {
        var pairs: [(before: Int, after: Int)] = []
        let old = grouped(before, Array(before.indices), by: \.key)
        let new = grouped(after, Array(after.indices), by: \.key)
        var (oldRest, newRest): ([Int], [Int]) = ([], [])
        for (key, rows) in old {
            let others = new[key] ?? []
            pairs += zip(rows, others).map { ($0, $1) }
            oldRest += rows.dropFirst(others.count)
        }
        for (key, rows) in new { newRest += rows.dropFirst(old[key]?.count ?? 0) }
        let oldEditions = grouped(before, oldRest, by: \.editionKey)
        let newEditions = grouped(after, newRest, by: \.editionKey)
        for (key, rows) in oldEditions {
            guard rows.count == 1, let others = newEditions[key], others.count == 1 else { continue }
            pairs.append((rows[0], others[0]))
        }
        return pairs.sorted { $0.before < $1.before }
    }

    private static func grouped(
        _ standards: [DeclaredStandard], _ rows: [Int], by key: (DeclaredStandard) -> String
    ) -> [String: [Int]] {
        Dictionary(grouping: rows) { key(standards[$0]) }.mapValues { rows in
            rows.count == 1
                ? rows : rows.sorted { NeutralOrder.compare(standards[$0], standards[$1]) < 0 }
        }
    }
}

extension DeclaredStandard {
    /// The key without the year of the number: the same for all editions of one standard.
    fileprivate var editionKey: String {
        let number = number.matchKey
        let stem = number.lastIndex(of: "—").map { number[..<$0] } ?? number[...]
        return "\(enterprise)/\(stem)/" + models.joined(separator: "\u{1}")
    }
}
