internal import Regulation

/// One indicator's values in the narrowest keys that hold them, and what they are judged by.
enum IndicatorColumn: Sendable {
    case narrow(AlignedColumn<Int32>)
    case wide(AlignedColumn<Int64>)
    case huge(AlignedColumn<Int128>)

    init(_ raw: RawColumn, _ plan: IndicatorPlan) {
        if raw.fits(bits: 29) {
            self = .narrow(AlignedColumn(raw, plan))
        } else if raw.fits(bits: 60) {
            self = .wide(AlignedColumn(raw, plan))
        } else {
            self = .huge(AlignedColumn(raw, plan))
        }
    }

    var deciding: DecidingVariants {
        switch self {
        case .narrow(let column): column.deciding
        case .wide(let column): column.deciding
        case .huge(let column): column.deciding
        }
    }

    func judged(_ row: Int, isBasic: Bool) -> JudgedValue {
        switch self {
        case .narrow(let column): column.judged(row, isBasic: isBasic)
        case .wide(let column): column.judged(row, isBasic: isBasic)
        case .huge(let column): column.judged(row, isBasic: isBasic)
        }
    }

    /// Judges some rows, one after the other; unreadable declarations are among their marks.
    func judge(_ rows: ArraySlice<Int>, isBasic: Bool, _ take: (_ position: Int, JudgedValue) -> Void) {
        switch self {
        case .narrow(let column): column.judge(rows, isBasic: isBasic, take)
        case .wide(let column): column.judge(rows, isBasic: isBasic, take)
        case .huge(let column): column.judge(rows, isBasic: isBasic, take)
        }
    }
}

/// What one indicator came to, over all standards.
struct JudgedColumn: Sendable {
    /// Scores are counted in ten-thousandths.
    static let unit = 10_000
    static let leastScore = Int32(IndicatorScore.baseline * unit)

    /// Raw values of `Level`.
    let levels: [UInt8]
    /// Empty where the method needs none.
    let scores: [Int32]
    /// The better the smaller, most important first; empty where nothing is ordered by this indicator.
    let orderKeys: [OrderColumn]

    /// Adds each row's marks to `marks`.
    init(
        _ column: IndicatorColumn, _ plan: IndicatorPlan, needsScores: Bool, isOrderKey: Bool,
        marks: UnsafeMutableBufferPointer<UInt8>
    ) {
        switch column {
        case .narrow(let column): self.init(column, plan, needsScores, isOrderKey, marks)
        case .wide(let column): self.init(column, plan, needsScores, isOrderKey, marks)
        case .huge(let column): self.init(column, plan, needsScores, isOrderKey, marks)
        }
    }

    private init<Key>(
        _ column: AlignedColumn<Key>, _ plan: IndicatorPlan, _ needsScores: Bool, _ isOrderKey: Bool,
        _ marks: UnsafeMutableBufferPointer<UInt8>
    ) {
        let rowCount = column.keys.count
        let levels = [UInt8](unsafeUninitializedCapacity: rowCount) { levels, count in
            let levels = UnsafeMutableBufferPointer(rebasing: levels[..<rowCount])
            levels.initialize(repeating: 0)
            LevelKernel(column, isBasic: plan.isBasic).run(levels: levels, marks: marks)
            count = rowCount
        }
        let ordersByLevel = plan.variants.count != 1 || plan.coding.isInterval
        let isScored = (needsScores || (isOrderKey && ordersByLevel)) && !plan.isBasic
        let scores =
            !isScored
            ? []
            : [Int32](unsafeUninitializedCapacity: rowCount) { scores, count in
                levels.withUnsafeBufferPointer { levels in
                    let scores = UnsafeMutableBufferPointer(rebasing: scores[..<rowCount])
                    scores.initialize(repeating: Self.leastScore)
                    ScoreKernel(column, isNumber: plan.coding.isNumber).run(levels: levels, scores: scores)
                }
                count = rowCount
            }
        self.levels = levels
        self.scores = scores
        orderKeys =
            !isOrderKey
            ? [] : ordersByLevel ? Self.levelKeys(column, levels, scores) : [Self.valueKeys(column)]
    }

    /// The declared value itself, the best first; rows without one last.
    private static func valueKeys<Key>(_ column: AlignedColumn<Key>) -> OrderColumn {
        let rows = column.keys.indices
        if Key.bitWidth <= 64 {
            return .narrow(
                rows.map { column.deciding.variant($0) != nil ? -Int64(column.keys[$0]) : .max })
        }
        return .huge(rows.map { column.deciding.variant($0) != nil ? -Int128(column.keys[$0]) : .max })
    }

    private static func levelKeys<Key>(
        _ column: AlignedColumn<Key>, _ levels: [UInt8], _ scores: [Int32]
    ) -> [OrderColumn] {
        let rows = levels.indices
        let first = rows.map { column.deciding.variant($0) != nil ? Int64(levels[$0]) : .max }
        let second = rows.map { row in
            column.deciding.variant(row) != nil && !scores.isEmpty ? -Int64(scores[row]) : 0
        }
        return [.narrow(first), .narrow(second)]
    }
}
