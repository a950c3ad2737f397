internal import Regulation

/// The composite of every standard in ten-thousandths: the weighted mean of a score or tier per
/// indicator.
struct CompositeColumn {
    /// Nil where no indicator weighs anything.
    let units: [Int64?]

    /// `value` gives an indicator's ten-thousandths for a row; indicators that do not apply are left
    /// out.
    init(
        _ plans: [IndicatorPlan], _ columns: [JudgedColumn], rowCount: Int,
        value: (JudgedColumn, Int) -> Int64
    ) {
        let counted = zip(plans, columns).filter { $0.0.countsInComposite }
        let weights = counted.map(\.0.indicator.weight)
        let scale = weights.map(\.scale).max() ?? 0
        let aligned = weights.map { $0.scaled(to: scale) }
        // 2^40 times a score of a million has room in 61 bits.
        guard aligned.reduce(0, +) < 1 << 40 else {
            units = (0..<rowCount).map { Self.wideMean(counted, $0, value) }
            return
        }
        var sums = [Int64](repeating: 0, count: rowCount)
        var shares = sums
        for ((_, column), weight) in zip(counted, aligned.map { Int64($0) }) {
            for row in 0..<rowCount where column.levels[row] != .notApplicable {
                sums[row] += weight * value(column, row)
                shares[row] += weight
            }
        }
        units = zip(sums, shares).map { $1 == 0 ? nil : HalfEven.quotient($0, $1) }
    }

    /// Weights of many digits: the slow and roomy way.
    private static func wideMean(
        _ counted: [(IndicatorPlan, JudgedColumn)], _ row: Int, _ value: (JudgedColumn, Int) -> Int64
    ) -> Int64? {
        let applicable = counted.filter { $0.1.levels[row] != .notApplicable }
        let mean = WeightedMean(weights: applicable.map(\.0.indicator.weight)).mean(
            of: applicable.map { Int(value($0.1, row)) }, fractionDigits: IndicatorScore.fractionDigits)
        return mean.map { Int64($0.scaled(to: UInt8(IndicatorScore.fractionDigits))) }
    }
}
