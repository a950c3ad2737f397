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
        pieces(of: result, scheme: scheme, cutoff: cutoff, inputs: inputs).flatMap(\.self)
    }

    /// The same bytes, made on several cores: whoever digests them needs them in no one piece.
    static func pieces(
        of result: RankingResult, scheme: EvaluationScheme, cutoff: CivilDate, inputs: InputDigests
    ) -> [[UInt8]] {
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
        return [text.bytes]
            + lines(result.entries, of: result.standards, write)
            + lines(result.exclusions, of: result.standards, write)
    }

    /// The standards are looked at where they lie: a copy of one would count the references of all of it.
    private typealias Standards = UnsafeBufferPointer<DeclaredStandard>

    private static func lines<Item: Sendable>(
        _ items: [Item], of standards: [DeclaredStandard],
        _ write: @Sendable (Item, Standards, inout CanonicalText) -> Void
    ) -> [[UInt8]] {
        Cores.map(items.count, onCores: items.count < coreLineCount ? 1 : 2) { range in
            standards.withUnsafeBufferPointer { standards in
                var text = CanonicalText()
                for item in items[range] { write(item, standards, &text) }
                return text.bytes
            }
        }
    }

    /// Fewer lines than this are not worth a second thread.
    private static let coreLineCount = 2_000

    private static func write(
        _ entry: RankedEntry, _ standards: Standards, to text: inout CanonicalText
    ) {
        text.field("entry")
        text.field(entry.rank)
        text.field(entry.grade.map(String.init) ?? "")
        text.field(entry.composite?.text(fractionDigits: IndicatorScore.fractionDigits) ?? "")
        text.field(entry.advancedCoreCount)
        write(entry.row, standards, entry.occurrence, to: &text)
        text.field(letters: entry.levels.map(letter))
        text.endLine()
    }

    private static func write(
        _ exclusion: ExcludedStandard, _ standards: Standards, to text: inout CanonicalText
    ) {
        text.field("excluded")
        write(exclusion.row, standards, exclusion.occurrence, to: &text)
        text.field(exclusion.reasons.count)
        for reason in exclusion.reasons {
            text.field(reason.code)
            text.field(reason.subject)
        }
        text.endLine()
    }

    private static func write(
        _ row: Int, _ standards: Standards, _ occurrence: Int, to text: inout CanonicalText
    ) {
        text.field(standards[row].enterprise.text)
        text.field(standards[row].number.text)
        text.list(standards[row].models)
        text.field(occurrence)
    }

    private static func letter(_ level: Level) -> UInt8 {
        switch level {
        case .advanced: UInt8(ascii: "A")
        case .average: UInt8(ascii: "B")
        case .baseline: UInt8(ascii: "C")
        case .below: UInt8(ascii: "D")
        case .notApplicable: UInt8(ascii: "N")
        case .missing: UInt8(ascii: "M")
        }
    }
}
