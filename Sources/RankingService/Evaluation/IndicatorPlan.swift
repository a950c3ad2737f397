internal import Regulation

/// One indicator of a scheme, made ready for columns.
///
/// A class, like `JudgedColumn`: handed about for every row, and copying the texts in it would cost
/// more than all the arithmetic.
final class IndicatorPlan: Sendable {
    let indicator: Indicator
    let coding: ValueCoding
    let variants: [VariantPlan]

    init(_ indicator: Indicator) {
        self.indicator = indicator
        coding = ValueCoding(indicator.direction)
        variants = indicator.variants.map { [coding] in VariantPlan($0, coding) }
    }

    var isCore: Bool { indicator.kind == .core }
    var isBasic: Bool { indicator.kind == .basic }
    var countsInComposite: Bool { !isBasic && indicator.weight > .zero }

    /// Whether the indicator applies to a product: some variant does.
    func applies(to attributes: [String: String]) -> Bool {
        for variant in variants where variant.applies(to: attributes) { return true }
        return false
    }

    /// Where several share a code, the first.
    static func indexByCode(_ plans: [IndicatorPlan]) -> [String: Int] {
        Dictionary(
            plans.enumerated().map { ($1.indicator.code, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// One variant of an indicator, with its limits coded.
struct VariantPlan: Sendable {
    let testMethod: String
    let unit: String
    let conditions: [Condition]
    let legal: CodedValue?
    let baseline: CodedValue?
    let average: CodedValue?
    let advanced: CodedValue?

    init(_ variant: Variant, _ coding: ValueCoding) {
        testMethod = variant.testMethod
        unit = variant.unit
        conditions = variant.conditions
        legal = coding.code(variant.legal)
        baseline = coding.code(variant.baseline)
        average = coding.code(variant.average)
        advanced = coding.code(variant.advanced)
    }

    var limits: [CodedValue?] { [legal, baseline, average, advanced] }

    @inline(__always)
    func fits(method: String, unit declared: String) -> Bool {
        guard testMethod.isEmpty || testMethod == method else { return false }
        return unit.isEmpty || declared.isEmpty || unit == declared
    }

    @inline(__always)
    func applies(to attributes: [String: String]) -> Bool {
        for condition in conditions where !condition.holds(for: attributes[condition.attribute] ?? "") {
            return false
        }
        return true
    }
}
