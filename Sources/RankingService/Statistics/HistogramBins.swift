package import Regulation

/// Numbers counted into bins of one width, whose ends are round decimals and exact.
///
/// The width is 1, 2 or 5 times a power of ten. Values far from the bulk (further beyond the first or the
/// last twentieth than twice the distance between the two) are counted in an open bin at either end, so that one
/// slip of the pen does not press all others into one bar.
package struct HistogramBins: Sendable, Hashable {
    package struct Bin: Sendable, Hashable {
        /// Included; nil for an open bin.
        package let low: ExactDecimal?
        /// Excluded; nil for an open bin.
        package let high: ExactDecimal?
        package let count: Int
    }

    /// Bins of a histogram at most, the open ones not counted.
    package static let binCountMax = 24

    package let bins: [Bin]

    /// `sorted` is in ascending order.
    package init(sorted: [ExactDecimal]) {
        let grid = DecimalGrid(sorted + [ExactDecimal(1)])
        let numbers = sorted.map(grid.index(of:))
        let (lower, upper) = Self.bulk(numbers)
        let inner = numbers.filter { $0 >= lower && $0 <= upper }
        guard let first = inner.first, let last = inner.last else {
            bins = []
            return
        }
        let width = Self.width(of: last - first)
        let start = Self.floor(first, width)
        let end = Self.floor(last, width) + width
        var counts = [Int](repeating: 0, count: Int((end - start) / width))
        for number in inner { counts[Int((number - start) / width)] += 1 }
        var bins: [Bin] = []
        let below = numbers.count { $0 < lower }
        let above = numbers.count { $0 > upper }
        if below > 0 { bins.append(Bin(low: nil, high: grid.value(at: start), count: below)) }
        for (index, count) in counts.enumerated() {
            let low = start + Int128(index) * width
            bins.append(Bin(low: grid.value(at: low), high: grid.value(at: low + width), count: count))
        }
        if above > 0 { bins.append(Bin(low: grid.value(at: end), high: nil, count: above)) }
        self.bins = bins
    }

    /// Values between these are counted in closed bins; all are where the bulk is one value.
    private static func bulk(_ sorted: [Int128]) -> (lower: Int128, upper: Int128) {
        guard let least = sorted.first, let greatest = sorted.last else { return (0, 0) }
        let low = sorted[(sorted.count + 19) / 20 - 1]
        let high = sorted[(sorted.count * 19 + 19) / 20 - 1]
        guard high > low else { return (least, greatest) }
        let reach = 2 * (high - low)
        return (low - reach, high + reach)
    }

    /// The smallest round width that needs no more bins than allowed, wherever they begin.
    private static func width(of range: Int128) -> Int128 {
        var power: Int128 = 1
        while true {
            for factor in [1, 2, 5] as [Int128] where range / (power * factor) + 2 <= binCountMax {
                return power * factor
            }
            power *= 10
        }
    }

    /// The greatest multiple of `width` that is not above `number`.
    private static func floor(_ number: Int128, _ width: Int128) -> Int128 {
        let rest = number % width
        return number - (rest < 0 ? rest + width : rest)
    }
}
