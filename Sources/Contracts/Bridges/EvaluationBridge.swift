package import Regulation

// 评估方案 as a message and as the value that the rules judge.

extension EvaluationScheme {
    /// Throws every flaw at once. What the regulation demands of a scheme is not judged here: only whether
    /// the data are data.
    package init(_ message: EvaluationAPI.EvaluationScheme) throws(BridgeFlaws) {
        var reader = SchemeReader()
        let scheme = reader.scheme(message)
        try reader.collector.finish()
        self = scheme
    }
}

/// Reads a scheme's parts; `EvaluationBridge+Indicators` reads its indicators.
struct SchemeReader {
    var collector = FlawCollector()

    mutating func scheme(_ message: EvaluationAPI.EvaluationScheme) -> EvaluationScheme {
        EvaluationScheme(
            title: message.title, year: Int(message.year), keyField: message.keyField,
            purpose: Self.purpose(message.purpose ?? .init()), scope: scope(message.scope ?? .init()),
            indicators: message.indicators.enumerated().map { indicator($1, "indicators[\($0)]") },
            method: method(message.method ?? .init()), methodStatement: message.methodStatement,
            cycle: cycle(message.cycle), cycleReason: message.cycleReason,
            enterpriseInformation: message.enterpriseInformation,
            rankingFormation: message.rankingFormation,
            forerunners: Self.forerunners(message.forerunners ?? .init()),
            verification: message.verification, consistency: message.consistency,
            objectives: message.objectives, consumerInput: message.consumerInput,
            mandatoryStandards: message.mandatoryStandards)
    }

    private static func purpose(_ message: EvaluationAPI.Purpose) -> Purpose {
        Purpose(
            presentLevel: message.presentLevel, microAim: message.microAim, macroAim: message.macroAim)
    }

    private mutating func scope(_ message: EvaluationAPI.Scope) -> Scope {
        Scope(
            items: message.items.map { item in
                ProductItem(
                    name: item.name, definition: item.definition, applicability: item.applicability,
                    standards: item.standards, exclusions: item.exclusions)
            }, category: message.category, sector: sector(message.sector), isService: message.isService)
    }

    /// No sector named means another one than the three.
    private mutating func sector(_ message: EvaluationAPI.Sector) -> Sector {
        switch message {
        case .equipment: return .equipment
        case .consumerGoods: return .consumerGoods
        case .services: return .services
        case .other, .unspecified: return .other
        case .unrecognized(let number):
            collector.note("scope.sector", "\(number) is no sector")
            return .other
        }
    }

    private mutating func method(_ message: EvaluationAPI.Method) -> Method {
        Method(
            model: model(message.model), innovativeAdvancedMin: Int(message.innovativeAdvancedMin),
            innovativeAverageMin: Int(message.innovativeAverageMin),
            orderWithinGrade: message.orderWithinGrade.enumerated().compactMap {
                orderKey($1, "method.orderWithinGrade[\($0)]")
            }, allStrictlyBetter: message.allStrictlyBetter)
    }

    /// GRADED is the default.
    private mutating func model(_ message: EvaluationAPI.Model) -> Model {
        switch message {
        case .graded, .unspecified: return .graded
        case .weighted: return .weighted
        case .tiered: return .tiered
        case .unrecognized(let number):
            collector.note("method.model", "\(number) is no model")
            return .graded
        }
    }

    private mutating func orderKey(_ message: EvaluationAPI.OrderKey, _ path: String) -> OrderKey? {
        switch message.kind {
        case .advancedCoreCount: return .advancedCoreCount
        case .weightedScore: return .weightedScore
        case .indicator:
            if message.indicator.isEmpty { collector.note("\(path).indicator", "names no indicator") }
            return .indicator(message.indicator)
        case .unspecified, .unrecognized:
            collector.note("\(path).kind", "is not stated")
            return nil
        }
    }

    /// A year is the default.
    private mutating func cycle(_ message: EvaluationAPI.Cycle) -> Cycle {
        switch message {
        case .quarterly: return .quarterly
        case .yearly, .unspecified: return .yearly
        case .unrecognized(let number):
            collector.note("cycle", "\(number) is no cycle")
            return .yearly
        }
    }

    private static func forerunners(_ message: EvaluationAPI.ForerunnerRule) -> ForerunnerRule {
        ForerunnerRule(
            consumerChoice: message.consumerChoice, industryDevelopment: message.industryDevelopment,
            declaredStandardCount: message.declaredStandardCount, targetNumber: Int(message.targetNumber),
            validityMonths: Int(message.validityMonths), validityReason: message.validityReason)
    }
}
