package import Contracts
package import Regulation

/// A result as messages: every entry with the reasons of its place, every standard left out with the reasons
/// why.
package struct ResultMessages: Sendable {
    package let entries: [RankingAPI.Entry]
    package let exclusions: [RankingAPI.Exclusion]

    /// Digits of a composite and of an indicator's score.
    private static let scoreDigits = 4

    package init(_ result: RankingResult, under scheme: EvaluationScheme) {
        entries = result.entries.map { entry in
            let standard = result.standard(of: entry)
            return RankingAPI.Entry(
                rank: UInt32(entry.rank), enterprise: Self.institution(of: standard),
                syntheticCode: standard.codeIsSynthetic, province: standard.province?.fullName ?? "",
                standardNumber: standard.number.text, standardName: standard.name, models: standard.models,
                grade: UInt32(entry.grade ?? 0),
                score: entry.composite?.text(fractionDigits: Self.scoreDigits) ?? "",
                advancedCore: UInt32(entry.advancedCoreCount),
                indicators: IndicatorResult.results(for: standard, under: scheme).map(Self.message),
                key: result.key(of: entry))
        }
        exclusions = result.exclusions.map { exclusion in
            let standard = result.standard(of: exclusion)
            return RankingAPI.Exclusion(
                enterprise: Self.institution(of: standard), standardNumber: standard.number.text,
                models: standard.models, key: result.key(of: exclusion),
                reasons: exclusion.reasons.map(Self.message))
        }
    }

    static func message(_ reason: Finding) -> RankingAPI.ExclusionReason {
        RankingAPI.ExclusionReason(
            code: reason.code, citation: reason.citation.section, subject: reason.subject,
            textZh: reason.messageZH, textEn: reason.messageEN)
    }

    private static func institution(of standard: DeclaredStandard) -> CommonAPI.Institution {
        CommonAPI.Institution(creditCode: standard.enterprise.text, name: standard.enterpriseName)
    }

    private static func message(_ result: IndicatorResult) -> RankingAPI.IndicatorResult {
        RankingAPI.IndicatorResult(
            indicator: result.indicator, name: result.name, declared: result.declared, unit: result.unit,
            level: RankingAPI.Level(rawValue: Int32(result.level.rawValue)), limit: result.limit,
            score: result.score?.text(fractionDigits: scoreDigits) ?? "",
            weight: result.weight.description)
    }
}
