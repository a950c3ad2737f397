package import Regulation

/// Everything that one indicator says of one standard: what is declared, by which limits it is read, what it
/// reaches, how far the next level is, and what it adds to the composite.
package struct IndicatorExplanation: Sendable, Hashable {
    package let result: IndicatorResult
    package let indicator: Indicator
    package let declaration: Declaration?
    /// The variant that applies, from 1; 0 where none does. Where nothing is declared it is the first whose
    /// conditions hold.
    package let variantNumber: Int
    package let variant: Variant?
    package let legal: LegalComparison?
    package let next: NextLevel?
    /// Weight × score (or tier) / sum of the weights that apply, four decimals; nil outside composites.
    package let contribution: ExactDecimal?

    /// The nearest level above the one that is reached, with a limit.
    package struct NextLevel: Sendable, Hashable {
        package let level: Level
        package let limit: Limit
        /// How far the declared number is from the limit; zero where only the sign is missing, nil for what
        /// is no number.
        package let distance: ExactDecimal?
        /// The distance as a share of the limit, six decimals.
        package let relativeDistance: ExactDecimal?
    }

    /// - Parameter weightSum: of the indicators that count in this standard's composite; nil without one.
    init(
        _ judgement: IndicatorJudgement, attributes: [String: String], weightSum: WeightSum?
    ) {
        let indicator = judgement.indicator
        result = IndicatorResult(judgement)
        self.indicator = indicator
        declaration = judgement.deciding?.declaration
        let variant =
            judgement.deciding?.variant ?? indicator.applicableVariants(for: attributes).first
        self.variant = variant
        variantNumber = variant.flatMap(indicator.variants.firstIndex(of:)).map { $0 + 1 } ?? 0
        legal = judgement.legal
        next = Self.next(judgement, variant)
        contribution = weightSum.flatMap { $0.contribution(of: judgement) }
    }

    private static func next(_ judgement: IndicatorJudgement, _ variant: Variant?) -> NextLevel? {
        guard let variant else { return nil }
        var levels: [(Level, Limit?)] = [
            (.baseline, variant.baseline), (.average, variant.average), (.advanced, variant.advanced),
        ]
        if judgement.indicator.kind == .basic { levels = [(.baseline, variant.baseline ?? variant.legal)] }
        for case (let level, let limit?) in levels where level > judgement.level {
            guard case .number(let wanted) = limit.value,
                case .number(let mine)? = judgement.deciding?.requirement.value
            else { return NextLevel(level: level, limit: limit, distance: nil, relativeDistance: nil) }
            let distance = DecimalGrid.distance(mine, wanted)
            return NextLevel(
                level: level, limit: limit, distance: distance,
                relativeDistance: DecimalGrid.share(distance, of: wanted))
        }
        return nil
    }
}

/// The weights of one standard's composite, for the part that each indicator has in it.
struct WeightSum {
    private let isTiered: Bool
    private let sum: Int128
    private let scale: UInt8

    /// Nil where the method composes nothing of the standard.
    init?(_ judgements: [IndicatorJudgement], _ method: Method) {
        switch method.model {
        case .weighted: isTiered = false
        case .tiered: isTiered = true
        case .graded:
            guard method.orderWithinGrade.contains(.weightedScore) else { return nil }
            isTiered = false
        }
        let weights = judgements.filter(\.countsInComposite).map(\.indicator.weight)
        scale = weights.map(\.scale).max() ?? 0
        sum = weights.reduce(0) { [scale] in $0 + $1.scaled(to: scale) }
        guard sum > 0 else { return nil }
    }

    func contribution(of judgement: IndicatorJudgement) -> ExactDecimal? {
        guard judgement.countsInComposite else { return nil }
        let digits = IndicatorScore.fractionDigits
        let value =
            isTiered
            ? ExactDecimal(TieredModel.tier(of: judgement.level))
            : judgement.score ?? IndicatorScore.least
        let unit = ExactDecimal(1).scaled(to: UInt8(digits))
        return .roundedHalfEven(
            numerator: judgement.indicator.weight.scaled(to: scale) * value.scaled(to: UInt8(digits)),
            denominator: sum * unit, fractionDigits: digits)
    }
}
