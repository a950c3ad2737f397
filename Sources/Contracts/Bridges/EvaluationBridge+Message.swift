package import Regulation

// The way back: a scheme of the rules as a message. Reading it again gives the same scheme.

extension EvaluationAPI.EvaluationScheme {
    package init(_ scheme: EvaluationScheme) {
        self.init(
            title: scheme.title, year: UInt32(scheme.year), keyField: scheme.keyField,
            purpose: .init(
                presentLevel: scheme.purpose.presentLevel, microAim: scheme.purpose.microAim,
                macroAim: scheme.purpose.macroAim),
            scope: .init(scheme.scope), indicators: scheme.indicators.map { .init($0) },
            method: .init(scheme.method), methodStatement: scheme.methodStatement,
            cycle: scheme.cycle == .quarterly ? .quarterly : .yearly, cycleReason: scheme.cycleReason,
            enterpriseInformation: scheme.enterpriseInformation, rankingFormation: scheme.rankingFormation,
            forerunners: .init(scheme.forerunners), verification: scheme.verification,
            consistency: scheme.consistency, objectives: scheme.objectives,
            consumerInput: scheme.consumerInput, mandatoryStandards: scheme.mandatoryStandards)
    }
}

extension EvaluationAPI.Scope {
    fileprivate init(_ scope: Scope) {
        let sector: EvaluationAPI.Sector =
            switch scope.sector {
            case .equipment: .equipment
            case .consumerGoods: .consumerGoods
            case .services: .services
            case .other: .other
            }
        self.init(
            items: scope.items.map {
                .init(
                    name: $0.name, definition: $0.definition, applicability: $0.applicability,
                    standards: $0.standards, exclusions: $0.exclusions)
            }, category: scope.category, sector: sector, isService: scope.isService)
    }
}

extension EvaluationAPI.Method {
    fileprivate init(_ method: Method) {
        let model: EvaluationAPI.Model =
            switch method.model {
            case .graded: .graded
            case .weighted: .weighted
            case .tiered: .tiered
            }
        let keys: [EvaluationAPI.OrderKey] = method.orderWithinGrade.map { key in
            switch key {
            case .advancedCoreCount: .init(kind: .advancedCoreCount)
            case .weightedScore: .init(kind: .weightedScore)
            case .indicator(let code): .init(kind: .indicator, indicator: code)
            }
        }
        self.init(
            model: model, innovativeAdvancedMin: UInt32(method.innovativeAdvancedMin),
            innovativeAverageMin: UInt32(method.innovativeAverageMin), orderWithinGrade: keys,
            allStrictlyBetter: method.allStrictlyBetter)
    }
}

extension EvaluationAPI.ForerunnerRule {
    fileprivate init(_ rule: ForerunnerRule) {
        self.init(
            consumerChoice: rule.consumerChoice, industryDevelopment: rule.industryDevelopment,
            declaredStandardCount: rule.declaredStandardCount, targetNumber: UInt32(rule.targetNumber),
            validityMonths: UInt32(rule.validityMonths), validityReason: rule.validityReason)
    }
}

extension EvaluationAPI.Indicator {
    fileprivate init(_ indicator: Indicator) {
        let kind: EvaluationAPI.IndicatorKind =
            switch indicator.kind {
            case .basic: .basic
            case .core: .core
            case .innovative: .innovative
            }
        var grades: [String] = []
        let direction: EvaluationAPI.Direction
        switch indicator.direction {
        case .lower: direction = .lower
        case .higher: direction = .higher
        case .interval: direction = .interval
        case .ordinal(let words):
            direction = .ordinal
            grades = words
        case .yesNo: direction = .yesNo
        }
        self.init(
            code: indicator.code, name: indicator.name, kind: kind, direction: direction, grades: grades,
            weight: indicator.weight.description, consumerConcern: indicator.isConsumerConcern,
            upgradeNeed: indicator.isUpgradeNeed, reason: indicator.reason, source: indicator.source,
            variants: indicator.variants.map { .init($0) })
    }
}

extension EvaluationAPI.Variant {
    fileprivate init(_ variant: Variant) {
        self.init(
            testMethod: variant.testMethod, unit: variant.unit,
            conditions: variant.conditions.map { .init($0) }, legal: variant.legal.map { .init($0) },
            legalSource: variant.legalSource, baseline: variant.baseline.map { .init($0) },
            average: variant.average.map { .init($0) }, advanced: variant.advanced.map { .init($0) })
    }
}

extension EvaluationAPI.Condition {
    fileprivate init(_ condition: Condition) {
        let test: EvaluationAPI.ConditionTest =
            switch condition.test {
            case .equals: .equals
            case .differs: .differs
            case .atLeast: .atLeast
            case .atMost: .atMost
            case .above: .above
            case .below: .below
            case .present: .present
            }
        self.init(attribute: condition.attribute, test: test, value: condition.value)
    }
}

extension EvaluationAPI.Limit {
    fileprivate init(_ limit: Limit) {
        switch limit.value {
        case .number(let number): self.init(value: number.description, strict: limit.isStrict)
        case .interval(let low, let high):
            self.init(value: low.description, strict: limit.isStrict, upper: high.description)
        case .word(let word): self.init(value: word, strict: limit.isStrict)
        case .flag(let flag): self.init(value: flag ? "yes" : "no", strict: limit.isStrict)
        }
    }
}
