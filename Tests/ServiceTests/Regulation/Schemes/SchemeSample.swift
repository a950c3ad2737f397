@testable import Regulation

/// A scheme without a flaw, for the tests of the rules to spoil.
enum SchemeSample {
    static func number(_ text: String) -> Limit {
        Limit(value: .number(RuleSample.decimal(text)), isStrict: false)
    }

    static func word(_ text: String) -> Limit { Limit(value: .word(text), isStrict: false) }

    static func flag(_ value: Bool) -> Limit { Limit(value: .flag(value), isStrict: false) }

    static func span(_ low: String, _ high: String) -> Limit {
        Limit(value: .interval(RuleSample.decimal(low), RuleSample.decimal(high)), isStrict: false)
    }

    static func variant(_ legal: Limit?, _ baseline: Limit?, _ average: Limit?, _ advanced: Limit?) -> Variant
    {
        Variant(
            testMethod: "", unit: "", conditions: [], legal: legal,
            legalSource: legal == nil ? "" : "GB 30255—2019", baseline: baseline, average: average,
            advanced: advanced)
    }

    static func indicator(
        _ code: String, _ kind: IndicatorKind, _ direction: Direction, _ variants: [Variant]
    ) -> Indicator {
        Indicator(
            code: code, name: code, kind: kind, direction: direction, weight: RuleSample.decimal("1"),
            isConsumerConcern: true, isUpgradeNeed: false, reason: "消费者关注", source: "GB/T 1",
            variants: variants)
    }

    static let efficacy = indicator(
        "EFFICACY", .core, .higher, [variant(number("60"), number("60"), number("80"), number("95"))])
    static let flicker = indicator(
        "FLICKER", .core, .lower, [variant(number("0.5"), number("0.5"), number("0.3"), number("0.1"))])
    static let grade = indicator(
        "GRADE", .core, .ordinal(grades: ["1级", "2级", "3级"]),
        [variant(word("3级"), word("3级"), word("2级"), word("1级"))])
    static let range = indicator(
        "RANGE", .innovative, .interval, [variant(nil, nil, span("1", "9"), span("2", "8"))])
    static let safety = indicator("SAFETY", .basic, .yesNo, [variant(flag(true), nil, nil, nil)])

    static let scheme = EvaluationScheme(
        title: "LED筒灯企业标准“领跑者”评估方案", year: 2025, keyField: "2025-LAMP",
        purpose: Purpose(presentLevel: "较高", microAim: "提升光效", macroAim: "提升竞争力"),
        scope: Scope(
            items: [
                ProductItem(
                    name: "LED筒灯", definition: "嵌入式灯具", applicability: "室内", standards: ["GB/T 29294"],
                    exclusions: [])
            ], category: "筒灯", sector: .consumerGoods, isService: false),
        indicators: [efficacy, flicker, grade, range, safety],
        method: Method(
            model: .weighted, innovativeAdvancedMin: 1, innovativeAverageMin: 1,
            orderWithinGrade: [.indicator("EFFICACY")], allStrictlyBetter: false),
        methodStatement: "加权综合", cycle: .yearly, cycleReason: "更新快", enterpriseInformation: "企业规模",
        rankingFormation: "按综合得分",
        forerunners: ForerunnerRule(
            consumerChoice: "便于选择", industryDevelopment: "成熟", declaredStandardCount: "充足", targetNumber: 5,
            validityMonths: 12, validityReason: ""),
        verification: "抽检", consistency: "一致", objectives: "形成5个", consumerInput: "问卷",
        mandatoryStandards: ["GB 7000.1—2023"])
}
