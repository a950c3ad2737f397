import Contracts
import Regulation
import Testing

@Suite("An evaluation scheme as a message")
struct EvaluationBridgeTests {
    static let message = EvaluationAPI.EvaluationScheme(
        title: "方案", year: 2025, keyField: "2025-LAMP",
        purpose: .init(presentLevel: "一", microAim: "二", macroAim: "三"),
        scope: .init(
            items: [.init(name: "灯", definition: "定义", standards: ["GB 30255"], exclusions: ["氛围灯"])],
            category: "LAMP", sector: .consumerGoods, isService: false),
        indicators: [
            .init(
                code: "efficacy", name: "光效", kind: .core, direction: .higher, weight: "0.5",
                consumerConcern: true, reason: "关注",
                variants: [
                    .init(
                        testMethod: "GB/T 1", unit: "lm/W",
                        conditions: [.init(attribute: "dimmable", test: .equals, value: "yes")],
                        legal: .init(value: "80"), legalSource: "GB 30255", baseline: .init(value: "90"),
                        average: .init(value: "110.5"), advanced: .init(value: "130", strict: true))
                ]),
            .init(
                code: "class", name: "能效等级", kind: .basic, direction: .ordinal, grades: ["1", "2"],
                weight: "0", variants: [.init(baseline: .init(value: "2"))]),
            .init(
                code: "range", name: "电压范围", kind: .core, direction: .interval, weight: "1",
                variants: [.init(baseline: .init(value: "198", upper: "242"))]),
            .init(
                code: "smart", name: "智能", kind: .innovative, direction: .yesNo, weight: "0",
                variants: [.init(advanced: .init(value: "yes"))]),
        ],
        method: .init(
            model: .weighted, innovativeAdvancedMin: 1,
            orderWithinGrade: [.init(kind: .weightedScore), .init(kind: .indicator, indicator: "efficacy")]),
        cycle: .quarterly,
        forerunners: .init(consumerChoice: "一", targetNumber: 5, validityMonths: 12),
        mandatoryStandards: ["GB 7000.1"])

    @Test("there and back again nothing is lost")
    func roundTrip() throws {
        let scheme = try EvaluationScheme(Self.message)
        #expect(EvaluationAPI.EvaluationScheme(scheme) == Self.message)
        #expect(
            scheme.indicators[0].variants[0].advanced
                == Limit(value: .number(ExactDecimal(130)), isStrict: true))
        #expect(scheme.indicators[1].direction == .ordinal(grades: ["1", "2"]))
        #expect(scheme.indicators[1].variants[0].baseline?.value == .word("2"))
        #expect(scheme.indicators[3].variants[0].advanced?.value == .flag(true))
    }

    @Test("all flaws are told at once, each with its path")
    func flaws() {
        var message = Self.message
        message.indicators[0].kind = .unspecified
        message.indicators[0].weight = "half"
        message.indicators[0].variants[0].conditions[0].test = .unspecified
        message.indicators[0].variants[0].advanced?.value = "fast"
        message.indicators[2].variants[0].baseline?.upper = "100"
        message.method?.orderWithinGrade[1].indicator = ""
        let error = #expect(throws: BridgeFlaws.self) { try EvaluationScheme(message) }
        #expect(
            Set(error?.flaws.map(\.path) ?? []) == [
                "indicators[0].kind", "indicators[0].weight", "indicators[0].variants[0].conditions[0].test",
                "indicators[0].variants[0].advanced.value", "indicators[2].variants[0].baseline.value",
                "method.orderWithinGrade[1].indicator",
            ])
    }

    @Test("grades and upper ends belong to their own directions")
    func misplaced() {
        var message = Self.message
        message.indicators[0].grades = ["1"]
        message.indicators[0].variants[0].legal?.upper = "90"
        let error = #expect(throws: BridgeFlaws.self) { try EvaluationScheme(message) }
        #expect(
            error?.flaws.map(\.path) == ["indicators[0].grades", "indicators[0].variants[0].legal.upper"])
    }
}
