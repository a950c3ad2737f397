/// The weighted model (加权综合): composite = sum(weight × score) / sum(weight), higher is better.
///
/// Over the core and innovative indicators that apply and weigh more than zero; an indicator that does
/// not apply leaves the weights as well. The scores are the rounded ones of `IndicatorScore`, and the
/// composite is rounded again: half-even, four decimals, both times, as a reader with a pocket
/// calculator does it from the printed figures.
package enum WeightedModel {
    /// Nil when no indicator weighs anything.
    package static func composite(of candidate: Candidate) -> ExactDecimal? {
        let counted = candidate.judgements.filter(\.countsInComposite)
        let digits = IndicatorScore.fractionDigits
        let scores = counted.map { Int(($0.score ?? IndicatorScore.least).scaled(to: UInt8(digits))) }
        return WeightedMean(weights: counted.map(\.indicator.weight)).mean(of: scores, fractionDigits: digits)
    }
}
