internal import Regulation

/// Levels and marks of a whole column.
///
/// Nearly every row is decided by the first variant. So all rows are judged by it in loops without a branch,
/// which the compiler makes of vector instructions; the others are judged again one by one.
struct LevelKernel<Key: FixedWidthInteger & SignedInteger & Sendable> {
    private let column: AlignedColumn<Key>
    private let isBasic: Bool

    init(_ column: AlignedColumn<Key>, isBasic: Bool) {
        self.column = column
        self.isBasic = isBasic
    }

    /// Writes `levels` as raw values of `Level`, and adds the marks of each row to `marks`.
    func run(levels: UnsafeMutableBufferPointer<UInt8>, marks: UnsafeMutableBufferPointer<UInt8>) {
        let count = column.keys.count
        if let limits = column.limits.first, column.uppers.isEmpty, !isBasic {
            column.keys.withUnsafeBufferPointer { keys in
                Self.judge(keys, limits, levels)
                patchLevels(levels)
                Self.mark(keys, limits, levels, marks, column.deciding)
            }
            addMarksOfPatched(marks)
        } else {
            for row in 0..<count {
                let judged = column.judged(row, isBasic: isBasic)
                levels[row] = UInt8(judged.level.rawValue)
                marks[row] |= judged.marks.rawValue
            }
        }
        guard !column.deciding.isUnreadable.isEmpty else { return }
        for row in 0..<count where column.deciding.isUnreadable[row] {
            marks[row] |= ValueMarks.unreadable.rawValue
        }
    }

    private static func judge(
        _ keys: UnsafeBufferPointer<Key>, _ limits: VariantKeys<Key>,
        _ levels: UnsafeMutableBufferPointer<UInt8>
    ) {
        // A limit that there is not is never reached: no key is the greatest of its width.
        let baseline = limits.baseline?.key ?? .max
        let average = limits.average?.key ?? .max
        let advanced = limits.advanced?.key ?? .max
        for row in 0..<keys.count {
            let key = keys[row]
            // below 4, baseline 3, average 2, advanced 1: the best one reached, whatever the others are.
            var level: UInt8 = key >= baseline ? 3 : 4
            level = key >= average ? 2 : level
            level = key >= advanced ? 1 : level
            levels[row] = level
        }
    }

    /// Rows of other variants, or of none.
    private func patchLevels(_ levels: UnsafeMutableBufferPointer<UInt8>) {
        guard !column.deciding.codes.isEmpty else { return }
        for row in 0..<column.keys.count where column.deciding.codes[row] != 0 {
            levels[row] = UInt8(column.judged(row, isBasic: isBasic).level.rawValue)
        }
    }

    private static func mark(
        _ keys: UnsafeBufferPointer<Key>, _ limits: VariantKeys<Key>,
        _ levels: UnsafeMutableBufferPointer<UInt8>, _ marks: UnsafeMutableBufferPointer<UInt8>,
        _ deciding: DecidingVariants
    ) {
        let below: UInt8 = limits.baseline == nil ? 0 : ValueMarks.belowBaseline.rawValue
        let legal = limits.legal?.key
        let always = ValueMarks.applicable.rawValue
        let met = always | ValueMarks.comparedWithLegal.rawValue | ValueMarks.notStricter.rawValue
        let stricter =
            always | ValueMarks.comparedWithLegal.rawValue | ValueMarks.stricterThanLegal.rawValue
        let looser = met | ValueMarks.looserThanLegal.rawValue
        func each(_ mark: (Int) -> UInt8) {
            if deciding.codes.isEmpty {
                for row in 0..<keys.count { marks[row] |= mark(row) }
            } else {
                for row in 0..<keys.count { marks[row] |= deciding.codes[row] == 0 ? mark(row) : 0 }
            }
        }
        guard let legal else {
            return each { row in always | (levels[row] == 4 ? below : 0) }
        }
        each { row in
            let key = keys[row]
            var mark = key >= legal ? met : looser
            mark = key > legal ? stricter : mark
            return mark | (levels[row] == 4 ? below : 0)
        }
    }

    private func addMarksOfPatched(_ marks: UnsafeMutableBufferPointer<UInt8>) {
        guard !column.deciding.codes.isEmpty else { return }
        for row in 0..<column.keys.count where column.deciding.codes[row] != 0 {
            marks[row] |= column.judged(row, isBasic: isBasic).marks.rawValue
        }
    }
}
