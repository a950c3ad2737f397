import ArgumentParser
import Contracts
import RankingService
import Regulation

/// A file of declared standards, evaluated by a scheme in this process.
struct LocalRanking {
    let title: String
    let scheme: EvaluationScheme
    let cutoff: CivilDate
    let standing: Standing
    /// The whole file, as the ranking service keeps it.
    let snapshot: [DeclaredStandard]
    let evaluation: CategoryEvaluation
    let counts: ImportCounts

    var result: RankingResult { evaluation.result }
    /// The standards of the scheme's category, as the scheme reads them.
    var standards: [DeclaredStandard] { result.standards }
    /// Accepted rows of the file that are of another category.
    var otherCategoryCount: Int { snapshot.count - standards.count }

    var trial: StandardTrial { StandardTrial(scheme: scheme, standing: standing, cutoff: cutoff) }
    var explainer: Explainer { Explainer(trial: trial, places: ResultPlaces(result)) }

    init(
        scheme: EvaluationScheme, title: String, outcome: ImportOutcome, cutoff: CivilDate
    ) throws(Failure) {
        self.scheme = scheme
        self.title = title
        self.cutoff = cutoff
        counts = outcome.summary
        // As the record says them: the import reads every value so.
        snapshot = outcome.standards
        let standards = RecordedForm.read(
            snapshot.filter { $0.category == scheme.scope.category }, under: scheme)
        guard !standards.isEmpty else {
            throw Failure(
                .no,
                "no standard of category “\(scheme.scope.category)” is in the file; it has: "
                    + outcome.summary.categories.map(\.category).joined(separator: ", "))
        }
        standing = Standing()
        evaluation = RankingEngine.explainable(
            scheme: scheme, standards: standards, standing: standing, cutoff: cutoff)
    }
}

/// The files of an evaluation, as every command that evaluates one takes them.
struct RankingOptions: ParsableArguments {
    @Option(help: "Scheme file: the JSON mapping of EvaluationScheme.")
    var scheme: String

    @Option(help: "Declared standards: CSV or NDJSON, also packed with gzip.")
    var standards: String

    @Option(help: "Import profile that maps the file's columns.")
    var profile: String

    @Option(help: "Cut-off day, YYYY-MM-DD: standards are taken as they stood on it.")
    var cutoff: String

    /// Rows that cannot be taken are told on standard error.
    func load(_ language: Language) throws(Failure) -> LocalRanking {
        try load(standards: standards, profile: profile, cutoff: cutoff, language)
    }

    /// The same scheme, on other files.
    func load(
        standards: String, profile: String, cutoff: String, _ language: Language
    ) throws(Failure) -> LocalRanking {
        guard let day = CivilDate(cutoff) else {
            throw Failure(
                .badInput, "--cutoff “\(cutoff)” is no date; write YYYY-MM-DD, as in 2025-09-01")
        }
        let loaded = try InputFiles.scheme(scheme, language)
        let outcome = try InputFiles.standards(standards, profilePath: profile, cutoff: day, language)
        for row in outcome.rejectedRows {
            Console.tell(RankFileCommand.line(row.message(inChinese: language == .zh)))
        }
        return try LocalRanking(
            scheme: loaded.scheme, title: loaded.message.title, outcome: outcome, cutoff: day)
    }
}
