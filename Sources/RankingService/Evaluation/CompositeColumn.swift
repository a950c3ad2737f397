internal import Regulation

/// The composite of every standard in ten-thousandths: the weighted mean of a score or tier per
/// indicator.
struct CompositeColumn: Sendable {
    /// By row; `none` where no indicator weighs anything.
    let units: [Int64]
    static let none = Int64.max

    /// What a column gives a row, in ten-thousandths.
    enum Value: Sendable {
        case score
        /// 1 to 3 by level.
        case tier

        func of(_ column: JudgedColumn, _ row: Int) -> Int64 {
            switch self {
            case .score: Int64(column.scores[row])
            case .tier: Self.tiers[Int(column.levels[row])]
            }
        }

        /// By raw value of `Level`.
        static let tiers: [Int64] = (0...6).map { raw in
            Int64((Level(rawValue: raw).map(TieredModel.tier(of:)) ?? 0) * JudgedColumn.unit)
        }
    }

    /// Indicators that do not apply to a row are left out.
    init(
        _ plans: [IndicatorPlan], _ columns: [JudgedColumn], _ input: [IndicatorColumn], rowCount: Int,
        _ value: Value
    ) {
        let counted = plans.indices.filter { plans[$0].countsInComposite }
        let weights = counted.map { plans[$0].indicator.weight }
        let scale = weights.map(\.scale).max() ?? 0
        let aligned = weights.map { $0.scaled(to: scale) }
        // 2^40 times a score of a million has room in 61 bits.
        guard aligned.reduce(0, +) < 1 << 40 else {
            units = (0..<rowCount).map { Self.wideMean(counted.map { (plans[$0], columns[$0]) }, $0, value) }
            return
        }
        let whole = aligned.reduce(0, +)
        var sums =
            value == .tier && whole < 1 << 29
            ? Self.narrowTiers(counted.map { columns[$0] }, aligned.map { Int32($0) }, rowCount)
            : [Int64](repeating: 0, count: rowCount)
        let isAdded = value == .tier && whole < 1 << 29
        // Weights of what does not apply, by row; where everything applies nobody looks.
        var lacks: [Int64] = []
        for (index, weight) in zip(counted, aligned.map { Int64($0) }) {
            if !isAdded { Self.add(columns[index], weight, value, to: &sums) }
            Self.takeBack(columns[index], input[index], weight, value, from: &sums, lacks: &lacks)
        }
        units = Self.means(sums, lacks, whole: Int64(whole))
    }

    private static func add(
        _ column: JudgedColumn, _ weight: Int64, _ value: Value, to sums: inout [Int64]
    ) {
        sums.withUnsafeMutableBufferPointer { sums in
            switch value {
            case .score:
                column.scores.withUnsafeBufferPointer { scores in
                    for row in 0..<sums.count { sums[row] &+= weight &* Int64(scores[row]) }
                }
            case .tier:
                // Tiers of the levels 1, 2 and 3 or worse are 1, 2 and 3.
                let unit = weight &* Int64(JudgedColumn.unit)
                column.levels.withUnsafeBufferPointer { levels in
                    for row in 0..<sums.count { sums[row] &+= unit &* Int64(min(levels[row], 3)) }
                }
            }
        }
    }

    /// Sums of weights times tiers below 2^31: of 32 bits, many at a time.
    private static func narrowTiers(
        _ columns: [JudgedColumn], _ weights: [Int32], _ rowCount: Int
    ) -> [Int64] {
        let sums = [Int32](unsafeUninitializedCapacity: rowCount) { sums, count in
            sums.initialize(repeating: 0)
            for (column, weight) in zip(columns, weights) {
                column.levels.withUnsafeBufferPointer { levels in
                    for row in 0..<rowCount {
                        // Once for tier 1, once more for 2, once more for 3 and whatever is worse.
                        let second = levels[row] >= 2 ? weight : 0
                        let third = levels[row] >= 3 ? weight : 0
                        sums[row] &+= weight &+ second &+ third
                    }
                }
            }
            count = rowCount
        }
        return sums.map { Int64($0) * Int64(JudgedColumn.unit) }
    }

    private static func takeBack(
        _ column: JudgedColumn, _ input: IndicatorColumn, _ weight: Int64, _ value: Value,
        from sums: inout [Int64], lacks: inout [Int64]
    ) {
        let codes = input.deciding.codes
        for row in codes.indices where codes[row] == DecidingVariants.notApplicable {
            if lacks.isEmpty { lacks = [Int64](repeating: 0, count: sums.count) }
            let added = value == .tier ? Int64(3 * JudgedColumn.unit) : value.of(column, row)
            sums[row] -= weight * added
            lacks[row] += weight
        }
    }

    private static func means(_ sums: [Int64], _ lacks: [Int64], whole: Int64) -> [Int64] {
        sums.indices.map { row in
            let share = lacks.isEmpty ? whole : whole - lacks[row]
            return share == 0 ? none : HalfEven.quotient(sums[row], share)
        }
    }

    /// Weights of many digits: the slow and roomy way.
    private static func wideMean(
        _ counted: [(IndicatorPlan, JudgedColumn)], _ row: Int, _ value: Value
    ) -> Int64 {
        let applicable = counted.filter { $0.1.levels[row] != UInt8(Level.notApplicable.rawValue) }
        let mean = WeightedMean(weights: applicable.map(\.0.indicator.weight)).mean(
            of: applicable.map { Int(value.of($0.1, row)) }, fractionDigits: IndicatorScore.fractionDigits)
        return mean.map { Int64($0.scaled(to: UInt8(IndicatorScore.fractionDigits))) } ?? none
    }
}
