/// The mean of whole numbers, weighted by exact decimals.
package struct WeightedMean: Sendable {
    private let weights: [Int128]

    /// `weights` are above zero and not more than a million.
    package init(weights: [ExactDecimal]) {
        let scale = weights.map(\.scale).max() ?? 0
        self.weights = weights.map { $0.scaled(to: scale) }
    }

    /// The mean of `values` divided by 10^`digits`, rounded half-even to as many digits behind the
    /// point; nil without weights.
    ///
    /// `values`, as many as there are weights, are not below zero and small (scores and tiers are). The
    /// sum is carried in 256 bits: a weight may have 18 digits at any place.
    package func mean(of values: [Int], fractionDigits digits: Int) -> ExactDecimal? {
        guard !weights.isEmpty else { return nil }
        var sum: (high: UInt128, low: UInt128) = (0, 0)
        var weight: UInt128 = 0
        for (value, share) in zip(values, weights) {
            let product = share.magnitude.multipliedFullWidth(by: UInt128(value.magnitude))
            let (low, carried) = sum.low.addingReportingOverflow(product.low)
            sum = (sum.high + product.high + (carried ? 1 : 0), low)
            weight += share.magnitude
        }
        var (quotient, remainder) = weight.dividingFullWidth((high: sum.high, low: sum.low))
        let rest = weight - remainder
        if remainder > rest || (remainder == rest && !quotient.isMultiple(of: 2)) { quotient += 1 }
        let unit = ExactDecimal.power(UInt8(digits))
        return .roundedHalfEven(numerator: Int128(quotient), denominator: unit, fractionDigits: digits)
    }
}
