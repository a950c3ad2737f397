internal import Regulation

/// What one indicator came to, over all standards.
final class JudgedColumn: Sendable {
    /// Bits of `marks`.
    static let looserThanLegal: UInt8 = 1
    static let comparedWithLegal: UInt8 = 2
    static let stricterThanLegal: UInt8 = 4
    static let belowBaseline: UInt8 = 8
    static let unreadable: UInt8 = 16

    /// Scores are counted in ten-thousandths.
    static let unit = 10_000
    static let leastScore = Int32(IndicatorScore.baseline * unit)

    let levels: [Level]
    let marks: [UInt8]
    /// Empty where the method needs none.
    let scores: [Int32]
    /// The better the smaller; empty where nothing is ordered by this indicator.
    let orderKeys: [[Int128]]

    convenience init(_ raw: RawColumn, _ plan: IndicatorPlan, needsScores: Bool, isOrderKey: Bool) {
        if raw.fitsNarrow {
            self.init(AlignedColumn<Int64>(raw, plan), raw, plan, needsScores, isOrderKey)
        } else {
            self.init(AlignedColumn<Int128>(raw, plan), raw, plan, needsScores, isOrderKey)
        }
    }

    private init<Key>(
        _ column: AlignedColumn<Key>, _ raw: RawColumn, _ plan: IndicatorPlan, _ needsScores: Bool,
        _ isOrderKey: Bool
    ) {
        let rowCount = raw.variants.count
        var levels = [Level](repeating: .missing, count: rowCount)
        var marks = [UInt8](repeating: 0, count: rowCount)
        for row in 0..<rowCount {
            let variant = raw.variants[row]
            if variant >= 0 {
                let upper = column.uppers.isEmpty ? 0 : column.uppers[row]
                (levels[row], marks[row]) = Self.judge(
                    column.keys[row], upper, column.limits[Int(variant)], isBasic: plan.isBasic)
            } else if variant == RawColumn.notApplicable {
                levels[row] = .notApplicable
            }
            if raw.isUnreadable[row] { marks[row] |= Self.unreadable }
        }
        let ordersByLevel = plan.variants.count != 1 || plan.coding.isInterval
        let isScored = (needsScores || (isOrderKey && ordersByLevel)) && !plan.isBasic
        let scores = isScored ? Self.scores(column, raw, plan, levels) : []
        self.levels = levels
        self.marks = marks
        self.scores = scores
        orderKeys =
            !isOrderKey
            ? [] : ordersByLevel ? Self.levelKeys(raw, levels, scores) : Self.valueKeys(column, raw)
    }

    @inline(__always)
    private static func judge<Key>(
        _ key: Key, _ upper: Key, _ variant: VariantKeys<Key>, isBasic: Bool
    ) -> (Level, marks: UInt8) {
        var marks: UInt8 = 0
        if let legal = variant.legal {
            marks |= comparedWithLegal
            if !legal.isMet(by: key, upper) {
                marks |= looserThanLegal
            } else if key > legal.key || upper > legal.upper {
                marks |= stricterThanLegal
            }
        }
        let missesBaseline = variant.baseline.map { !$0.isMet(by: key, upper) } ?? false
        if isBasic { return (missesBaseline || marks & looserThanLegal != 0 ? .below : .baseline, marks) }
        if let advanced = variant.advanced, advanced.isMet(by: key, upper) { return (.advanced, marks) }
        if let average = variant.average, average.isMet(by: key, upper) { return (.average, marks) }
        if variant.baseline != nil, !missesBaseline { return (.baseline, marks) }
        return (.below, missesBaseline ? marks | belowBaseline : marks)
    }

    private static func scores<Key>(
        _ column: AlignedColumn<Key>, _ raw: RawColumn, _ plan: IndicatorPlan, _ levels: [Level]
    ) -> [Int32] {
        var scores = [Int32](repeating: leastScore, count: levels.count)
        for row in scores.indices where raw.variants[row] >= 0 {
            scores[row] =
                plan.coding.isNumber
                ? LinearScore.score(of: column.keys[row] >> 1, column.limits[Int(raw.variants[row])])
                : score(of: levels[row])
        }
        return scores
    }

    private static func score(of level: Level) -> Int32 {
        switch level {
        case .advanced: Int32(IndicatorScore.advanced * unit)
        case .average: Int32(IndicatorScore.average * unit)
        case .baseline, .below, .missing, .notApplicable: leastScore
        }
    }

    private static func valueKeys<Key>(_ column: AlignedColumn<Key>, _ raw: RawColumn) -> [[Int128]] {
        [raw.variants.indices.map { raw.variants[$0] >= 0 ? -Int128(column.keys[$0]) : .max }]
    }

    private static func levelKeys(_ raw: RawColumn, _ levels: [Level], _ scores: [Int32]) -> [[Int128]] {
        let first = raw.variants.indices.map {
            raw.variants[$0] >= 0 ? Int128(levels[$0].rawValue) : .max
        }
        let second = raw.variants.indices.map {
            raw.variants[$0] >= 0 && !scores.isEmpty ? -Int128(scores[$0]) : 0
        }
        return [first, second]
    }
}
