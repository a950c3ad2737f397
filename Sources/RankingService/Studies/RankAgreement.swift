package import Regulation

/// How far two rankings of the same things agree, pair by pair (Kendall), in whole numbers.
package struct RankAgreement: Sendable, Hashable {
    /// Pairs that both rankings put in the same order, and in opposite orders.
    package let concordant: Int
    package let discordant: Int
    /// Pairs that share a rank in one of them at least.
    package let tied: Int

    package var pairCount: Int { concordant + discordant + tied }

    /// Kendall's τ (a): (concordant - discordant) / pairs, six decimals; 1 where there is no pair.
    package var tau: ExactDecimal {
        guard pairCount > 0 else { return ExactDecimal(1) }
        return .roundedHalfEven(
            numerator: Int128(concordant - discordant), denominator: Int128(pairCount), fractionDigits: 6)
    }

    /// `ranks`: of each thing in the one and in the other ranking.
    package init(_ ranks: [(Int, Int)]) {
        let ordered = ranks.sorted { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }
        var second = ordered.map(\.1)
        discordant = Self.inversions(&second)
        let tiedInFirst = Self.pairs(in: ranks.map { [$0.0] })
        let tiedInSecond = Self.pairs(in: ranks.map { [$0.1] })
        tied = tiedInFirst + tiedInSecond - Self.pairs(in: ranks.map { [$0.0, $0.1] })
        concordant = ranks.count * (ranks.count - 1) / 2 - tied - discordant
    }

    /// Pairs of equal things.
    private static func pairs(in things: [[Int]]) -> Int {
        Dictionary(things.map { ($0, 1) }, uniquingKeysWith: +).values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }

    /// Pairs whose first is greater than their second; sorts by merging, so n log n.
    private static func inversions(_ values: inout [Int]) -> Int {
        guard values.count > 1 else { return 0 }
        var left = Array(values[..<(values.count / 2)])
        var right = Array(values[(values.count / 2)...])
        var count = inversions(&left) + inversions(&right)
        var (i, j) = (0, 0)
        for place in values.indices {
            if j == right.count || (i < left.count && left[i] <= right[j]) {
                values[place] = left[i]
                i += 1
            } else {
                values[place] = right[j]
                j += 1
                count += left.count - i
            }
        }
        return count
    }
}
