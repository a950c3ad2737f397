import ArgumentParser
import Contracts
import RankingService
import Regulation
import Wire

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a standard has its rank or was left out, and what a better rank would take.",
        discussion: """
            KEY is a credit code, a standard number, a key as `forerunner rank` shows it, or a part of one, of
            the enterprise's name or of a model. The standards are ranked first, as `forerunner rank` does.

            Example:
              forerunner explain "Q/GREEN 001" --scheme bundled:schemes/directional-lamps.json \\
                --standards bundled:standards/energystar_light_bulbs_2020.csv.gz \\
                --profile bundled:profiles/light-bulbs.json --cutoff 2025-09-01

            Exit code 1 when no such standard is in the file.
            """)

    @Argument(help: "Which standards to explain.")
    var key: String

    @OptionGroup var input: RankingOptions

    @Option(help: "text, json or html.")
    var format = ExplanationFormat.text

    @Option(help: "Explain so many standards at most, 1 to 100.")
    var top = 5

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            guard (1...100).contains(top) else { throw Failure(.badInput, "--top is 1 to 100") }
            let ranking = try input.load(language)
            let found = StandardFinder.find(key, in: ranking.result)
            guard !found.isEmpty else {
                throw Failure(
                    .no,
                    language.pick(
                        zh: "文件的“\(ranking.scheme.scope.category)”类别中没有“\(key)”",
                        en:
                            "no standard of category “\(ranking.scheme.scope.category)” has “\(key)” in its "
                            + "key, enterprise or models"))
            }
            let explainer = ranking.explainer
            let explanations = try found.prefix(top).map { found in
                ExplanationMessages.message(
                    try explainer.explanation(
                        of: ranking.result.standards[found.row], key: found.key, at: found.position))
            }
            if found.count > top {
                Console.tell(
                    language.pick(
                        zh: "共找到 \(found.count) 项，解释前 \(top) 项；--top 可改",
                        en: "\(found.count) standards found, the first \(top) are explained; see --top"))
            }
            switch format {
            case .text:
                let texts = explanations.map { ExplanationText($0, language).text }
                Console.result(texts.joined(separator: "\n"), terminator: "")
            case .json:
                Console.result(
                    RankingAPI.ExplainResponse(explanations: explanations, total: UInt32(found.count))
                        .jsonText())
            case .html:
                Console.result(
                    ExplanationPage(explanations, title: ranking.title, language).html, terminator: "")
            }
        }
    }
}

enum ExplanationFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, html
}
