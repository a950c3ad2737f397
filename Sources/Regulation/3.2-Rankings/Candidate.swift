/// A declared standard before the gates: what it says, and everything it is judged by.
package struct Candidate: Sendable {
    package let standard: DeclaredStandard
    package let scheme: EvaluationScheme
    package let standing: Standing
    /// The day (数据截止日) as of which everything is judged.
    package let cutoff: CivilDate
    /// One for each indicator of the scheme, in its order.
    package let judgements: [IndicatorJudgement]

    package init(
        _ standard: DeclaredStandard, under scheme: EvaluationScheme, standing: Standing, cutoff: CivilDate
    ) {
        self.standard = standard
        self.scheme = scheme
        self.standing = standing
        self.cutoff = cutoff
        judgements = scheme.indicators.map { IndicatorJudgement($0, in: standard) }
    }

    /// The core indicators that apply to the product.
    package var core: [IndicatorJudgement] {
        judgements.filter { $0.indicator.kind == .core && $0.level != .notApplicable }
    }

    package var innovative: [IndicatorJudgement] {
        judgements.filter { $0.indicator.kind == .innovative }
    }

    package var advancedCoreCount: Int { core.count { $0.level == .advanced } }
}
