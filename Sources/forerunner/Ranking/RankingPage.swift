import Charts
import Contracts
import Exporting
import RankingService
import Regulation
import Transparency

/// A ranking as a page to look at: the first ranks, every indicator drawn with its limits, what was left out
/// and why, and how to check it all.
struct RankingPage {
    /// Entries in the table; the JSON and CSV forms have all.
    private static let rowCountMax = 200

    private let report: RankingReport
    private let language: Language
    private let statistics: [RankingAPI.IndicatorStatistics]

    init(_ report: RankingReport, _ language: Language) {
        self.report = report
        self.language = language
        statistics = IndicatorStatistics.all(of: report.ranking.standards, under: report.scheme)
            .map(StatisticsMessages.message)
    }

    var html: String {
        ReportPage(
            title: report.title, language: language,
            body: head + levels + distributions + leftOut + spread + table + verification
        ).html
    }

    private func pick(_ zh: String, _ en: String) -> String { language.pick(zh: zh, en: en) }

    private func heading(_ id: String, _ zh: String, _ en: String) -> String {
        "<h2 id=\"\(id)\">\(pick(zh, en))</h2>\n"
    }

    // MARK: The chapters

    private var head: String {
        let enterprises = Set(report.entries.map { $0.enterprise?.creditCode ?? "" }).count
        let tiles = [
            (report.entries.count, pick("项入榜", "entries ranked")),
            (enterprises, pick("家企业", "enterprises")),
            (report.exclusions.count, pick("项未入榜", "left out, with reasons")),
            (report.entries.count { $0.rank == 1 }, pick("项名列第一", "at rank 1")),
            (report.scheme.indicators.count, pick("项指标", "indicators")),
        ].map { "<div class=\"tile\"><b>\(ChartLanguage.grouped($0))</b><span>\($1)</span></div>" }
        let chapters = [
            ("levels", pick("水平构成", "Levels")), ("spread-of-values", pick("指标分布", "Indicators")),
            ("left-out", pick("未入榜", "Left out")), ("where", pick("分布", "Where")),
            ("ranks", pick("名次", "Ranks")), ("verify", pick("如何核验", "How to verify")),
        ].map { "<a href=\"#\($0)\">\($1)</a>" }
        return """
            <h1>\(Markup.escaped(report.title))</h1>
            <p class="lead">\(pick("数据截止", "as of")) \(report.cutoff) · \
            \(Markup.escaped(methodName)) · \(pick("结果摘要", "result digest")) \
            <code>\(HexText.text(report.digests.result))</code></p>
            <nav class="toc">\(chapters.joined())</nav>
            <div class="tiles">\(tiles.joined())</div>

            """
    }

    private var methodName: String {
        switch report.scheme.method.model {
        case .graded: pick("质量分级：最弱的核心指标决定等级", "graded: the weakest core indicator decides")
        case .weighted: pick("加权综合：得分高者在前", "weighted: higher composites first")
        case .tiered: pick("单指标分档综合：低者在前", "tiered: lower composites first")
        }
    }

    private var levels: String {
        let rows = statistics.map { ($0.name, $0.levels ?? .init()) }
        return heading("levels", "各指标的水平构成", "What the standards reach")
            + LevelSection(
                rows, id: "level-mix",
                title: pick(
                    "本类别全部 \(report.ranking.standards.count) 项标准，每项指标一行",
                    "all \(report.ranking.standards.count) standards of the category, an indicator a row"),
                language.chart
            ).html
    }

    private var distributions: String {
        let sections = statistics.enumerated().map { index, statistics in
            IndicatorSection(statistics, id: "indicator-\(index + 1)", language.chart).html
        }
        return heading("spread-of-values", "各指标声明值的分布", "How declared values are spread")
            + "<p class=\"meta\">"
            + pick(
                "竖线为各水平的限值，虚线为国家标准或行业标准的限值；横轴下的色带表示该段达到的水平。不同限值条件的声明值互不比较，分开绘制。",
                "Lines are the limits of the levels, the broken line is the national or industry limit; the "
                    + "band below the axis shows which level is reached there. Values under different "
                    + "conditions are never compared, so they are drawn apart.")
            + "</p><div class=\"grid\">\(sections.joined())</div>\n"
    }

    private var leftOut: String {
        var counts: [String: Int] = [:]
        var names: [String: String] = [:]
        for exclusion in report.exclusions {
            var seen: Set<String> = []
            for reason in exclusion.reasons {
                let key = "\(reason.code) \(reason.subject)"
                names[key] = pick(reason.textZh, reason.textEn)
                if seen.insert(key).inserted { counts[key, default: 0] += 1 }
            }
        }
        let title = heading("left-out", "未入榜的标准及原因", "What was left out, and why")
        guard !counts.isEmpty else {
            return title + "<p class=\"meta\">\(pick("全部入榜。", "Nothing was left out."))</p>"
        }
        let table = CountTable(.standards, by: .reason, counts: counts)
        var message = StatisticsMessages.message(table)
        for index in message.rows.indices {
            let value = message.rows[index].value
            let code = value.prefix { $0 != " " }
            message.rows[index].name = "\(names[value] ?? "") (\(code))"
        }
        return title + CountSection(message, id: "reasons", language.chart).html
            + "<p class=\"meta\">"
            + pick("一项标准有几条原因，就计几次。", "A standard counts under each of its reasons.") + "</p>"
    }

