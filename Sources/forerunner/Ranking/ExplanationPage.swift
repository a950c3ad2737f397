import Charts
import Contracts
import Exporting

/// Explanations as a page to look at: each indicator's place between its limits drawn, and what a better
/// rank would take.
struct ExplanationPage {
    private let explanations: [RankingAPI.Explanation]
    private let title: String
    private let language: Language

    init(_ explanations: [RankingAPI.Explanation], title: String, _ language: Language) {
        self.explanations = explanations
        self.title = title
        self.language = language
    }

    var html: String {
        let heading = language.pick(zh: "为什么是这个名次", en: "Why this rank")
        let chapters = explanations.enumerated().map { chapter($1, number: $0 + 1) }
        return ReportPage(
            title: title, language: language,
            body: "<h1>\(heading)</h1><p class=\"lead\">\(Markup.escaped(title))</p>\(chapters.joined())"
        ).html
    }

    private func chapter(_ explanation: RankingAPI.Explanation, number: Int) -> String {
        "<h2>\(Markup.escaped(ExplanationWords(language.chart).title(explanation)))</h2>"
            + "<p class=\"meta mono\">\(Markup.escaped(explanation.key))</p>"
            + ExplanationSection(explanation, number: number, language.chart).html
    }
}
