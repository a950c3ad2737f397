package import Contracts
import Exporting

/// One indicator of a category, drawn: how its values are spread, where the limits of the levels lie, how
/// many standards reach each level; and the same figures in a table.
package struct IndicatorSection {
    private let statistics: RankingAPI.IndicatorStatistics
    private let language: ChartLanguage
    private let id: String

    /// - Parameter id: unique on the page; ASCII letters, digits and hyphens.
    package init(_ statistics: RankingAPI.IndicatorStatistics, id: String, _ language: ChartLanguage) {
        self.statistics = statistics
        self.id = id
        self.language = language
    }

    package var html: String {
        var html = "<section class=\"indicator\" id=\"\(id)\"><h3>\(Markup.escaped(statistics.name)) "
        html += "<small>\(Markup.escaped(language.name(of: statistics.kind)))</small></h3>"
        html += "<p class=\"meta\">\(Markup.escaped(coverage))</p>"
        for (index, distribution) in statistics.distributions.enumerated() {
            html += figure(distribution, "\(id)-\(index)")
        }
        if statistics.distributions.isEmpty {
            html +=
                "<p class=\"empty\">"
                + language.pick(zh: "没有可判读的声明值。", en: "Nothing usable is declared.") + "</p>"
        }
        return html + "</section>\n"
    }

    private var coverage: String {
        let declared = ChartLanguage.percent(statistics.declaring, of: statistics.applicable)
        let stricter = ChartLanguage.percent(statistics.stricter, of: statistics.compared)
        func number(_ value: UInt32) -> String { ChartLanguage.grouped(value) }
        var text = language.pick(
            zh: "适用 \(number(statistics.applicable)) 项，已声明 \(number(statistics.declaring)) 项"
                + "（\(declared)）",
            en: "applies to \(number(statistics.applicable)), declared by \(number(statistics.declaring)) "
                + "(\(declared))")
        if statistics.compared > 0 {
            text += language.pick(
                zh: "；严于国家标准或行业标准 \(number(statistics.stricter)) 项（\(stricter)）",
                en: "; stricter than the national or industry limit: \(number(statistics.stricter)) "
                    + "(\(stricter))")
        }
        return text
    }

    // MARK: One variant

    private func figure(_ distribution: RankingAPI.ValueDistribution, _ id: String) -> String {
        let title = caption(distribution)
        let drawing =
            distribution.words.isEmpty
            ? histogram(distribution, id, title) : bars(distribution, id, title)
        return "<figure>\(drawing)<figcaption>\(Markup.escaped(title))</figcaption>"
            + "<details><summary>\(language.pick(zh: "数据表", en: "Figures"))</summary>"
            + table(distribution, title) + "</details></figure>"
    }

    private func caption(_ distribution: RankingAPI.ValueDistribution) -> String {
        var parts = [statistics.name]
        if !distribution.unit.isEmpty { parts[0] += " (\(distribution.unit))" }
        if !distribution.conditions.isEmpty { parts.append(distribution.conditions) }
        if !distribution.testMethod.isEmpty { parts.append(distribution.testMethod) }
        let count = ChartLanguage.grouped(distribution.count)
        parts.append(language.pick(zh: "\(count) 项", en: "\(count) standards"))
        if !distribution.median.isEmpty {
            parts.append(
                language.pick(zh: "中位数 \(distribution.median)", en: "median \(distribution.median)"))
        }
        return parts.joined(separator: " · ")
    }

    private func histogram(
        _ distribution: RankingAPI.ValueDistribution, _ id: String, _ title: String
    ) -> String {
        let limits = levels(distribution)
        var marks = limits.map { limit, level in
            Histogram.Mark(value: limit.value, label: "\(language.name(of: level)) \(limit.text)")
        }
        if let legal = LimitText(distribution.legal) {
            marks.append(
                Histogram.Mark(
                    value: legal.value, label: language.pick(zh: "国行标", en: "legal") + " \(legal.text)",
                    isLegal: true))
        }
        let bins = distribution.bins.map { bin in
            Histogram.Bin(
                low: Double(bin.low), high: Double(bin.high), count: Int(bin.count), text: Self.text(of: bin))
        }
        let ends = distribution.bins.map(\.low) + [distribution.bins.last?.high ?? ""]
        let ticks = ends.compactMap { end in
            Double(end).map { Histogram.Tick(value: $0, text: end) }
        }
        return Histogram(
            id: id, title: title, unit: distribution.unit, bins: bins, marks: marks,
            zones: LevelZones.zones(limits), ticks: ticks
        ).svg
    }

    private func levels(
        _ distribution: RankingAPI.ValueDistribution
    ) -> [(limit: LimitText, level: RankingAPI.Level)] {
        [
            (distribution.baseline, RankingAPI.Level.baseline), (distribution.average, .average),
            (distribution.advanced, .advanced),
        ].compactMap { text, level in LimitText(text).map { ($0, level) } }
    }

    private func bars(
        _ distribution: RankingAPI.ValueDistribution, _ id: String, _ title: String
    ) -> String {
        BarChart(
            id: id, title: title,
            bars: distribution.words.prefix(Self.wordCountMax).map { row in
                .init(
                    label: language.word(row.value), value: Int(row.count),
                    text: ChartLanguage.grouped(row.count))
            }
        ).svg
    }

    /// Intervals may be many; the table beside has all of them.
    private static let wordCountMax = 20

    private func table(_ distribution: RankingAPI.ValueDistribution, _ title: String) -> String {
        let heads = [
            language.pick(zh: "声明值", en: "declared"), language.pick(zh: "标准数", en: "standards"),
            language.pick(zh: "占比", en: "share"),
        ]
        let counted =
            distribution.words.isEmpty
            ? distribution.bins.map { (Self.text(of: $0), $0.count) }
            : distribution.words.map { (language.word($0.value), $0.count) }
        let rows = counted.map { text, count in
            [text, ChartLanguage.grouped(count), ChartLanguage.percent(count, of: distribution.count)]
        }
        var html = HTMLTable(caption: title, head: heads, rows: rows, numeric: [1, 2]).html
        if !distribution.median.isEmpty {
            let head = ["", "min", "Q1", language.pick(zh: "中位数", en: "median"), "Q3", "max"]
            let row = [
                statistics.name, distribution.minimum, distribution.lowerQuartile, distribution.median,
                distribution.upperQuartile, distribution.maximum,
            ]
            html +=
                HTMLTable(
                    caption: language.pick(zh: "次序统计量", en: "Order statistics"), head: head, rows: [row],
                    numeric: [1, 2, 3, 4, 5]
                ).html
        }
        return html
    }

    private static func text(of bin: RankingAPI.HistogramBin) -> String {
        if bin.low.isEmpty { return "< \(bin.high)" }
        return bin.high.isEmpty ? "≥ \(bin.low)" : "\(bin.low) – \(bin.high)"
    }
}

extension RankingAPI.Level {
    var fill: ChartFill {
        switch self {
        case .advanced: .advanced
        case .average: .average
        case .baseline: .baseline
        case .below: .below
        case .notApplicable, .unspecified, .unrecognized: .none
        case .missing: .absent
        }
    }
}
