package import Regulation

/// Least value, quartiles and greatest value of a set of numbers, each a number of the set.
///
/// The quantile p is the smallest value with at least p of all values at or below it: nothing is averaged or
/// interpolated, so every figure is one that somebody declared.
package struct FiveNumbers: Sendable, Hashable {
    package let minimum: ExactDecimal
    package let lowerQuartile: ExactDecimal
    package let median: ExactDecimal
    package let upperQuartile: ExactDecimal
    package let maximum: ExactDecimal

    /// Nil for no values. `sorted` is in ascending order.
    package init?(sorted: [ExactDecimal]) {
        guard let first = sorted.first, let last = sorted.last else { return nil }
        minimum = first
        lowerQuartile = Self.quantile(1, of: 4, sorted)
        median = Self.quantile(1, of: 2, sorted)
        upperQuartile = Self.quantile(3, of: 4, sorted)
        maximum = last
    }

    /// The value of rank ⌈n × part / whole⌉, counted from 1.
    private static func quantile(_ part: Int, of whole: Int, _ sorted: [ExactDecimal]) -> ExactDecimal {
        sorted[(sorted.count * part + whole - 1) / whole - 1]
    }
}
