/// The tiered model (单指标分档): each indicator puts the standard in tier 1, 2 or 3; the composite is their
/// weighted mean, and lower is better.
///
/// Advanced is tier 1, average tier 2, everything else that passed the gates tier 3. The sum of
/// weighted tiers is divided by the sum of the weights that apply, or a standard would gain by every
/// indicator that does not apply to it; where all apply the order is that of the sums. Rounded
/// half-even to four decimals.
package enum TieredModel {
    package static func tier(of level: Level) -> Int {
        switch level {
        case .advanced: 1
        case .average: 2
        case .baseline, .below, .missing, .notApplicable: 3
        }
    }

    /// Nil when no indicator weighs anything.
    package static func composite(of candidate: Candidate) -> ExactDecimal? {
        let counted = candidate.judgements.filter(\.countsInComposite)
        let digits = IndicatorScore.fractionDigits
        let unit = Int(ExactDecimal(1).scaled(to: UInt8(digits)))
        return WeightedMean(weights: counted.map(\.indicator.weight)).mean(
            of: counted.map { tier(of: $0.level) * unit }, fractionDigits: digits)
    }
}
