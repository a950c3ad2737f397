internal import Regulation

/// Scores of a whole column, in ten-thousandths.
///
/// Between two limits a score is `low + round(part * rise / run)`. Where keys are narrow and the limits
/// stand in order, the division is one of binary fractions, and exact all the same: `part * rise` is below
/// 2^50 and so has its exact value, a quotient that is no whole number is further from the next one than
/// its rounding error, and the remainder that decides the rounding is computed from it without an error.
struct ScoreKernel<Key: FixedWidthInteger & SignedInteger & Sendable> {
    private let column: AlignedColumn<Key>
    private let isNumber: Bool

    init(_ column: AlignedColumn<Key>, isNumber: Bool) {
        self.column = column
        self.isNumber = isNumber
    }

    func run(levels: UnsafeBufferPointer<UInt8>, scores: UnsafeMutableBufferPointer<Int32>) {
        guard isNumber else {
            for row in 0..<levels.count { scores[row] = Self.score(ofLevel: levels[row]) }
            return
        }
        let lines = column.limits.first.flatMap { ScoreLines($0) }
        guard let lines else {
            for row in 0..<column.keys.count where column.deciding.variant(row) != nil {
                scores[row] = score(row)
            }
            return
        }
        column.keys.withUnsafeBufferPointer { keys in
            for row in 0..<keys.count {
                scores[row] = lines.score(of: Int32(truncatingIfNeeded: keys[row] >> 1))
            }
        }
        // Rows of other variants, or of none.
        column.deciding.codes.withUnsafeBufferPointer { codes in
            for row in 0..<codes.count where codes[row] != 0 {
                scores[row] = codes[row] < DecidingVariants.missing ? score(row) : JudgedColumn.leastScore
            }
        }
    }

    private func score(_ row: Int) -> Int32 {
        column.deciding.variant(row).map {
            LinearScore.score(of: column.keys[row] >> 1, column.limits[$0])
        } ?? JudgedColumn.leastScore
    }

    private static func score(ofLevel level: UInt8) -> Int32 {
        switch level {
        case UInt8(Level.advanced.rawValue): Int32(IndicatorScore.advanced * JudgedColumn.unit)
        case UInt8(Level.average.rawValue): Int32(IndicatorScore.average * JudgedColumn.unit)
        default: JudgedColumn.leastScore
        }
    }
}

/// The two lines between three limits that are there and stand in order, for keys of 32 bits.
private struct ScoreLines {
    private let baseline: Int32
    private let average: Int32
    private let advanced: Int32
    private let lowerRun: Double
    private let upperRun: Double

    init?<Key: FixedWidthInteger & SignedInteger>(_ limits: VariantKeys<Key>) {
        guard Key.bitWidth == 32, let baseline = limits.baseline, let average = limits.average,
            let advanced = limits.advanced, baseline.key >> 1 <= average.key >> 1,
            average.key >> 1 <= advanced.key >> 1
        else { return nil }
        self.baseline = Int32(truncatingIfNeeded: baseline.key >> 1)
        self.average = Int32(truncatingIfNeeded: average.key >> 1)
        self.advanced = Int32(truncatingIfNeeded: advanced.key >> 1)
        // Where both ends are equal, no value lies between them.
        lowerRun = max(1, Double(self.average) - Double(self.baseline))
        upperRun = max(1, Double(self.advanced) - Double(self.average))
    }

    @inline(__always)
    func score(of value: Int32) -> Int32 {
        let isUpper = value >= average
        let run = isUpper ? upperRun : lowerRun
        let low = isUpper ? average : baseline
        let points: Int32 = isUpper ? 800_000 : 600_000
        // Both lines rise by twenty points. Outside of them the result is thrown away.
        let part = Double(value) - Double(low)
        let product = min(max(part, 0), run) * 200_000
        let whole = (product / run).rounded(.towardZero)
        let twice = (product - whole * run) * 2
        let floor = Int32(whole)
        let up: Int32 = twice > run || (twice == run && floor & 1 == 1) ? 1 : 0
        let between = points + floor + up
        let score = value >= baseline ? between : 600_000
        return value >= advanced ? 1_000_000 : score
    }
}
