/// What part an indicator plays in an evaluation.
package enum IndicatorKind: Sendable, Hashable, CaseIterable {
    /// 基础指标: passed or failed, never scored.
    case basic
    /// 核心指标: graded; what the ranking is made of.
    case core
    /// 创新性指标: beyond existing standards; may be left undeclared.
    case innovative
}

/// Which way an indicator gets better.
package enum Direction: Sendable, Hashable {
    /// 越小越优.
    case lower
    /// 越大越优.
    case higher
    /// 区间: the declared interval has to lie inside the limit's, its ends included.
    case interval
    /// 等级: words of a declared order, best first.
    case ordinal(grades: [String])
    /// 有无: "yes" is better.
    case yesNo
}

/// An indicator (评估指标) of a scheme, with the limits of its levels.
package struct Indicator: Sendable, Hashable {
    package var code: String
    package var name: String
    package var kind: IndicatorKind
    package var direction: Direction
    /// Counts in composites when it is above zero; zero and below leave the indicator out of them.
    package var weight: ExactDecimal
    /// 消费者高度关注.
    package var isConsumerConcern: Bool
    /// 消费升级急需.
    package var isUpgradeNeed: Bool
    package var reason: String
    /// Standard the indicator comes from.
    package var source: String
    /// In order: the first that fits a declaration is used.
    package var variants: [Variant]

    package init(
        code: String, name: String, kind: IndicatorKind, direction: Direction, weight: ExactDecimal,
        isConsumerConcern: Bool, isUpgradeNeed: Bool, reason: String, source: String, variants: [Variant]
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.direction = direction
        self.weight = weight
        self.isConsumerConcern = isConsumerConcern
        self.isUpgradeNeed = isUpgradeNeed
        self.reason = reason
        self.source = source
        self.variants = variants
    }
}
