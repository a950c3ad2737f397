package import Regulation
import Transparency

/// The result of an evaluation as bytes that are the same on every machine.
///
/// Lines of `CanonicalText`. The head: `forerunner-result/1`; `scheme`, `snapshot` and `standing` with
/// their digests in lower-case hex; `cutoff` and its date; `model`; `indicators` and the list of their
/// codes; `counts` of entries and exclusions. Then one line for each entry, by rank: `entry`, rank,
/// grade or nothing, composite with four decimals or nothing, number of advanced core indicators,
/// credit code, standard number, list of models, occurrence, and one letter per indicator: A advanced,
/// B average, C baseline, D below, N not applicable, M missing. Then one line for each standard left
/// out, in neutral order: `excluded`, credit code, standard number, list of models, occurrence, the
/// number of reasons, and code and subject of each.
package enum CanonicalResult {
    package static func bytes(
        of result: RankingResult, scheme: EvaluationScheme, cutoff: CivilDate, inputs: InputDigests
    ) -> [UInt8] {
        var text = CanonicalText()
        text.line("forerunner-result/1")
        text.line("scheme", HexText.text(inputs.scheme))
        text.line("snapshot", HexText.text(inputs.snapshot))
        text.line("standing", HexText.text(inputs.standing))
        text.line("cutoff", cutoff.description)
        text.line("model", scheme.method.model.canonicalWord)
        text.field("indicators")
        text.list(scheme.indicators.map(\.code))
        text.endLine()
        text.line("counts", "\(result.entries.count)", "\(result.exclusions.count)")
        for entry in result.entries { write(entry, of: result, to: &text) }
        for exclusion in result.exclusions { write(exclusion, of: result, to: &text) }
        return text.bytes
    }

    private static func write(_ entry: RankedEntry, of result: RankingResult, to text: inout CanonicalText) {
        text.field("entry")
        text.field(entry.rank)
        text.field(entry.grade.map(String.init) ?? "")
        text.field(entry.composite?.text(fractionDigits: IndicatorScore.fractionDigits) ?? "")
        text.field(entry.advancedCoreCount)
        write(result.standard(of: entry), entry.occurrence, to: &text)
        text.field(String(entry.levels.map(letter)))
        text.endLine()
    }

    private static func write(
        _ exclusion: ExcludedStandard, of result: RankingResult, to text: inout CanonicalText
    ) {
        text.field("excluded")
        write(result.standard(of: exclusion), exclusion.occurrence, to: &text)
        text.field(exclusion.reasons.count)
        for reason in exclusion.reasons {
            text.field(reason.code)
            text.field(reason.subject)
        }
        text.endLine()
    }

    private static func write(_ standard: DeclaredStandard, _ occurrence: Int, to text: inout CanonicalText) {
        text.field(standard.enterprise.text)
        text.field(standard.number.text)
        text.list(standard.models)
        text.field(occurrence)
    }

    private static func letter(_ level: Level) -> Character {
        switch level {
        case .advanced: "A"
        case .average: "B"
        case .baseline: "C"
        case .below: "D"
        case .notApplicable: "N"
        case .missing: "M"
        }
    }
}
