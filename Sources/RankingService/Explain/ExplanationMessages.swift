package import Contracts
import Regulation

/// Explanations as messages.
package enum ExplanationMessages {
    /// - Parameter names: whether an entry that another one would have to catch up with may be named.
    package static func message(
        _ explanation: StandardExplanation, names: (_ key: String) -> Bool = { _ in true }
    ) -> RankingAPI.Explanation {
        let standard = explanation.standard
        var message = RankingAPI.Explanation(
            key: explanation.key, enterprise: institution(of: standard),
            syntheticCode: standard.codeIsSynthetic, standardNumber: standard.number.text,
            standardName: standard.name, models: standard.models,
            indicators: explanation.indicators.map(message))
        switch explanation.outcome {
        case .ranked(let place):
            message.rank = UInt32(place.rank)
            message.sharedBy = UInt32(place.sharedBy)
            message.entryCount = UInt32(place.entryCount)
            message.grade = UInt32(place.grade ?? 0)
            message.score = place.composite.map(fourDigits) ?? ""
            message.advancedCore = UInt32(place.advancedCoreCount)
            message.ahead = place.ahead.map { Self.message($0, isNamed: names($0.key)) }
        case .leftOut(let reasons, let admission):
            message.reasons = reasons.map(ResultMessages.message)
            message.admission = admission.map { Self.message($0, ranks: []) }
        }
        return message
    }

    private static func institution(of standard: DeclaredStandard) -> CommonAPI.Institution {
        CommonAPI.Institution(creditCode: standard.enterprise.text, name: standard.enterpriseName)
    }

    private static func fourDigits(_ number: ExactDecimal) -> String {
        number.text(fractionDigits: IndicatorScore.fractionDigits)
    }

    static func level(_ level: Level) -> RankingAPI.Level {
        RankingAPI.Level(rawValue: Int32(level.rawValue))
    }

    private static func message(_ explained: IndicatorExplanation) -> RankingAPI.IndicatorExplanation {
        let indicator = explained.indicator
        let variant = explained.variant
        let declaration = explained.declaration
        func text(_ limit: Limit?) -> String { limit?.text(in: indicator.direction) ?? "" }
        return RankingAPI.IndicatorExplanation(
            indicator: indicator.code, name: indicator.name, kind: kind(indicator.kind),
            declared: explained.result.declared,
            relation: declaration.map(relation) ?? .unspecified,
            value: declaration?.written ?? "", unit: unit(explained),
            testMethod: declaration?.testMethod ?? "", provenance: explained.result.provenance,
            variant: UInt32(explained.variantNumber), variantCount: UInt32(indicator.variants.count),
            legal: text(variant?.legal), legalSource: variant?.legalSource ?? "",
            baseline: text(variant?.baseline), average: text(variant?.average),
            advanced: text(variant?.advanced), level: level(explained.result.level),
            comparison: explained.legal.map(comparison) ?? .unspecified,
            nextLevel: explained.next.map { level($0.level) } ?? .unspecified,
            nextLimit: text(explained.next?.limit),
            distance: explained.next?.distance?.description ?? "",
            relativeDistance: explained.next?.relativeDistance?.description ?? "",
            score: explained.result.score.map(fourDigits) ?? "", weight: indicator.weight.description,
            contribution: explained.contribution.map(fourDigits) ?? "")
    }

    private static func unit(_ explained: IndicatorExplanation) -> String {
        explained.result.unit.isEmpty ? explained.variant?.unit ?? "" : explained.result.unit
    }

    private static func relation(_ declaration: Declaration) -> StandardsAPI.Relation {
        guard case .number = declaration.value else { return .unspecified }
        switch declaration.relation {
        case .atMost: return .atMost
        case .below: return .below
        case .atLeast: return .atLeast
        case .above: return .above
        case .equal: return .equal
        }
    }

    static func kind(_ kind: IndicatorKind) -> EvaluationAPI.IndicatorKind {
        switch kind {
        case .basic: .basic
        case .core: .core
        case .innovative: .innovative
        }
    }

    private static func comparison(_ comparison: LegalComparison) -> RankingAPI.LegalComparison {
        switch comparison {
        case .looser: .looser
        case .equal: .equal
        case .stricter: .stricter
        }
    }
}

// What a better place would take.
extension ExplanationMessages {
    private static func message(
        _ ahead: StandardExplanation.Ahead, isNamed: Bool
    ) -> RankingAPI.AheadExplanation {
        let (deciding, indicator): (String, String) =
            switch ahead.decidingLabel {
            case .grade: ("GRADE", "")
            case .advancedCoreCount: ("ADVANCED_CORE_COUNT", "")
            case .composite: ("COMPOSITE", "")
            case .value(let code): ("VALUE", code)
            case .sign(let code): ("SIGN", code)
            }
        return RankingAPI.AheadExplanation(
            rank: UInt32(ahead.rank), sharedBy: UInt32(ahead.sharedBy), key: isNamed ? ahead.key : "",
            enterprise: isNamed ? ahead.standard.enterpriseName : "", deciding: deciding,
            decidingIndicator: indicator, own: ahead.ownPart.text, better: ahead.betterPart.text,
            reaching: message(ahead.reaching.improvement, ranks: ahead.reaching.ranks),
            passing: message(ahead.passing.improvement, ranks: ahead.passing.ranks))
    }

    package static func message(_ improvement: Improvement, ranks: [Int]) -> RankingAPI.Improvement {
        switch improvement {
        case .anyOf(let changes):
            let ranks = ranks.isEmpty ? changes.map { _ in 0 } : ranks
            return .init(kind: .anyOf, changes: zip(changes, ranks).map { message($0, rank: $1) })
        case .allOf(let changes):
            return .init(
                kind: .allOf, changes: changes.map { message($0, rank: 0) },
                rank: UInt32(ranks.first ?? 0))
        case .unreachable:
            return .init(kind: .unreachable)
        }
    }

    private static func message(
        _ change: RequirementChange, rank: Int
    ) -> RankingAPI.RequirementChange {
        RankingAPI.RequirementChange(
            indicator: change.indicator.code, name: change.indicator.name, declared: change.declared,
            needed: change.needed, unit: change.unit, distance: change.distance?.description ?? "",
            relativeDistance: change.relativeDistance?.description ?? "",
            levelBefore: level(change.levelBefore), levelAfter: level(change.levelAfter),
            rank: UInt32(rank))
    }
}
