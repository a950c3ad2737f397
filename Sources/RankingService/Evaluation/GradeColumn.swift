internal import Regulation

/// Grades 1 to 3 of all standards, and how many core indicators each has at advanced level.
struct GradeColumn: Sendable {
    /// Empty for a model without grades.
    let grades: [UInt8]
    let advancedCore: [Int32]

    init(_ plans: [IndicatorPlan], _ columns: [JudgedColumn], _ method: Method, rowCount: Int) {
        let core = zip(plans, columns).filter { $0.0.isCore }.map(\.1)
        advancedCore = Self.count(core, atLeast: .advanced, rowCount)
        guard method.model == .graded else {
            grades = []
            return
        }
        let innovative = zip(plans, columns).filter { !$0.0.isCore && !$0.0.isBasic }.map(\.1)
        let advancedInnovative = Self.count(innovative, atLeast: .advanced, rowCount)
        let averageInnovative = Self.count(innovative, atLeast: .average, rowCount)
        let worstCore = Self.worst(core, rowCount)
        grades = (0..<rowCount).map { row in
            if worstCore[row] == 1, Int(advancedInnovative[row]) >= method.innovativeAdvancedMin { return 1 }
            return worstCore[row] <= 2 && Int(averageInnovative[row]) >= method.innovativeAverageMin ? 2 : 3
        }
    }

    /// How many columns have a level or a better one, by row.
    private static func count(_ columns: [JudgedColumn], atLeast level: Level, _ rowCount: Int) -> [Int32] {
        let least = UInt8(level.rawValue)
        var counts = [Int32](repeating: 0, count: rowCount)
        // Bytes are counted many at a time; a byte holds the count of 255 columns.
        for start in stride(from: 0, to: columns.count, by: 255) {
            let part = columns[start..<min(start + 255, columns.count)]
            let bytes = [UInt8](unsafeUninitializedCapacity: rowCount) { bytes, count in
                bytes.initialize(repeating: 0)
                for column in part {
                    column.levels.withUnsafeBufferPointer { levels in
                        for row in 0..<rowCount { bytes[row] &+= levels[row] <= least ? 1 : 0 }
                    }
                }
                count = rowCount
            }
            counts.withUnsafeMutableBufferPointer { counts in
                bytes.withUnsafeBufferPointer { bytes in
                    for row in 0..<rowCount { counts[row] &+= Int32(bytes[row]) }
                }
            }
        }
        return counts
    }

    /// The worst level of each row, as raw values of `Level`: 1 is the best, and "not applicable" counts for
    /// nothing.
    private static func worst(_ columns: [JudgedColumn], _ rowCount: Int) -> [UInt8] {
        let notApplicable = UInt8(Level.notApplicable.rawValue)
        return [UInt8](unsafeUninitializedCapacity: rowCount) { worst, count in
            worst.initialize(repeating: 1)
            for column in columns {
                column.levels.withUnsafeBufferPointer { levels in
                    for row in 0..<rowCount {
                        let level = levels[row] == notApplicable ? 1 : levels[row]
                        worst[row] = max(worst[row], level)
                    }
                }
            }
            count = rowCount
        }
    }
}