    private var spread: String {
        let tables = CountTable.tables(of: report.ranking.result).filter { $0.attribute != .reason }
        return heading("where", "入榜项的分布", "Where the entries come from")
            + "<div class=\"grid\">"
            + tables.enumerated().map { index, table in
                CountSection(StatisticsMessages.message(table), id: "count-\(index)", language.chart).html
            }.joined() + "</div>"
    }
}

// The table, and how to check it.
extension RankingPage {
    private var table: String {
        let isGraded = report.scheme.method.model == .graded
        var heads = [
            pick("名次", "rank"), isGraded ? pick("等级", "grade") : pick("得分", "score"),
            pick("企业", "enterprise"), pick("执行标准", "standard"), pick("型号", "models"),
        ].map { "<th scope=\"col\">\($0)</th>" }
        heads += report.scheme.indicators.map { "<th scope=\"col\">\(Markup.escaped($0.name))</th>" }
        let rows = report.entries.prefix(Self.rowCountMax).map { row($0, isGraded: isGraded) }
        let more = report.entries.count - rows.count
        let rest =
            more > 0
            ? pick(
                "以上为前 \(rows.count) 项，其后还有 \(more) 项；--format csv 或 json 列出全部。",
                "These are the first \(rows.count); \(more) more follow; --format csv or json has all."
            )
            : pick("以上为全部。", "These are all.")
        return heading("ranks", "名次", "Ranks")
            + "<p class=\"meta\">"
            + pick("名次相同的并列，不分先后。", "Equal ranks are shared, in no order of merit.") + "</p>"
            + "<div class=\"scroll tall\" role=\"region\" aria-labelledby=\"ranks\" tabindex=\"0\"><table>"
            + "<thead><tr>\(heads.joined())</tr></thead><tbody>\(rows.joined())</tbody></table></div>"
            + "<p class=\"meta\">\(rest)</p>\n"
    }

    private func row(_ entry: RankingAPI.Entry, isGraded: Bool) -> String {
        let cells = entry.indicators.map { result in
            "<td title=\"\(Markup.escaped(language.chart.name(of: result.level)))\">"
                + "<i class=\"level \(Self.style(result.level))\"></i>"
                + Markup.escaped(language.chart.word(result.declared.isEmpty ? "—" : result.declared))
                + "</td>"
        }
        let mark = isGraded ? "\(entry.grade)" : entry.score
        let code = entry.enterprise?.creditCode ?? ""
        let synthetic = entry.syntheticCode ? pick("示例代码", "made-up code") : ""
        return "<tr><th scope=\"row\" class=\"num\">\(entry.rank)</th><td class=\"num\">\(mark)</td>"
            + "<td>\(Markup.escaped(entry.enterprise?.name ?? ""))<br>"
            + "<span class=\"meta mono\">\(code)</span> <span class=\"meta\">\(synthetic)</span></td>"
            + "<td>\(Markup.escaped(entry.standardNumber))</td>"
            + "<td>\(Markup.escaped(entry.models.joined(separator: "、")))</td>\(cells.joined())</tr>\n"
    }

    static func style(_ level: RankingAPI.Level) -> String {
        switch level {
        case .advanced: "advanced"
        case .average: "average"
        case .baseline: "baseline"
        case .below: "below"
        case .missing: "missing"
        case .notApplicable, .unspecified, .unrecognized: "none"
        }
    }

    private var verification: String {
        let digests = [
            (pick("评估方案", "scheme"), report.digests.scheme),
            (pick("标准快照", "snapshot"), report.digests.snapshot),
            (pick("限制名单", "standing"), report.digests.standing),
            (pick("结果", "result"), report.digests.result),
        ].map { "<dt>\($0)</dt><dd><code>\(HexText.text($1))</code></dd>" }
        let counts = report.ranking.counts
        return heading("verify", "如何核验", "How to verify")
            + "<p>"
            + pick(
                "同一方案、同一份标准、同一截止日，在任何机器上得到相同的字节和摘要，与行序无关。用同样的文件再算一次，比较结果摘要：",
                "The same scheme, standards and cut-off give the same bytes and digest on every machine, in "
                    + "any order of rows. Compute it once more from the same files and compare the digest:"
            )
            + "</p><pre>forerunner rank --scheme SCHEME --standards STANDARDS --profile PROFILE "
            + "--cutoff \(report.cutoff) --format json</pre>"
            + "<dl class=\"facts\">\(digests.joined())"
            + "<dt>\(pick("文件", "file"))</dt><dd>\(Markup.escaped(counts.file)), "
            + "\(ChartLanguage.grouped(counts.byteCount)) bytes, SHA-256 "
            + "<code>\(HexText.text(counts.fileSHA256))</code></dd>"
            + "<dt>\(pick("读取", "rows"))</dt><dd>"
            + pick(
                "\(counts.total) 行，接受 \(counts.accepted) 行，拒绝 \(counts.rejected) 行，其他类别 "
                    + "\(report.ranking.otherCategoryCount) 行",
                "\(counts.total), of which \(counts.accepted) accepted, \(counts.rejected) rejected, "
                    + "\(report.ranking.otherCategoryCount) of other categories")
            + "</dd></dl>"
    }
}
