import Charts
import Contracts
import Exporting
import Foundation
import FoundationXML
import Testing

@Suite("Drawings")
struct ChartTests {
    private static let hostile = "<script>alert('x')</script>&\"\u{0301}\u{0}"

    private func parses(_ markup: String) -> Bool {
        let parser = XMLParser(data: Data("<page>\(markup)</page>".utf8))
        return parser.parse()
    }

    @Test("a hostile name is only ever text, in every drawing and table")
    func escaping() {
        let counts = RankingAPI.CountTable(
            subject: "STANDARDS", attribute: "CATEGORY", rows: [.init(value: Self.hostile, count: 3)])
        let indicator = RankingAPI.IndicatorStatistics(
            indicator: "a", name: Self.hostile, kind: .core, applicable: 3, declaring: 3,
            levels: .init(advanced: 1, average: 2),
            distributions: [
                .init(
                    variant: 1, unit: Self.hostile, conditions: Self.hostile, count: 3, minimum: "1",
                    lowerQuartile: "1", median: "2", upperQuartile: "3", maximum: "3", legal: "≥ 0",
                    baseline: "≥ 1", average: "≥ 2", advanced: "≥ 3",
                    bins: [.init(low: "1", high: "2", count: 1), .init(low: "2", high: "", count: 2)]),
                .init(variant: 2, count: 1, words: [.init(value: Self.hostile, count: 1)]),
            ])
        let statistics = RankingAPI.ListStatistics(
            indicators: [indicator],
            rises: [.init(indicator: "a", name: Self.hostile, before: .init(advanced: 1), after: .init())],
            tables: [counts])
        let html = StatisticsSection(statistics, .zh).html
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;"))
        #expect(parses(html))
        let scale = LimitScale(
            id: "s", title: Self.hostile, declared: "≥ 2", level: .average,
            limits: [("≥ 1", .baseline), ("≥ 3", .advanced)], legal: "", .en)
        #expect(scale.map { parses($0.svg) && !$0.svg.contains("<script") } == true)
    }

    @Test("a histogram has a title, a description, a bar for each bin with values and a line for each limit")
    func histogram() {
        let svg = Histogram(
            id: "h", title: "efficacy", unit: "lm/W",
            bins: [
                .init(low: nil, high: 10, count: 1, text: "< 10"),
                .init(low: 10, high: 20, count: 5, text: "10 – 20"),
                .init(low: 20, high: 30, count: 0, text: "20 – 30"),
            ],
            marks: [.init(value: 12, label: "baseline"), .init(value: 13, label: "legal", isLegal: true)],
            zones: [.init(low: nil, high: 12, style: .below)], ticks: [.init(value: 10, text: "10")]
        ).svg
        #expect(parses(svg))
        #expect(svg.contains("aria-labelledby=\"h-t h-d\""))
        #expect(svg.contains("<desc id=\"h-d\">&lt; 10: 1; 10 – 20: 5; baseline; legal</desc>"))
        #expect(svg.components(separatedBy: "class=\"bar\"").count == 3)
        #expect(svg.components(separatedBy: "class=\"mark\"").count == 2)
        #expect(svg.components(separatedBy: "class=\"mark-legal\"").count == 2)
    }

    @Test("empty and degenerate figures are drawn without a number that is none")
    func degenerate() {
        let drawings = [
            BarChart(id: "b", title: "", bars: []).svg,
            BarChart(id: "b", title: "", bars: [.init(label: "x", value: 0, text: "0")]).svg,
            StackedBars(id: "s", title: "", rows: [.init(label: "x", parts: [])]).svg,
            Histogram(id: "h", title: "", unit: "", bins: [], marks: [], zones: [], ticks: []).svg,
            Histogram(
                id: "h", title: "", unit: "", bins: [.init(low: nil, high: nil, count: 2, text: "all")],
                marks: [.init(value: 5, label: "five")], zones: [], ticks: []
            ).svg,
        ]
        for drawing in drawings {
            #expect(parses(drawing))
            #expect(!drawing.contains("nan") && !drawing.contains("inf"))
        }
    }

    @Test(
        "numbers are grouped, and shares rounded half up",
        arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")])
    func grouped(number: Int, text: String) {
        #expect(ChartLanguage.grouped(number) == text)
        #expect(ChartLanguage.percent(1, of: 3) == "33.3 %")
        #expect(ChartLanguage.percent(1, of: 9999) == "0.1 %")
        #expect(ChartLanguage.percent(9998, of: 9999) == "99.9 %")
        #expect(ChartLanguage.percent(7, of: 7) == "100.0 %")
        #expect(ChartLanguage.percent(0, of: 0) == "")
    }

    @Test(
        "a field of a CSV file is quoted where it must be, and no formula",
        arguments: [
            ("a", "a"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=1+1", "'=1+1"), ("-5", "-5"),
            ("-x", "'-x"),
        ])
    func csv(text: String, field: String) { #expect(CSVText.field(text) == field) }
}
