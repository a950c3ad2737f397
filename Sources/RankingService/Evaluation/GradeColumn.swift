internal import Regulation

/// Grades 1 to 3 of all standards, and how many core indicators each has at advanced level.
struct GradeColumn: Sendable {
    let grades: [UInt8]
    let advancedCore: [Int32]

    init(_ plans: [IndicatorPlan], _ columns: [JudgedColumn], _ method: Method, rowCount: Int) {
        // Raw values of `Level`: 1 is the best, and "not applicable" counts for nothing.
        var worstCore = [UInt8](repeating: 1, count: rowCount)
        var advancedInnovative = [Int32](repeating: 0, count: rowCount)
        var averageInnovative = advancedInnovative
        var advancedCore = [Int32](repeating: 0, count: rowCount)
        let notApplicable = UInt8(Level.notApplicable.rawValue)
        for (plan, column) in zip(plans, columns) where !plan.isBasic {
            column.levels.withUnsafeBufferPointer { levels in
                if plan.isCore {
                    for row in 0..<rowCount {
                        let level = levels[row]
                        worstCore[row] = max(worstCore[row], level == notApplicable ? 1 : level)
                        advancedCore[row] += level == 1 ? 1 : 0
                    }
                } else {
                    for row in 0..<rowCount {
                        advancedInnovative[row] += levels[row] == 1 ? 1 : 0
                        averageInnovative[row] += levels[row] <= 2 ? 1 : 0
                    }
                }
            }
        }
        grades = (0..<rowCount).map { row in
            if worstCore[row] == 1, Int(advancedInnovative[row]) >= method.innovativeAdvancedMin { return 1 }
            return worstCore[row] <= 2 && Int(averageInnovative[row]) >= method.innovativeAverageMin ? 2 : 3
        }
        self.advancedCore = advancedCore
    }
}
