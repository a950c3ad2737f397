import ArgumentParser
import Contracts
import RankingService
import Wire

struct StatisticsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "Count and measure declared standards: levels, coverage, quartiles, level rise.",
        discussion: """
            Counts are of the scheme's category. An industry is counted only where the standards declare one:
            name its attribute with --by. With an earlier file, both are judged by the scheme's limits, and
            what rose and fell is shown.

            Example:
              forerunner statistics --scheme bundled:schemes/directional-lamps.json \\
                --standards bundled:standards/energystar_light_bulbs_2020.csv.gz \\
                --profile bundled:profiles/light-bulbs.json --cutoff 2025-09-01 --format html > page.html
            """)

    @OptionGroup var input: RankingOptions

    @Option(help: "Attribute of the declared standards to count by as well, such as an industry.")
    var by: String?

    @Option(help: "Declared standards of an earlier period, for the level rise.")
    var earlierStandards: String?

    @Option(help: "Import profile of the earlier file; by default the same.")
    var earlierProfile: String?

    @Option(help: "text, json, csv or html.")
    var format = StatisticsFormat.text

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            let ranking = try input.load(language)
            let earlier = try earlierStandards.map { path throws(Failure) in
                try input.load(
                    standards: path, profile: earlierProfile ?? input.profile, cutoff: input.cutoff, language)
            }
            let report = StatisticsReport(ranking, earlier: earlier, attribute: by, language)
            switch format {
            case .text: Console.result(report.text, terminator: "")
            case .json: Console.result(report.statistics.jsonText())
            case .csv: Console.result(report.csv, terminator: "")
            case .html: Console.result(report.html, terminator: "")
            }
        }
    }
}

enum StatisticsFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, csv, html
}
