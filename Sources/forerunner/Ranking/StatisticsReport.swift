import Charts
import Contracts
import Exporting
import RankingService
import Regulation

/// Statistics of a file, in the forms a person or a script asks for.
struct StatisticsReport {
    let statistics: RankingAPI.ListStatistics
    private let title: String
    private let cutoff: CivilDate
    private let language: Language

    init(_ ranking: LocalRanking, earlier: LocalRanking?, attribute: String?, _ language: Language) {
        let scheme = ranking.scheme
        title = ranking.title
        cutoff = ranking.cutoff
        self.language = language
        let rises = earlier.map {
            LevelRise.all(from: $0.standards, to: ranking.standards, under: scheme)
        }
        let tables =
            CountTable.tables(of: ranking.standards, attribute: attribute)
            + CountTable.tables(of: ranking.result)
        statistics = RankingAPI.ListStatistics(
            product: scheme.scope.items.map(\.name).joined(separator: "、"), category: scheme.scope.category,
            standardCount: UInt32(ranking.standards.count), entryCount: UInt32(ranking.result.entries.count),
            indicators: IndicatorStatistics.all(of: ranking.standards, under: scheme)
                .map(StatisticsMessages.message),
            rises: (rises ?? []).map(StatisticsMessages.message),
            tables: tables.map(StatisticsMessages.message))
    }

    private func pick(_ zh: String, _ en: String) -> String { language.pick(zh: zh, en: en) }

    // MARK: Text and CSV

    /// Section, item, and what there is to say of it; the same lines as the CSV.
    var text: String {
        StatisticsLines(statistics).lines.map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    }

    var csv: String {
        ([StatisticsLines.head] + StatisticsLines(statistics).lines)
            .map(CSVText.line).joined()
    }

    // MARK: The page

    var html: String {
        ReportPage(
            title: title, language: language,
            body: """
                <h1>\(Markup.escaped(title)) · \(pick("统计", "statistics"))</h1>
                <p class="lead">\(Markup.escaped(statistics.category)) · \
                \(pick("数据截止", "as of")) \(cutoff) · \
                \(ChartLanguage.grouped(statistics.standardCount)) \(pick("项标准", "standards")), \
                \(ChartLanguage.grouped(statistics.entryCount)) \(pick("项入榜", "ranked"))</p>
                \(StatisticsSection(statistics, language.chart).html)
                """
        ).html
    }
}
