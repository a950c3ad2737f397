/// The ranking list that forerunners are to be chosen from.
package struct AnnualRanking: Sendable, Hashable {
    package var isPublished: Bool
    package var year: Int
    /// Year the forerunners are chosen for.
    package var forerunnerYear: Int
    /// Whether no list of the same scheme and year was published later.
    package var isLastOfYear: Bool

    package init(isPublished: Bool, year: Int, forerunnerYear: Int, isLastOfYear: Bool) {
        self.isPublished = isPublished
        self.year = year
        self.forerunnerYear = forerunnerYear
        self.isLastOfYear = isLastOfYear
    }
}

/// Forerunners are chosen from the annual ranking list.
///
/// Regulation 3.2.3 (年度排行榜), R11: that is the last published list of the year for the scheme, quarterly or
/// yearly.
package struct AnnualRankingRule: Rule {
    package static let citation = Citation("3.2.3", term: "年度排行榜")

    package init() {}

    package func findings(in ranking: AnnualRanking) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: "listId", zh: zh, en: en))
        }
        if !ranking.isPublished {
            add("RANKING_NOT_PUBLISHED", zh: "排行榜尚未发布", en: "the ranking list is not published")
        }
        if ranking.year != ranking.forerunnerYear {
            add(
                "RANKING_OF_OTHER_YEAR", zh: "排行榜为\(ranking.year)年，应为\(ranking.forerunnerYear)年",
                en: "the ranking list is of \(ranking.year), not of \(ranking.forerunnerYear)")
        }
        if !ranking.isLastOfYear {
            add(
                "RANKING_NOT_LAST_OF_YEAR", zh: "本年度有更晚发布的排行榜",
                en: "a later list of the year is published")
        }
        return findings
    }
}
