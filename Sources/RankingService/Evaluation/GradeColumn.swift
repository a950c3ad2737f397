internal import Regulation

/// Grades 1 to 3 of all standards, and how many core indicators each has at advanced level.
struct GradeColumn {
    private(set) var grades: [UInt8]
    private(set) var advancedCore: [Int32]

    init(_ plans: [IndicatorPlan], _ columns: [JudgedColumn], _ method: Method, rowCount: Int) {
        var worstCore = [Level](repeating: .advanced, count: rowCount)
        var advancedInnovative = [Int32](repeating: 0, count: rowCount)
        var averageInnovative = advancedInnovative
        advancedCore = advancedInnovative
        for (plan, column) in zip(plans, columns) where !plan.isBasic {
            for row in 0..<rowCount {
                let level = column.levels[row]
                if plan.isCore {
                    guard level != .notApplicable else { continue }
                    worstCore[row] = min(worstCore[row], level)
                    if level == .advanced { advancedCore[row] += 1 }
                } else {
                    if level == .advanced { advancedInnovative[row] += 1 }
                    if level >= .average { averageInnovative[row] += 1 }
                }
            }
        }
        grades = [UInt8](repeating: 3, count: rowCount)
        for row in 0..<rowCount {
            if worstCore[row] == .advanced, Int(advancedInnovative[row]) >= method.innovativeAdvancedMin {
                grades[row] = 1
            } else if worstCore[row] >= .average, Int(averageInnovative[row]) >= method.innovativeAverageMin {
                grades[row] = 2
            }
        }
    }
}
