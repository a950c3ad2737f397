internal import Regulation

/// What one indicator came to, over all standards.
struct JudgedColumn {
    /// Bits of `marks`.
    static let looserThanLegal: UInt8 = 1
    static let comparedWithLegal: UInt8 = 2
    static let stricterThanLegal: UInt8 = 4
    static let belowBaseline: UInt8 = 8
    static let unreadable: UInt8 = 16

    /// Scores are counted in ten-thousandths.
    static let unit = 10_000
    static let leastScore = Int32(IndicatorScore.baseline * unit)

    private(set) var levels: [Level]
    private(set) var marks: [UInt8]
    /// Empty where the method needs none.
    private(set) var scores: [Int32] = []
    /// The better the smaller; empty where nothing is ordered by this indicator.
    private(set) var orderKeys: [[Int128]] = []

    init(_ raw: RawColumn, _ plan: IndicatorPlan, needsScores: Bool, isOrderKey: Bool) {
        levels = []
        marks = []
        if raw.fitsNarrow {
            judge(AlignedColumn<Int64>(raw, plan), raw, plan, needsScores, isOrderKey)
        } else {
            judge(AlignedColumn<Int128>(raw, plan), raw, plan, needsScores, isOrderKey)
        }
    }

    private mutating func judge<Key>(
        _ column: AlignedColumn<Key>, _ raw: RawColumn, _ plan: IndicatorPlan, _ needsScores: Bool,
        _ isOrderKey: Bool
    ) {
        let rowCount = raw.variants.count
        levels = [Level](repeating: .missing, count: rowCount)
        marks = [UInt8](repeating: 0, count: rowCount)
        for row in 0..<rowCount {
            let upper = column.uppers.isEmpty ? 0 : column.uppers[row]
            judge(row, column.keys[row], upper, raw, column.limits, plan)
        }
        let levelsOnly = !plan.coding.isNumber
        let ordersByLevel = plan.variants.count != 1 || plan.coding.isInterval
        if (needsScores || (isOrderKey && ordersByLevel)) && !plan.isBasic {
            scores = [Int32](repeating: Self.leastScore, count: rowCount)
            for row in 0..<rowCount where raw.variants[row] >= 0 {
                scores[row] =
                    levelsOnly
                    ? Self.score(of: levels[row])
                    : LinearScore.score(of: column.keys[row] >> 1, column.limits[Int(raw.variants[row])])
            }
        }
        if isOrderKey { order(column, raw, byLevel: ordersByLevel) }
    }

    @inline(__always)
    private mutating func judge<Key>(
        _ row: Int, _ key: Key, _ upper: Key, _ raw: RawColumn, _ limits: [VariantKeys<Key>],
        _ plan: IndicatorPlan
    ) {
        if raw.isUnreadable[row] { marks[row] |= Self.unreadable }
        guard raw.variants[row] >= 0 else {
            levels[row] = raw.variants[row] == RawColumn.missing ? .missing : .notApplicable
            return
        }
        let variant = limits[Int(raw.variants[row])]
        if let legal = variant.legal {
            marks[row] |= Self.comparedWithLegal
            if !legal.isMet(by: key, upper) {
                marks[row] |= Self.looserThanLegal
            } else if key > legal.key || upper > legal.upper {
                marks[row] |= Self.stricterThanLegal
            }
        }
        let missesBaseline = variant.baseline.map { !$0.isMet(by: key, upper) } ?? false
        if plan.isBasic {
            levels[row] = missesBaseline || marks[row] & Self.looserThanLegal != 0 ? .below : .baseline
        } else if let advanced = variant.advanced, advanced.isMet(by: key, upper) {
            levels[row] = .advanced
        } else if let average = variant.average, average.isMet(by: key, upper) {
            levels[row] = .average
        } else if let baseline = variant.baseline, baseline.isMet(by: key, upper) {
            levels[row] = .baseline
        } else {
            levels[row] = .below
            if missesBaseline { marks[row] |= Self.belowBaseline }
        }
    }

    private static func score(of level: Level) -> Int32 {
        switch level {
        case .advanced: Int32(IndicatorScore.advanced * unit)
        case .average: Int32(IndicatorScore.average * unit)
        case .baseline, .below, .missing, .notApplicable: leastScore
        }
    }

    private mutating func order<Key>(_ column: AlignedColumn<Key>, _ raw: RawColumn, byLevel: Bool) {
        var first = [Int128](repeating: .max, count: raw.variants.count)
        var second = [Int128](repeating: 0, count: raw.variants.count)
        for row in first.indices where raw.variants[row] >= 0 {
            first[row] = byLevel ? Int128(levels[row].rawValue) : -Int128(column.keys[row])
            if byLevel, !scores.isEmpty { second[row] = -Int128(scores[row]) }
        }
        orderKeys = byLevel ? [first, second] : [first]
    }
}
