internal import Regulation

/// What is to be said of one value beside its level, one bit each: a row's marks over all core indicators are
/// the bits of all its values together.
struct ValueMarks: OptionSet, Sendable {
    let rawValue: UInt8

    static let looserThanLegal = ValueMarks(rawValue: 1)
    static let comparedWithLegal = ValueMarks(rawValue: 2)
    static let stricterThanLegal = ValueMarks(rawValue: 4)
    static let belowBaseline = ValueMarks(rawValue: 8)
    static let unreadable = ValueMarks(rawValue: 16)
    static let missing = ValueMarks(rawValue: 32)
    static let applicable = ValueMarks(rawValue: 64)
    /// Met the legal limit or missed it, but was no stricter.
    static let notStricter = ValueMarks(rawValue: 128)
}

/// Level and marks of one value: what the kernels do for a whole column, said for one row.
struct JudgedValue {
    let level: Level
    var marks: ValueMarks

    init<Key>(_ key: Key, _ upper: Key, _ limits: VariantKeys<Key>, isBasic: Bool) {
        var marks: ValueMarks = .applicable
        if let legal = limits.legal {
            marks.insert(.comparedWithLegal)
            if !legal.isMet(by: key, upper) {
                marks.formUnion([.looserThanLegal, .notStricter])
            } else {
                marks.insert(key > legal.key || upper > legal.upper ? .stricterThanLegal : .notStricter)
            }
        }
        let missesBaseline = limits.baseline.map { !$0.isMet(by: key, upper) } ?? false
        if isBasic {
            level = missesBaseline || marks.contains(.looserThanLegal) ? .below : .baseline
        } else if let advanced = limits.advanced, advanced.isMet(by: key, upper) {
            level = .advanced
        } else if let average = limits.average, average.isMet(by: key, upper) {
            level = .average
        } else if limits.baseline != nil, !missesBaseline {
            level = .baseline
        } else {
            level = .below
            if missesBaseline { marks.insert(.belowBaseline) }
        }
        self.marks = marks
    }

    /// Of a row for which no variant decides.
    init(isNotApplicable: Bool) {
        level = isNotApplicable ? .notApplicable : .missing
        marks = isNotApplicable ? [] : [.applicable, .missing]
    }
}

extension AlignedColumn {
    func judged(_ row: Int, isBasic: Bool) -> JudgedValue {
        guard let variant = deciding.variant(row) else {
            return JudgedValue(isNotApplicable: deciding.isNotApplicable(row))
        }
        return JudgedValue(keys[row], uppers.isEmpty ? 0 : uppers[row], limits[variant], isBasic: isBasic)
    }

    @inline(__always)
    fileprivate func judgedWithMarks(_ row: Int, isBasic: Bool) -> JudgedValue {
        var value = judged(row, isBasic: isBasic)
        if deciding.isUnreadable(row) { value.marks.formUnion(.unreadable) }
        return value
    }

    func judge(_ rows: ArraySlice<Int>, isBasic: Bool, _ take: (_ position: Int, JudgedValue) -> Void) {
        for (position, row) in rows.enumerated() { take(position, judgedWithMarks(row, isBasic: isBasic)) }
    }
}
