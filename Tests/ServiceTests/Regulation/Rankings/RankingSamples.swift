import Regulation

/// Small schemes and standards, to be changed in the one place that a test is about.
enum RankingSamples {
    static let cutoff = CivilDate("2025-06-30") ?? .min

    static func number(_ text: String) -> RequirementValue {
        .number(ExactDecimal(text) ?? .zero)
    }

    /// "<5" and ">5" are strict, "5" is not.
    static func limit(_ text: String?) -> Limit? {
        guard let text else { return nil }
        let isStrict = text.hasPrefix("<") || text.hasPrefix(">")
        return Limit(value: number(isStrict ? String(text.dropFirst()) : text), isStrict: isStrict)
    }

    static func variant(
        legal: String? = nil, _ baseline: String?, _ average: String?, _ advanced: String?,
        method: String = "", unit: String = "", conditions: [Condition] = []
    ) -> Variant {
        Variant(
            testMethod: method, unit: unit, conditions: conditions, legal: limit(legal), legalSource: "",
            baseline: limit(baseline), average: limit(average), advanced: limit(advanced))
    }

    static func indicator(
        _ code: String, _ kind: IndicatorKind, _ direction: Direction, weight: String = "1",
        _ variants: Variant...
    ) -> Indicator {
        indicator(code, kind, direction, weight, variants)
    }

    /// More is better.
    static func indicator(
        _ code: String, _ kind: IndicatorKind, weight: String = "1", _ variants: Variant...
    ) -> Indicator {
        indicator(code, kind, .higher, weight, variants)
    }

    /// Core, more is better.
    static func indicator(_ code: String, weight: String = "1", _ variants: Variant...) -> Indicator {
        indicator(code, .core, .higher, weight, variants)
    }

    private static func indicator(
        _ code: String, _ kind: IndicatorKind, _ direction: Direction, _ weight: String, _ variants: [Variant]
    ) -> Indicator {
        Indicator(
            code: code, name: code, kind: kind, direction: direction, weight: ExactDecimal(weight) ?? .zero,
            isConsumerConcern: true, isUpgradeNeed: false, reason: "", source: "", variants: variants)
    }

    static func scheme(
        _ indicators: [Indicator], model: Model = .graded, n1: Int = 0, n2: Int = 0, order: [OrderKey] = [],
        allStrictlyBetter: Bool = false, isService: Bool = false
    ) -> EvaluationScheme {
        EvaluationScheme(
            title: "LED灯", year: 2025, keyField: "KF",
            purpose: Purpose(presentLevel: "", microAim: "", macroAim: ""),
            scope: Scope(items: [], category: "lamps", sector: .consumerGoods, isService: isService),
            indicators: indicators,
            method: Method(
                model: model, innovativeAdvancedMin: n1, innovativeAverageMin: n2, orderWithinGrade: order,
                allStrictlyBetter: allStrictlyBetter),
            methodStatement: "", cycle: .yearly, cycleReason: "", enterpriseInformation: "",
            rankingFormation: "",
            forerunners: ForerunnerRule(
                consumerChoice: "", industryDevelopment: "", declaredStandardCount: "", targetNumber: 3,
                validityMonths: 0, validityReason: ""),
            verification: "", consistency: "", objectives: "", consumerInput: "", mandatoryStandards: [])
    }

    /// "efficacy≥90": a code, a sign (≤ < ≥ > =) and a number, "yes", "no", an interval as in "2~3", or a
    /// word.
    static func declaration(_ text: String, method: String = "", unit: String = "") -> Declaration {
        let relations: [Character: Relation] = [
            "≤": .atMost, "<": .below, "≥": .atLeast, ">": .above, "=": .equal,
        ]
        let split = text.firstIndex { relations[$0] != nil } ?? text.endIndex
        let relation = text[split...].first.flatMap { relations[$0] } ?? .equal
        let written = String(text[split...].dropFirst())
        return Declaration(
            indicator: String(text[..<split]), relation: relation, value: value(written), written: written,
            testMethod: method, unit: unit)
    }

    private static func value(_ written: String) -> RequirementValue {
        if written == "yes" || written == "no" { return .flag(written == "yes") }
        if let number = ExactDecimal(written) { return .number(number) }
        let ends = written.split(separator: "~").compactMap { ExactDecimal($0) }
        return ends.count == 2 ? .interval(ends[0], ends[1]) : .word(written)
    }

    static func enterprise(_ seed: UInt8) -> CreditCode {
        CreditCode.synthesised(region: "310000", seed: [seed])
    }

    /// A sound standard: in scope, in force, in series production.
    static func standard(
        _ declarations: [String], enterprise seed: UInt8 = 1, number: String = "Q/ABC 001—2024",
        models: [String] = ["M1"], attributes: [String: String] = [:]
    ) throws -> DeclaredStandard {
        DeclaredStandard(
            enterprise: enterprise(seed), enterpriseName: "示例照明有限公司", codeIsSynthetic: true,
            province: .shanghai,
            number: try StandardNumber(number), name: "LED灯", category: "lamps", models: models,
            attributes: attributes, declarations: declarations.map { declaration($0) },
            declaredOn: CivilDate("2024-05-01") ?? .min, abolishedOn: nil, isInForce: true,
            isSeriesProduced: true, isWidelyOffered: false, mandatoryBreaches: [], sourceRow: 1)
    }

    static func evaluate(
        _ scheme: EvaluationScheme, _ standards: [DeclaredStandard], standing: Standing = Standing()
    ) -> RankingResult {
        PlainEvaluation.evaluate(scheme: scheme, standards: standards, standing: standing, cutoff: cutoff)
    }

    /// "CODE subject" for each reason of the one standard; empty when it is ranked.
    static func reasons(
        _ scheme: EvaluationScheme, _ standard: DeclaredStandard, standing: Standing = Standing()
    ) -> [String] {
        evaluate(scheme, [standard], standing: standing).exclusions.flatMap { excluded in
            excluded.reasons.map { $0.subject.isEmpty ? $0.code : "\($0.code) \($0.subject)" }
        }
    }
}
