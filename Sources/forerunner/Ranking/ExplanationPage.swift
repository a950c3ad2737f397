import Charts
import Contracts
import Exporting

/// Explanations as a page to look at: each indicator's place between its limits drawn, and what a better
/// rank would take.
struct ExplanationPage {
    private let explanations: [RankingAPI.Explanation]
    private let title: String
    private let language: Language
    private let words: ExplanationWords

    init(_ explanations: [RankingAPI.Explanation], title: String, _ language: Language) {
        self.explanations = explanations
        self.title = title
        self.language = language
        words = ExplanationWords(language: language)
    }

    private func pick(_ zh: String, _ en: String) -> String { language.pick(zh: zh, en: en) }

    var html: String {
        let chapters = explanations.enumerated().map { chapter($1, number: $0 + 1) }
        return ReportPage(
            title: title, language: language,
            body: "<h1>\(pick("为什么是这个名次", "Why this rank"))</h1><p class=\"lead\">"
                + "\(Markup.escaped(title))</p>\(chapters.joined())"
        ).html
    }

    private func chapter(_ explanation: RankingAPI.Explanation, number: Int) -> String {
        var html = "<h2>\(Markup.escaped(words.title(explanation)))</h2>"
        html += "<p class=\"meta mono\">\(Markup.escaped(explanation.key))</p>"
        html += "<p><b>\(Markup.escaped(words.standing(explanation)))</b></p>"
        if !explanation.reasons.isEmpty {
            let reasons = explanation.reasons.map { "<li>\(Markup.escaped(words.reason($0)))</li>" }
            html += "<div class=\"need no\"><ul>\(reasons.joined())</ul></div>"
        }
        if let ahead = explanation.ahead {
            html += "<p>\(Markup.escaped(words.ahead(ahead, explanation)))</p>"
            html += need(ahead.reaching, pick("要并列或超过它", "To come level with it"))
            html += need(ahead.passing, pick("要超过它", "To pass it"))
        }
        html += need(explanation.admission, pick("要通过这些关口", "To open these gates"))
        let ladders = explanation.indicators.enumerated().compactMap { index, indicator in
            ladder(indicator, id: "e\(number)-\(index + 1)")
        }
        return html + "<div class=\"grid\">\(ladders.joined())</div>" + table(explanation)
    }

    private func need(_ improvement: RankingAPI.Improvement?, _ aim: String) -> String {
        guard let improvement else { return "" }
        let isReachable = improvement.kind == .anyOf || improvement.kind == .allOf
        let items = improvement.changes.map { "<li>\(Markup.escaped(words.change($0)))</li>" }
        return "<div class=\"need\(isReachable ? "" : " no")\">"
            + "\(Markup.escaped(words.headline(improvement, aim)))<ul>\(items.joined())</ul></div>"
    }

    /// Nil for what is no number.
    private func ladder(_ indicator: RankingAPI.IndicatorExplanation, id: String) -> String? {
        let title = indicator.name + (indicator.unit.isEmpty ? "" : " (\(indicator.unit))")
        let limits = [
            (indicator.baseline, RankingAPI.Level.baseline), (indicator.average, .average),
            (indicator.advanced, .advanced),
        ]
        let scale = LimitScale(
            id: id, title: title, declared: indicator.declared, level: indicator.level, limits: limits,
            legal: indicator.legal, language.chart)
        return scale.map {
            "<figure>\($0.svg)<figcaption>\(Markup.escaped(title)) · "
                + "\(Markup.escaped(language.chart.name(of: indicator.level)))</figcaption></figure>"
        }
    }

    private func table(_ explanation: RankingAPI.Explanation) -> String {
        HTMLTable(
            caption: pick("逐项指标", "Every indicator"),
            head: [
                pick("指标", "indicator"), pick("声明值", "declared"), pick("水平", "level"),
                pick("国行标", "legal"), pick("基准", "baseline"), pick("平均", "average"),
                pick("先进", "advanced"), pick("距下一水平", "to the next level"), pick("得分", "score"),
                pick("权重", "weight"), pick("贡献", "contribution"),
            ],
            rows: explanation.indicators.map { indicator in
                [
                    indicator.name,
                    language.chart.word(indicator.declared.isEmpty ? "—" : indicator.declared)
                        + (indicator.unit.isEmpty ? "" : " \(indicator.unit)"),
                    language.chart.name(of: indicator.level), limit(indicator.legal),
                    limit(indicator.baseline),
                    limit(indicator.average), limit(indicator.advanced), indicator.distance,
                    indicator.score, indicator.weight, indicator.contribution,
                ]
            }, numeric: [7, 8, 9, 10]
        ).html
    }

    private func limit(_ text: String) -> String { text.isEmpty ? "" : language.chart.word(text) }
}
