import Charts
import Contracts
import Exporting
import Foundation
import Regulation
import Testing

@testable import forerunner

@Suite("Reports of a file as pages")
struct ReportPageTests {
    private static let ranking: Result<LocalRanking, any Error> = Result {
        let loaded = try InputFiles.scheme("bundled:schemes/directional-lamps.json", .en)
        let outcome = try InputFiles.standards(
            "bundled:standards/energystar_light_bulbs_2020.csv.gz",
            profilePath: "bundled:profiles/light-bulbs.json", cutoff: nil, .en)
        return try LocalRanking(
            scheme: loaded.scheme, title: loaded.message.title, outcome: outcome,
            cutoff: CivilDate("2025-09-01") ?? .min)
    }

    @Test(
        "the ranking's page stands by itself: nothing from elsewhere, no script, every chart with its table")
    func page() throws {
        let report = RankingReport(try Self.ranking.get())
        let html = RankingPage(report, .en).html
        #expect(!html.contains("<script") && !html.contains("http") && !html.contains("@import"))
        #expect(!html.contains("url(") && !html.contains("<link") && !html.contains("<img"))
        let drawings = html.components(separatedBy: "<svg class=\"chart\"").count - 1
        #expect(drawings > report.scheme.indicators.count)
        #expect(html.components(separatedBy: "<details>").count - 1 >= drawings)
        #expect(html.components(separatedBy: "<desc id=").count - 1 == drawings)
        let ids = html.matches(of: #/ id="([^"]+)"/#).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for indicator in report.scheme.indicators { #expect(html.contains(Markup.escaped(indicator.name))) }
        #expect(html.contains("prefers-color-scheme:dark") && html.contains("@media print"))
    }

    @Test("the table has the first two hundred rows, and says how many more there are")
    func rows() throws {
        let report = RankingReport(try Self.ranking.get())
        let html = RankingPage(report, .en).html
        let ranks = html.components(separatedBy: "<h2 id=\"ranks\">")[1]
        #expect(ranks.components(separatedBy: "<tr><th scope=\"row\" class=\"num\">").count - 1 == 200)
        #expect(ranks.contains("\(report.entries.count - 200) more follow"))
        #expect(html.contains(report.digests.result.map { String(format: "%02x", $0) }.joined()))
    }

    @Test(
        "a share is shown in per cent with every digit it has",
        arguments: [
            ("0.015873", "1.5873 %"), ("1", "100 %"), ("0.5", "50 %"), ("12.25", "1225 %"), ("0", "0 %"),
        ])
    func percent(share: String, text: String) { #expect(ExplanationWords.percent(share) == text) }

    @Test("an enterprise's words stay text on the page of an explanation")
    func escaping() {
        let explanation = RankingAPI.Explanation(
            key: "<b>", enterprise: .init(creditCode: "C", name: "<script>"), standardNumber: "&", rank: 0,
            reasons: [.init(code: "X", textZh: "<i>", textEn: "<i>")],
            indicators: [.init(indicator: "a", name: "<u>", declared: "≥ 1", baseline: "≥ 2")])
        let html = ExplanationPage([explanation], title: "<title>", .en).html
        for tag in ["<script>", "<b><", "<i>", "<u>", "<title><title>"] { #expect(!html.contains(tag)) }
        #expect(html.contains("&lt;script&gt;"))
    }
}
