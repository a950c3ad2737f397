package import Contracts
import Exporting

/// Why a standard has its rank, drawn: what a better rank would take, each indicator's place between its
/// limits, and every figure in a table.
package struct ExplanationSection {
    private let explanation: RankingAPI.Explanation
    private let number: Int
    private let language: ChartLanguage
    private let words: ExplanationWords

    /// - Parameter number: of the explanation on its page, from 1; it keeps the drawings' ids apart.
    package init(_ explanation: RankingAPI.Explanation, number: Int, _ language: ChartLanguage) {
        self.explanation = explanation
        self.number = number
        self.language = language
        words = ExplanationWords(language)
    }

    package var html: String {
        let ladders = explanation.indicators.enumerated().compactMap { index, indicator in
            ladder(indicator, id: "e\(number)-\(index + 1)")
        }
        return "<p><b>\(Markup.escaped(words.standing(explanation)))</b></p>" + reasons + better
            + need(explanation.admission, pick("要通过这些关口", "To open these gates"))
            + "<div class=\"grid\">\(ladders.joined())</div>" + table
    }

    private func pick(_ zh: String, _ en: String) -> String { language.pick(zh: zh, en: en) }

    private var reasons: String {
        guard !explanation.reasons.isEmpty else { return "" }
        let reasons = explanation.reasons.map { "<li>\(Markup.escaped(words.reason($0)))</li>" }
        return "<div class=\"need no\"><ul>\(reasons.joined())</ul></div>"
    }

    /// The nearest better rank, and what it would take.
    private var better: String {
        guard let ahead = explanation.ahead else {
            return explanation.rank > 0 ? "<p>\(pick("没有更好的名次。", "No rank is better."))</p>" : ""
        }
        return "<p>\(Markup.escaped(words.ahead(ahead, explanation)))</p>"
            + need(ahead.reaching, pick("要并列或超过它", "To come level with it"))
            + need(ahead.passing, pick("要超过它", "To pass it"))
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
            legal: indicator.legal, language)
        return scale.map {
            "<figure>\($0.svg)<figcaption>\(Markup.escaped(title)) · "
                + "\(Markup.escaped(language.name(of: indicator.level)))</figcaption></figure>"
        }
    }

    private var table: String {
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
                    indicator.name, words.declared(indicator),
                    language.name(of: indicator.level), limit(indicator.legal),
                    limit(indicator.baseline), limit(indicator.average), limit(indicator.advanced),
                    indicator.distance, indicator.score, indicator.weight, indicator.contribution,
                ]
            }, numeric: [7, 8, 9, 10]
        ).html
    }

    private func limit(_ text: String) -> String { text.isEmpty ? "" : language.word(text) }
}
