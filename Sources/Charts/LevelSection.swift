package import Contracts
import Exporting

/// How many standards reach each level, an indicator a row: drawn, and in a table.
package struct LevelSection {
    private static let levels: [RankingAPI.Level] = [
        .advanced, .average, .baseline, .below, .missing, .notApplicable,
    ]

    private let rows: [(name: String, counts: RankingAPI.LevelCounts)]
    private let language: ChartLanguage
    private let id: String
    private let title: String

    /// - Parameter id: unique on the page; ASCII letters, digits and hyphens.
    package init(
        _ rows: [(name: String, counts: RankingAPI.LevelCounts)], id: String, title: String,
        _ language: ChartLanguage
    ) {
        self.rows = rows
        self.id = id
        self.title = title
        self.language = language
    }

    package var html: String {
        let bars = StackedBars(
            id: id, title: title,
            rows: rows.map { row in
                StackedBars.Row(
                    label: row.name,
                    parts: Self.levels.map { level in
                        .init(
                            label: language.name(of: level), value: Self.count(level, in: row.counts),
                            style: level.fill)
                    })
            })
        let table = HTMLTable(
            caption: title,
            head: [language.pick(zh: "指标", en: "indicator")] + Self.levels.map { language.name(of: $0) },
            rows: rows.map { row in
                [row.name] + Self.levels.map { ChartLanguage.grouped(Self.count($0, in: row.counts)) }
            }, numeric: Set(1...Self.levels.count))
        return "<figure id=\"\(id)\">\(bars.svg)<figcaption>\(Markup.escaped(title))</figcaption>"
            + "<details><summary>\(language.pick(zh: "数据表", en: "Figures"))</summary>\(table.html)</details>"
            + "</figure>\n"
    }

    private static func count(_ level: RankingAPI.Level, in counts: RankingAPI.LevelCounts) -> Int {
        switch level {
        case .advanced: Int(counts.advanced)
        case .average: Int(counts.average)
        case .baseline: Int(counts.baseline)
        case .below: Int(counts.below)
        case .notApplicable: Int(counts.notApplicable)
        case .missing: Int(counts.missing)
        case .unspecified, .unrecognized: 0
        }
    }
}
