package import Regulation

/// The decimals with a given number of digits behind the point, counted as whole numbers.
///
/// A search for the smallest change of a value moves on it: no step is finer than the finest number that is
/// written in the declaration, in the limits or by the entry to be reached.
package struct DecimalGrid: Sendable {
    package let scale: UInt8

    package init(_ values: [ExactDecimal]) { scale = values.map(\.scale).max() ?? 0 }

    package func index(of value: ExactDecimal) -> Int128 { value.scaled(to: scale) }

    package func value(at index: Int128) -> ExactDecimal {
        var unit: Int128 = 1
        for _ in 0..<scale { unit *= 10 }
        return .roundedHalfEven(numerator: index, denominator: unit, fractionDigits: Int(scale))
    }

    /// `left` less `right`, without a sign.
    package static func distance(_ left: ExactDecimal, _ right: ExactDecimal) -> ExactDecimal {
        let grid = DecimalGrid([left, right])
        let difference = grid.index(of: left) - grid.index(of: right)
        return grid.value(at: difference < 0 ? -difference : difference)
    }

    /// `part` / `whole` without signs, rounded half-even; nil for a whole of zero.
    package static func share(
        _ part: ExactDecimal, of whole: ExactDecimal, fractionDigits: Int = 6
    ) -> ExactDecimal? {
        let grid = DecimalGrid([part, whole])
        let divisor = grid.index(of: whole)
        guard divisor != 0 else { return nil }
        let share = ExactDecimal.roundedHalfEven(
            numerator: grid.index(of: part), denominator: divisor, fractionDigits: fractionDigits)
        return share < .zero ? distance(share, .zero) : share
    }
}
