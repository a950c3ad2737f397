package import Contracts
import Regulation

/// A result as messages: every entry with the reasons of its place, every standard left out with the reasons
/// why.
package struct ResultMessages: Sendable {
    package let entries: [RankingAPI.Entry]
    package let exclusions: [RankingAPI.Exclusion]

    /// The standards are looked at where they lie: a copy of one would count the references of all of it.
    private typealias Standards = UnsafeBufferPointer<DeclaredStandard>

    package init(_ evaluation: CategoryEvaluation) {
        let result = evaluation.result
        entries = Cores.collect(result.entries.count, onCores: evaluation.cores) { range, append in
            var indicators = IndicatorMessages(evaluation, of: result.entries[range].map(\.row))
            result.standards.withUnsafeBufferPointer { standards in
                for entry in result.entries[range] {
                    append(Self.message(entry, standards, indicators.next()))
                }
            }
        }
        exclusions = Cores.collect(result.exclusions.count, onCores: evaluation.cores) { range, append in
            result.standards.withUnsafeBufferPointer { standards in
                for exclusion in result.exclusions[range] { append(Self.message(exclusion, standards)) }
            }
        }
    }

    private static func message(
        _ entry: RankedEntry, _ standards: Standards, _ indicators: [RankingAPI.IndicatorResult]
    ) -> RankingAPI.Entry {
        let row = entry.row
        return RankingAPI.Entry(
            rank: UInt32(entry.rank), enterprise: institution(standards, row),
            syntheticCode: standards[row].codeIsSynthetic,
            province: standards[row].province?.fullName ?? "",
            standardNumber: standards[row].number.text, standardName: standards[row].name,
            models: standards[row].models, grade: UInt32(entry.grade ?? 0),
            score: entry.composite?.text(fractionDigits: IndicatorScore.fractionDigits) ?? "",
            advancedCore: UInt32(entry.advancedCoreCount), indicators: indicators,
            key: key(standards, row, entry.occurrence))
    }

    private static func message(
        _ exclusion: ExcludedStandard, _ standards: Standards
    ) -> RankingAPI.Exclusion {
        let row = exclusion.row
        return RankingAPI.Exclusion(
            enterprise: institution(standards, row), standardNumber: standards[row].number.text,
            models: standards[row].models, key: key(standards, row, exclusion.occurrence),
            reasons: exclusion.reasons.map(message))
    }

    private static func key(_ standards: Standards, _ row: Int, _ occurrence: Int) -> String {
        DeclaredStandard.key(
            standards[row].enterprise, standards[row].number.text, standards[row].models,
            occurrence: occurrence)
    }

    private static func institution(_ standards: Standards, _ row: Int) -> CommonAPI.Institution {
        CommonAPI.Institution(
            creditCode: standards[row].enterprise.text, name: standards[row].enterpriseName)
    }

    static func message(_ reason: Finding) -> RankingAPI.ExclusionReason {
        RankingAPI.ExclusionReason(
            code: reason.code, citation: reason.citation.section, subject: reason.subject,
            textZh: reason.messageZH, textEn: reason.messageEN)
    }
}
