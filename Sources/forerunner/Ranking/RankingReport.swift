import Contracts
import RankingService
import Regulation
import Transparency

/// A ranking computed in this process, in the forms a person or a script asks for.
///
/// JSON and CSV are stable: they hold the result and its digests, nothing of the machine or the moment.
struct RankingReport {
    let title: String
    let scheme: EvaluationScheme
    let cutoff: CivilDate
    let entries: [RankingAPI.Entry]
    let exclusions: [RankingAPI.Exclusion]
    let digests: RankingAPI.ResultDigests
    /// Accepted rows of the file that are of another category.
    let otherCategoryCount: Int
    private let counts: ImportCounts

    init(
        scheme: EvaluationScheme, title: String, outcome: ImportOutcome, cutoff: CivilDate
    ) throws(Failure) {
        self.scheme = scheme
        self.title = title
        self.cutoff = cutoff
        counts = outcome.summary
        let snapshot: [DeclaredStandard]
        do {
            snapshot = try Parallel.map(outcome.standards) { try RecordedForm.of($0) }
        } catch {
            throw Failure(.badInput, "a standard cannot be recorded: \(error)")
        }
        let standards = RecordedForm.read(
            snapshot.filter { $0.category == scheme.scope.category }, under: scheme)
        otherCategoryCount = snapshot.count - standards.count
        guard !standards.isEmpty else {
            throw Failure(
                .no,
                "no standard of category “\(scheme.scope.category)” is in the file; it has: "
                    + outcome.summary.categories.map(\.category).joined(separator: ", "))
        }
        let standing = Standing()
        let result = RankingEngine.evaluate(
            scheme: scheme, standards: standards, standing: standing, cutoff: cutoff)
        let messages = ResultMessages(result, under: scheme)
        entries = messages.entries
        exclusions = messages.exclusions
        // The snapshot is the whole file, as the ranking service keeps it, so both state the same digests.
        let inputs = InputDigests(scheme: scheme, standards: snapshot, standing: standing)
        digests = RankingAPI.ResultDigests(
            scheme: inputs.scheme, snapshot: inputs.snapshot, standing: inputs.standing,
            result: EvaluationDigest.result(result, scheme: scheme, cutoff: cutoff, inputs: inputs))
    }

    func summary(_ language: Language) -> String {
        ImportStandardsCommand.summary(counts, language) + "\n"
            + language.pick(
                zh: "\(title)：入榜\(entries.count)项，未入榜\(exclusions.count)项，其他类别\(otherCategoryCount)项；"
                    + "结果摘要\(HexText.text(digests.result))",
                en:
                    "\(title): \(entries.count) entries, \(exclusions.count) left out, "
                    + "\(otherCategoryCount) of other categories; "
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
