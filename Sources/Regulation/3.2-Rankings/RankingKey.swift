/// What a ranked standard is ordered by, most important part first; equal keys share a rank.
package struct RankingKey: Sendable, Hashable, Comparable {
    package let parts: [OrderPart]
    package let grade: Int?
    package let composite: ExactDecimal?

    /// Graded: the grade, then the scheme's keys. Weighted: the composite, higher first. Tiered: the
    /// composite, lower first.
    package init(of candidate: Candidate) {
        let method = candidate.scheme.method
        switch method.model {
        case .graded:
            let grade = GradedModel.grade(of: candidate)
            let isComposed = method.orderWithinGrade.contains(.weightedScore)
            self.grade = grade
            composite = isComposed ? WeightedModel.composite(of: candidate) : nil
            parts =
                [.lowerFirst(ExactDecimal(grade))]
                + method.orderWithinGrade.flatMap { Self.parts(for: $0, of: candidate) }
        case .weighted:
            grade = nil
            composite = WeightedModel.composite(of: candidate)
            parts = [composite.map(OrderPart.higherFirst) ?? .absent]
        case .tiered:
            grade = nil
            composite = TieredModel.composite(of: candidate)
            parts = [composite.map(OrderPart.lowerFirst) ?? .absent]
        }
    }

    package static func < (left: RankingKey, right: RankingKey) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }

    private static func parts(for key: OrderKey, of candidate: Candidate) -> [OrderPart] {
        switch key {
        case .advancedCoreCount:
            [.higherFirst(ExactDecimal(candidate.advancedCoreCount))]
        case .weightedScore:
            [WeightedModel.composite(of: candidate).map(OrderPart.higherFirst) ?? .absent]
        case .indicator(let code):
            candidate.judgements.first { $0.indicator.code == code }.map(Self.parts(for:)) ?? []
        }
    }

    /// An indicator with one variant orders by what is declared, "< 5" before "≤ 5". With several,
    /// whose values are never compared, and for intervals, which have no order, it orders by level and
    /// then by score.
    private static func parts(for judgement: IndicatorJudgement) -> [OrderPart] {
        guard let deciding = judgement.deciding else { return [.absent, .absent] }
        let indicator = judgement.indicator
        let sign = OrderPart.lowerFirst(ExactDecimal(deciding.requirement.isStrict ? 0 : 1))
        let none = OrderPart.lowerFirst(.zero)
        guard indicator.variants.count == 1 else { return levelParts(judgement) }
        switch (indicator.direction, deciding.requirement.value) {
        case (.lower, .number(let value)): return [.lowerFirst(value), sign]
        case (.higher, .number(let value)): return [.higherFirst(value), sign]
        case (.ordinal(let grades), .word(let word)):
            return [.lowerFirst(ExactDecimal(grades.firstIndex(of: word) ?? grades.count)), none]
        case (.yesNo, .flag(let flag)): return [.lowerFirst(ExactDecimal(flag ? 0 : 1)), none]
        case (.lower, _), (.higher, _), (.interval, _), (.ordinal, _), (.yesNo, _):
            return levelParts(judgement)
        }
    }

    private static func levelParts(_ judgement: IndicatorJudgement) -> [OrderPart] {
        [
            .lowerFirst(ExactDecimal(judgement.level.rawValue)),
            judgement.score.map(OrderPart.higherFirst) ?? .absent,
        ]
    }
}
