package import Contracts

/// Statistics as rows of one flat table: section, item, measure, value.
package struct StatisticsLines {
    package static let head = ["section", "item", "measure", "value"]

    package let lines: [[String]]

    package init(_ statistics: RankingAPI.ListStatistics) {
        var lines = [
            ["list", statistics.category, "standards", "\(statistics.standardCount)"],
            ["list", statistics.category, "entries", "\(statistics.entryCount)"],
        ]
        lines += statistics.tables.flatMap(Self.lines)
        lines += statistics.indicators.flatMap(Self.lines)
        lines += statistics.rises.flatMap(Self.lines)
        self.lines = lines
    }

    package static func lines(_ table: RankingAPI.CountTable) -> [[String]] {
        table.rows.map {
            ["\(table.subject) by \(table.attribute)", $0.value, "count", "\($0.count)"]
        }
    }

    private static func lines(_ statistics: RankingAPI.IndicatorStatistics) -> [[String]] {
        let counts = [
            ("applicable", statistics.applicable), ("declaring", statistics.declaring),
            ("compared with the legal limit", statistics.compared),
            ("stricter than the legal limit", statistics.stricter),
            ("equal to the legal limit", statistics.equal),
            ("looser than the legal limit", statistics.looser),
        ].map { ["indicator", statistics.indicator, $0, "\($1)"] }
        return counts + levels("indicator", statistics.indicator, "", statistics.levels)
            + statistics.distributions.flatMap { values("indicator", statistics.indicator, "", $0) }
    }

    private static func lines(_ rise: RankingAPI.LevelRise) -> [[String]] {
        let counts = [("matched", rise.matched), ("risen", rise.risen), ("fallen", rise.fallen)].map {
            ["level rise", rise.indicator, $0, "\($1)"]
        }
        return counts + levels("level rise", rise.indicator, "before: ", rise.before)
            + levels("level rise", rise.indicator, "after: ", rise.after)
            + rise.distributionsBefore.flatMap { values("level rise", rise.indicator, "before: ", $0) }
            + rise.distributionsAfter.flatMap { values("level rise", rise.indicator, "after: ", $0) }
    }

    private static func levels(
        _ section: String, _ item: String, _ when: String, _ counts: RankingAPI.LevelCounts?
    ) -> [[String]] {
        let counts = counts ?? .init()
        return [
            ("advanced", counts.advanced), ("average", counts.average), ("baseline", counts.baseline),
            ("below", counts.below), ("not applicable", counts.notApplicable), ("missing", counts.missing),
        ].map { [section, item, "\(when)level \($0)", "\($1)"] }
    }

    private static func values(
        _ section: String, _ item: String, _ when: String, _ distribution: RankingAPI.ValueDistribution
    ) -> [[String]] {
        let place = "\(when)variant \(distribution.variant) "
        let numbers = [
            ("minimum", distribution.minimum), ("lower quartile", distribution.lowerQuartile),
            ("median", distribution.median), ("upper quartile", distribution.upperQuartile),
            ("maximum", distribution.maximum),
        ].filter { !$0.1.isEmpty }
        return [[section, item, place + "count", "\(distribution.count)"]]
            + numbers.map { [section, item, place + $0, $1] }
            + distribution.words.map { [section, item, place + "“\($0.value)”", "\($0.count)"] }
    }
}
