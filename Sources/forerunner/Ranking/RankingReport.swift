import Contracts
import RankingService
import Regulation
import Transparency

/// A ranking computed in this process, in the forms a person or a script asks for.
///
/// JSON and CSV are stable: they hold the result and its digests, nothing of the machine or the moment.
struct RankingReport {
    let ranking: LocalRanking
    let entries: [RankingAPI.Entry]
    let exclusions: [RankingAPI.Exclusion]
    let digests: RankingAPI.ResultDigests

    var title: String { ranking.title }
    var scheme: EvaluationScheme { ranking.scheme }
    var cutoff: CivilDate { ranking.cutoff }

    init(_ ranking: LocalRanking) {
        self.ranking = ranking
        let messages = ResultMessages(ranking.evaluation)
        entries = messages.entries
        exclusions = messages.exclusions
        // The snapshot is the whole file, as the ranking service keeps it, so both state the same digests.
        let inputs = InputDigests(
            scheme: ranking.scheme, standards: ranking.snapshot, standing: ranking.standing)
        digests = RankingAPI.ResultDigests(
            scheme: inputs.scheme, snapshot: inputs.snapshot, standing: inputs.standing,
            result: EvaluationDigest.result(
                ranking.result, scheme: ranking.scheme, cutoff: ranking.cutoff, inputs: inputs))
    }

    func summary(_ language: Language) -> String {
        ImportStandardsCommand.summary(ranking.counts, language) + "\n"
            + language.pick(
                zh: "\(title)：入榜\(entries.count)项，未入榜\(exclusions.count)项，其他类别\(ranking.otherCategoryCount)项；"
                    + "结果摘要\(HexText.text(digests.result))",
                en:
                    "\(title): \(entries.count) entries, \(exclusions.count) left out, "
                    + "\(ranking.otherCategoryCount) of other categories; "
                    + "result digest \(HexText.text(digests.result))")
    }

    /// One line an entry: rank, grade or score, enterprise, standard, models, levels.
    func table(top: Int, _ language: Language) -> String {
        var text = ""
        for entry in top == 0 ? entries[...] : entries.prefix(top) {
            let mark = entry.grade > 0 ? "grade \(entry.grade)" : entry.score
            let levels = entry.indicators.map { "\($0.indicator)=\($0.declared)\(Self.letter($0.level))" }
            text +=
                [
                    "\(entry.rank)", mark, entry.enterprise?.name ?? "", entry.standardNumber,
                    entry.models.joined(separator: "+"), levels.joined(separator: " "),
                ].joined(separator: "\t") + "\n"
        }
        if top > 0, entries.count > top {
            text += language.pick(
                zh: "…（共\(entries.count)项；--top 0 显示全部）\n",
                en: "… (\(entries.count) entries; --top 0 shows all)\n")
        }
        let reasons = Dictionary(
            exclusions.flatMap(\.reasons).map { ($0.code, 1) }, uniquingKeysWith: +)
        for (code, count) in reasons.sorted(by: { $0.key < $1.key }) {
            text += language.pick(zh: "未入榜\t\(code)\t\(count)\n", en: "left out\t\(code)\t\(count)\n")
        }
        return text
    }

    private static func letter(_ level: RankingAPI.Level) -> String {
        switch level {
        case .advanced: "(A)"
        case .average: "(B)"
        case .baseline: "(C)"
        case .below: "(-)"
        case .missing: "(?)"
        case .notApplicable: ""
        case .unspecified, .unrecognized: ""
        }
    }
}
