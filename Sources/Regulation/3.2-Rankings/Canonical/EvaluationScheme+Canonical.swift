extension EvaluationScheme {
    /// The whole scheme, a line for each of its parts in the order of the form; the first field of a
    /// line names the part.
    package var canonicalText: [UInt8] {
        var text = CanonicalText()
        text.line("forerunner-scheme/1")
        text.line("title", title)
        text.line("year", "\(year)")
        text.line("keyField", keyField)
        text.line("purpose", purpose.presentLevel, purpose.microAim, purpose.macroAim)
        text.line(
            "scope", scope.category, scope.sector.canonicalWord, scope.isService ? "service" : "product")
        for item in scope.items { item.write(to: &text) }
        for indicator in indicators { indicator.write(to: &text) }
        method.write(to: &text)
        text.line("methodStatement", methodStatement)
        text.line("cycle", cycle == .quarterly ? "quarterly" : "yearly", cycleReason)
        text.line("enterpriseInformation", enterpriseInformation)
        text.line("rankingFormation", rankingFormation)
        text.line(
            "forerunners", forerunners.consumerChoice, forerunners.industryDevelopment,
            forerunners.declaredStandardCount, "\(forerunners.targetNumber)", "\(forerunners.validityMonths)",
            forerunners.validityReason)
        text.line("verification", verification)
        text.line("consistency", consistency)
        text.line("objectives", objectives)
        text.line("consumerInput", consumerInput)
        text.field("mandatoryStandards")
        text.list(mandatoryStandards)
        text.endLine()
        return text.bytes
    }
}

extension Sector {
    fileprivate var canonicalWord: String {
        switch self {
        case .equipment: "equipment"
        case .consumerGoods: "consumerGoods"
        case .services: "services"
        case .other: "other"
        }
    }
}

extension ProductItem {
    fileprivate func write(to text: inout CanonicalText) {
        text.field("item")
        for field in [name, definition, applicability] { text.field(field) }
        text.list(standards)
        text.list(exclusions)
        text.endLine()
    }
}

extension Indicator {
    /// A line "indicator", and a line "variant" for each of its variants.
    fileprivate func write(to text: inout CanonicalText) {
        let kindWord =
            switch kind {
            case .basic: "basic"
            case .core: "core"
            case .innovative: "innovative"
            }
        let (directionWord, grades): (String, [String]) =
            switch direction {
            case .lower: ("lower", [])
            case .higher: ("higher", [])
            case .interval: ("interval", [])
            case .ordinal(let grades): ("ordinal", grades)
            case .yesNo: ("yesNo", [])
            }
        for field in ["indicator", code, name, kindWord, directionWord] { text.field(field) }
        text.list(grades)
        text.field(weight.description)
        text.field(isConsumerConcern)
        text.field(isUpgradeNeed)
        text.field(reason)
        text.field(source)
        text.endLine()
        for variant in variants { variant.write(to: &text) }
    }
}

extension Variant {
    fileprivate func write(to text: inout CanonicalText) {
        for field in ["variant", testMethod, unit] { text.field(field) }
        text.field(conditions.count)
        for condition in conditions {
            for field in [condition.attribute, condition.test.canonicalWord, condition.value] {
                text.field(field)
            }
        }
        for limit in [legal, baseline, average, advanced] { Self.write(limit, to: &text) }
        text.field(legalSource)
        text.endLine()
    }

    /// Four fields: kind, value, upper end, strict or not; "none" and three empty ones for no limit.
    private static func write(_ limit: Limit?, to text: inout CanonicalText) {
        guard let limit else {
            for field in ["none", "", "", ""] { text.field(field) }
            return
        }
        limit.value.write(to: &text)
        text.field(limit.isStrict ? "strict" : "")
    }
}

extension ConditionTest {
    fileprivate var canonicalWord: String {
        switch self {
        case .equals: "equals"
        case .differs: "differs"
        case .atLeast: "atLeast"
        case .atMost: "atMost"
        case .above: "above"
        case .below: "below"
        case .present: "present"
        }
    }
}

extension Method {
    fileprivate func write(to text: inout CanonicalText) {
        text.field("method")
        text.field(model.canonicalWord)
        text.field(innovativeAdvancedMin)
        text.field(innovativeAverageMin)
        text.field(allStrictlyBetter ? "allStrictlyBetter" : "oneStrictlyBetter")
        text.field(orderWithinGrade.count)
        for key in orderWithinGrade {
            switch key {
            case .advancedCoreCount: text.field("advancedCoreCount")
            case .weightedScore: text.field("weightedScore")
            case .indicator(let code): text.field("indicator:\(code)")
            }
        }
        text.endLine()
    }
}

extension Model {
    package var canonicalWord: String {
        switch self {
        case .graded: "GRADED"
        case .weighted: "WEIGHTED"
        case .tiered: "TIERED"
        }
    }
}
