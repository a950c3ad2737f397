package import Contracts

/// All statistics of a list, drawn.
package struct StatisticsSection {
    private let statistics: RankingAPI.ListStatistics
    private let language: ChartLanguage

    package init(_ statistics: RankingAPI.ListStatistics, _ language: ChartLanguage) {
        self.statistics = statistics
        self.language = language
    }

    package var html: String { levels + rises + indicators + tables }

    private func heading(_ zh: String, _ en: String) -> String {
        "<h2>\(language.pick(zh: zh, en: en))</h2>\n"
    }

    private var levels: String {
        heading("各指标的水平构成", "What the standards reach")
            + LevelSection(
                statistics.indicators.map { ($0.name, $0.levels ?? .init()) }, id: "level-mix",
                title: language.pick(zh: "每项指标一行，按标准数", en: "An indicator a row, by standards"), language
            ).html
    }

    private var rises: String {
        guard !statistics.rises.isEmpty else { return "" }
        let rows = statistics.rises.flatMap { rise in
            [
                (rise.name + language.pick(zh: "（前）", en: " (before)"), rise.before ?? .init()),
                (rise.name + language.pick(zh: "（后）", en: " (after)"), rise.after ?? .init()),
            ]
        }
        let title = language.pick(
            zh: "两次快照按同一组限值判定", en: "Both snapshots are judged by the same limits")
        return heading("水平提升", "Level rise")
            + LevelSection(rows, id: "level-rise", title: title, language).html
            + HTMLTable(
                caption: language.pick(zh: "两次都有的标准", en: "Standards that are in both"),
                head: [
                    language.pick(zh: "指标", en: "indicator"), language.pick(zh: "可比", en: "matched"),
                    language.pick(zh: "上升", en: "risen"), language.pick(zh: "下降", en: "fallen"),
                    language.pick(zh: "中位数（前）", en: "median before"),
                    language.pick(zh: "中位数（后）", en: "median after"),
                ],
                rows: statistics.rises.map { rise in
                    [
                        rise.name, ChartLanguage.grouped(rise.matched), ChartLanguage.grouped(rise.risen),
                        ChartLanguage.grouped(rise.fallen), Self.medians(rise.distributionsBefore),
                        Self.medians(rise.distributionsAfter),
                    ]
                }, numeric: [1, 2, 3, 4, 5]
            ).html
    }

    private static func medians(_ distributions: [RankingAPI.ValueDistribution]) -> String {
        distributions.map(\.median).filter { !$0.isEmpty }.joined(separator: " / ")
    }

    private var indicators: String {
        let sections = statistics.indicators.enumerated().map { index, statistics in
            IndicatorSection(statistics, id: "indicator-\(index + 1)", language).html
        }
        return heading("各指标声明值的分布", "How declared values are spread")
            + "<div class=\"grid\">\(sections.joined())</div>\n"
    }

    private var tables: String {
        let figures = statistics.tables.enumerated().map { index, table in
            CountSection(table, id: "list-count-\(index)", language).html
        }
        return heading("数量", "Counts") + "<div class=\"grid\">\(figures.joined())</div>\n"
    }
}
