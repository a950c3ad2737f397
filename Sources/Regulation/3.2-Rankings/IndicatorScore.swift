/// The score of one indicator under the weighted model: 60 at baseline, 80 at average, 100 at advanced.
///
/// Regulation 3.2.2 (核心指标的综合排行). Numbers score on straight lines between neighbouring limits, which see
/// only the number: its sign, < or ≤, decides the level and not the score. Beyond the ends the score
/// stays at 60 and 100. Where two limits are equal the better one counts. Intervals, grades and yes/no
/// score by their level.
package enum IndicatorScore {
    package static let baseline = 60
    package static let average = 80
    package static let advanced = 100
    /// Digits behind the point of every score and composite, rounded half-even.
    package static let fractionDigits = 4

    /// Of an innovative indicator without a value, and of whatever reaches no level.
    package static let least = ExactDecimal(baseline)

    package static func score(of level: Level) -> ExactDecimal {
        switch level {
        case .advanced: ExactDecimal(advanced)
        case .average: ExactDecimal(average)
        case .baseline, .below, .missing, .notApplicable: least
        }
    }

    package static func score(of requirement: Limit, under variant: Variant, _ direction: Direction)
        -> ExactDecimal
    {
        switch (direction, requirement.value) {
        case (.lower, .number(let value)):
            score(of: value, under: variant) { $0 <= $1 }
        case (.higher, .number(let value)):
            score(of: value, under: variant) { $0 >= $1 }
        case (.lower, _), (.higher, _), (.interval, _), (.ordinal, _), (.yesNo, _):
            score(of: variant.level(of: requirement, in: direction))
        }
    }

    /// `reaches` says whether its first number is at least as good as its second.
    private static func score(
        of value: ExactDecimal, under variant: Variant, reaches: (ExactDecimal, ExactDecimal) -> Bool
    ) -> ExactDecimal {
        let levels = [(variant.baseline, baseline), (variant.average, average), (variant.advanced, advanced)]
        let points = levels.compactMap { limit, score -> (value: ExactDecimal, score: Int)? in
            guard case .number(let number)? = limit?.value else { return nil }
            return (number, score)
        }
        guard let reached = points.lastIndex(where: { reaches(value, $0.value) }) else { return least }
        let from = points[reached]
        // Nothing above it to draw a line to.
        guard reached + 1 < points.count else { return ExactDecimal(from.score) }
        return pointOnLine(at: value, from: from, to: points[reached + 1])
    }

    /// The ends differ: the value reaches the first and not the second.
    private static func pointOnLine(
        at value: ExactDecimal, from: (value: ExactDecimal, score: Int), to: (value: ExactDecimal, score: Int)
    ) -> ExactDecimal {
        let scale = max(value.scale, from.value.scale, to.value.scale)
        let start = from.value.scaled(to: scale)
        let run = to.value.scaled(to: scale) - start
        let part = value.scaled(to: scale) - start
        let rise = Int128(to.score - from.score)
        return .roundedHalfEven(
            numerator: Int128(from.score) * run + rise * part, denominator: run,
            fractionDigits: fractionDigits)
    }
}
