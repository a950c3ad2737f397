package import Regulation

/// How much a ranking depends on its weights: what becomes of it when each is some per cent off.
///
/// First every weight alone, up and down. Then all together by an orthogonal two-level design: run r of
/// 2^k (the smallest power of two above the number of weights) turns weight w (from 1) down where the binary
/// digits that r and w have in common are odd in number, else up. Every weight is up in half of these
/// runs, and any two weights are up together in a quarter. There is no chance in it.
package struct Sensitivity: Sendable {
    package struct Run: Sendable, Hashable {
        /// Change of each weight in per cent, in the order of `indicators`.
        package let changes: [Int]
        package let agreement: RankAgreement
        /// How many of the entries with rank `top` or better still have one.
        package let keptInTop: Int
    }

    /// What the runs made of one entry.
    package struct Stability: Sendable, Hashable {
        /// Row in the result's standards.
        package let row: Int
        package let key: String
        package let rank: Int
        package let bestRank: Int
        package let worstRank: Int
        /// Runs in which its rank is no worse than `top`.
        package let topRunCount: Int
    }

    /// Codes of the indicators whose weights were changed: those that weigh something.
    package let indicators: [String]
    /// False where the method orders by no weight, so that nothing can move.
    package let usesWeights: Bool
    package let top: Int
    /// Entries with rank `top` or better; more than `top` where the last rank is shared.
    package let topCount: Int
    package let runs: [Run]
    /// In the order of the ranking.
    package let entries: [Stability]

    /// - Parameters:
    ///   - percent: 1 to 99.
    ///   - top: the first ranks that are looked at, from 1.
    package init(
        scheme: EvaluationScheme, result: RankingResult, standing: Standing, cutoff: CivilDate,
        percent: Int = 20, top: Int
    ) {
        let weighted = scheme.indicators.indices.filter {
            scheme.indicators[$0].kind != .basic && scheme.indicators[$0].weight > .zero
        }
        indicators = weighted.map { scheme.indicators[$0].code }
        usesWeights =
            scheme.method.model != .graded || scheme.method.orderWithinGrade.contains(.weightedScore)
        self.top = top
        topCount = result.entries.count { $0.rank <= top }
        var best = Dictionary(result.entries.map { ($0.row, $0.rank) }) { first, _ in first }
        var worst = best
        let base = best
        var topRuns: [Int: Int] = [:]
        var runs: [Run] = []
        for changes in Self.design(weighted.count, percent) {
            var varied = scheme
            for (index, change) in zip(weighted, changes) {
                varied.indicators[index].weight = Self.scaled(scheme.indicators[index].weight, by: change)
            }
            let outcome = RankingEngine.evaluate(
                scheme: varied, standards: result.standards, standing: standing, cutoff: cutoff)
            var kept = 0
            for entry in outcome.entries {
                best[entry.row] = min(best[entry.row] ?? entry.rank, entry.rank)
                worst[entry.row] = max(worst[entry.row] ?? entry.rank, entry.rank)
                guard entry.rank <= top else { continue }
                topRuns[entry.row, default: 0] += 1
                if base[entry.row] ?? .max <= top { kept += 1 }
            }
            let ranks = outcome.entries.map { (base[$0.row] ?? 0, $0.rank) }
            runs.append(Run(changes: changes, agreement: RankAgreement(ranks), keptInTop: kept))
        }
        self.runs = runs
        entries = result.entries.map { entry in
            Stability(
                row: entry.row, key: result.key(of: entry), rank: entry.rank,
                bestRank: best[entry.row] ?? entry.rank, worstRank: worst[entry.row] ?? entry.rank,
                topRunCount: topRuns[entry.row] ?? 0)
        }
    }

    /// The changes of `count` weights in every run.
    package static func design(_ count: Int, _ percent: Int) -> [[Int]] {
        guard count > 0 else { return [] }
        var design: [[Int]] = []
        for weight in 0..<count {
            for change in [percent, -percent] {
                var changes = [Int](repeating: 0, count: count)
                changes[weight] = change
                design.append(changes)
            }
        }
        var runCount = 1
        while runCount <= count { runCount *= 2 }
        for run in 0..<runCount {
            design.append(
                (1...count).map { (run & $0).nonzeroBitCount.isMultiple(of: 2) ? percent : -percent })
        }
        return design
    }

    /// Exact as long as `ExactDecimal.scaleMax` digits behind the point suffice.
    static func scaled(_ weight: ExactDecimal, by percent: Int) -> ExactDecimal {
        let scale = weight.scale
        let unit = ExactDecimal(1).scaled(to: scale)
        return .roundedHalfEven(
            numerator: weight.scaled(to: scale) * Int128(100 + percent), denominator: unit * 100,
            fractionDigits: Int(ExactDecimal.scaleMax))
    }
}
