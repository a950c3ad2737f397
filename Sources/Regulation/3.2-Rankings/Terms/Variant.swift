/// What a level or the law asks of an indicator.
package struct Limit: Sendable, Hashable {
    package var value: RequirementValue
    /// True for < or >, false for ≤ or ≥; means nothing for intervals, grades and yes/no.
    package var isStrict: Bool

    package init(value: RequirementValue, isStrict: Bool) {
        self.value = value
        self.isStrict = isStrict
    }
}

/// One way of measuring an indicator, with its own unit, conditions and limits.
///
/// Values under different variants are never compared with each other, only each with its own limits. A
/// limit that is absent is neither met nor missed.
package struct Variant: Sendable, Hashable {
    /// Empty fits every declaration; otherwise the declaration's must be the same text.
    package var testMethod: String
    /// A declaration in another unit does not fit; an empty unit on either side does.
    package var unit: String
    /// All must hold of the product.
    package var conditions: [Condition]
    /// 国家标准或行业标准的限值; nil where there is none.
    package var legal: Limit?
    package var legalSource: String
    /// 基准水平.
    package var baseline: Limit?
    /// 平均水平.
    package var average: Limit?
    /// 先进水平.
    package var advanced: Limit?

    package init(
        testMethod: String, unit: String, conditions: [Condition], legal: Limit?, legalSource: String,
        baseline: Limit?, average: Limit?, advanced: Limit?
    ) {
        self.testMethod = testMethod
        self.unit = unit
        self.conditions = conditions
        self.legal = legal
        self.legalSource = legalSource
        self.baseline = baseline
        self.average = average
        self.advanced = advanced
    }
}
