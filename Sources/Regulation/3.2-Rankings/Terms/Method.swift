/// How a ranking is composed of its indicators' levels.
package enum Model: Sendable, Hashable, CaseIterable {
    /// 质量分级: grades 1 to 3, the weakest core indicator decides.
    case graded
    /// 加权综合: weighted mean of indicator scores.
    case weighted
    /// 单指标分档综合: weighted mean of tiers, lower is better.
    case tiered
}

/// A key that orders standards of the same grade, better first.
package enum OrderKey: Sendable, Hashable {
    /// Number of core indicators at advanced level.
    case advancedCoreCount
    /// The composite of the weighted model.
    case weightedScore
    /// The indicator of this code.
    case indicator(String)
}

/// The method of a scheme (评估方法), as data.
package struct Method: Sendable, Hashable {
    package var model: Model
    /// Innovative indicators at advanced level that grade 1 needs (n1).
    package var innovativeAdvancedMin: Int
    /// Innovative indicators at average level or better that grade 2 needs (n2).
    package var innovativeAverageMin: Int
    /// For the graded model, first key first.
    package var orderWithinGrade: [OrderKey]
    /// Every core indicator with a legal limit has to be stricter than it, not only one (R9).
    package var allStrictlyBetter: Bool

    package init(
        model: Model, innovativeAdvancedMin: Int, innovativeAverageMin: Int, orderWithinGrade: [OrderKey],
        allStrictlyBetter: Bool
    ) {
        self.model = model
        self.innovativeAdvancedMin = innovativeAdvancedMin
        self.innovativeAverageMin = innovativeAverageMin
        self.orderWithinGrade = orderWithinGrade
        self.allStrictlyBetter = allStrictlyBetter
    }
}
