import Charts
import Contracts

/// An explanation for the terminal.
struct ExplanationText {
    private let explanation: RankingAPI.Explanation
    private let words: ExplanationWords
    private let language: Language

    init(_ explanation: RankingAPI.Explanation, _ language: Language) {
        self.explanation = explanation
        self.language = language
        words = ExplanationWords(language.chart)
    }

    var text: String {
        var lines = [
            words.title(explanation), "  " + explanation.key, "  " + words.standing(explanation),
        ]
        lines += explanation.reasons.map { "  - " + words.reason($0) }
        for indicator in explanation.indicators { lines += Self.lines(indicator, language) }
        if let ahead = explanation.ahead {
            lines.append("  " + words.ahead(ahead, explanation))
            lines += improvement(ahead.reaching, language.pick(zh: "要并列或超过它", en: "to come level with it"))
            lines += improvement(ahead.passing, language.pick(zh: "要超过它", en: "to pass it"))
        }
        lines += improvement(explanation.admission, language.pick(zh: "要通过这些关口", en: "to open these gates"))
        return lines.joined(separator: "\n") + "\n"
    }

    private func improvement(_ improvement: RankingAPI.Improvement?, _ aim: String) -> [String] {
        guard let improvement else { return [] }
        return ["  " + words.headline(improvement, aim)]
            + improvement.changes.map { "    - " + words.change($0) }
    }

    private static func lines(
        _ indicator: RankingAPI.IndicatorExplanation, _ language: Language
    ) -> [String] {
        let declared =
            indicator.declared.isEmpty
            ? language.pick(zh: "未声明", en: "not declared")
            : ExplanationWords(language.chart).declared(indicator)
        let level = language.chart.name(of: indicator.level)
        var first = "  \(indicator.indicator) \(indicator.name): \(declared) [\(level)]"
        if indicator.nextLevel != .unspecified {
            let next = language.chart.name(of: indicator.nextLevel)
            let distance =
                indicator.distance.isEmpty
                ? "" : language.pick(zh: "，差 \(indicator.distance)", en: ", \(indicator.distance) away")
            first += language.pick(zh: "；距", en: "; next ") + "\(next) \(indicator.nextLimit)\(distance)"
        }
        var second: [String] = []
        let limits = [
            (language.pick(zh: "国行标", en: "legal"), indicator.legal),
            (language.pick(zh: "基准", en: "baseline"), indicator.baseline),
            (language.pick(zh: "平均", en: "average"), indicator.average),
            (language.pick(zh: "先进", en: "advanced"), indicator.advanced),
        ].filter { !$0.1.isEmpty }.map { "\($0) \($1)" }
        if !limits.isEmpty { second.append(limits.joined(separator: ", ")) }
        if indicator.variantCount > 1, indicator.variant > 0 {
            second.append(
                language.pick(
                    zh: "第 \(indicator.variant)/\(indicator.variantCount) 组限值",
                    en: "variant \(indicator.variant) of \(indicator.variantCount)"))
        }
        if !indicator.score.isEmpty {
            let contribution = indicator.contribution.isEmpty ? "" : " → \(indicator.contribution)"
            second.append(
                language.pick(zh: "得分 ", en: "score ") + "\(indicator.score) × \(indicator.weight)"
                    + contribution)
        }
        return second.isEmpty ? [first] : [first, "      " + second.joined(separator: " · ")]
    }
}
