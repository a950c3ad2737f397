import ArgumentParser
import Contracts
import RankingService
import Regulation
import Wire

struct RankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rank", abstract: "Rank declared standards, and verify published rankings.",
        subcommands: [RankFileCommand.self, RankVerifyCommand.self], defaultSubcommand: RankFileCommand.self)
}

struct RankFileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "file",
        abstract: "Rank a file of declared standards by a scheme, in this process.",
        discussion: """
            The same scheme, the same standards and the same cut-off give the same bytes on every machine, in
            whatever order the rows come. Standards of another category than the scheme's are not looked at.
            Rows that cannot be taken are listed on standard error with file, row, line, column and reason.

            Files named bundled:… come with the program: schemes/directional-lamps.json,
            profiles/light-bulbs.json, standards/energystar_light_bulbs_2020.csv.gz and others.

            Example:
              forerunner rank --scheme bundled:schemes/directional-lamps.json \\
                --standards bundled:standards/energystar_light_bulbs_2020.csv.gz \\
                --profile bundled:profiles/light-bulbs.json --cutoff 2025-09-01
            """)

    @OptionGroup var input: RankingOptions

    @Option(help: "table, json, csv or html.")
    var format = RankingFormat.table

    @Option(help: "Show only the first so many entries of a table; 0 shows all.")
    var top = 20

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            let ranking = RankingReport(try input.load(language))
            Console.tell(ranking.summary(language))
            switch format {
            case .table: Console.result(ranking.table(top: top, language), terminator: "")
            case .json: Console.result(try ranking.json())
            case .csv: Console.result(ranking.csv(language), terminator: "")
            case .html: Console.result(RankingPage(ranking, language).html, terminator: "")
            }
        }
    }

    static func line(_ row: StandardsAPI.RejectedRow) -> String {
        "\(row.file) row \(row.row) line \(row.line) [\(row.column)] “\(row.value)” "
            + "\(row.code): \(row.reason)"
    }
}

enum RankingFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, csv, html
}
