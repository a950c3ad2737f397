package import Contracts
package import Regulation

/// Statistics as messages.
package enum StatisticsMessages {
    package static func message(_ table: CountTable) -> RankingAPI.CountTable {
        RankingAPI.CountTable(
            subject: table.subject.rawValue, attribute: table.attribute.code,
            rows: table.rows.map { .init(value: $0.value, count: UInt32($0.count)) })
    }

    package static func message(_ counts: LevelCounts) -> RankingAPI.LevelCounts {
        RankingAPI.LevelCounts(
            advanced: UInt32(counts[.advanced]), average: UInt32(counts[.average]),
            baseline: UInt32(counts[.baseline]), below: UInt32(counts[.below]),
            notApplicable: UInt32(counts[.notApplicable]), missing: UInt32(counts[.missing]))
    }

    package static func message(_ statistics: IndicatorStatistics) -> RankingAPI.IndicatorStatistics {
        let indicator = statistics.indicator
        return RankingAPI.IndicatorStatistics(
            indicator: indicator.code, name: indicator.name, kind: ExplanationMessages.kind(indicator.kind),
            applicable: UInt32(statistics.applicable), declaring: UInt32(statistics.declaring),
            compared: UInt32(statistics.compared), stricter: UInt32(statistics.stricter),
            equal: UInt32(statistics.equal), looser: UInt32(statistics.looser),
            levels: message(statistics.levels),
            distributions: statistics.distributions.map { message($0, indicator.direction) })
    }

    package static func message(_ rise: LevelRise) -> RankingAPI.LevelRise {
        RankingAPI.LevelRise(
            indicator: rise.indicator.code, name: rise.indicator.name, before: message(rise.before.levels),
            after: message(rise.after.levels), matched: UInt32(rise.matched), risen: UInt32(rise.risen),
            fallen: UInt32(rise.fallen),
            distributionsBefore: rise.before.distributions.map { message($0, rise.indicator.direction) },
            distributionsAfter: rise.after.distributions.map { message($0, rise.indicator.direction) })
    }

    package static func message(
        _ distribution: ValueDistribution, _ direction: Direction
    ) -> RankingAPI.ValueDistribution {
        let variant = distribution.variant
        func text(_ limit: Limit?) -> String { limit?.text(in: direction) ?? "" }
        return RankingAPI.ValueDistribution(
            variant: UInt32(distribution.number), unit: variant.unit, testMethod: variant.testMethod,
            conditions: variant.conditions.map(\.text).joined(separator: ", "),
            count: UInt32(distribution.count), minimum: distribution.five?.minimum.description ?? "",
            lowerQuartile: distribution.five?.lowerQuartile.description ?? "",
            median: distribution.five?.median.description ?? "",
            upperQuartile: distribution.five?.upperQuartile.description ?? "",
            maximum: distribution.five?.maximum.description ?? "", legal: text(variant.legal),
            baseline: text(variant.baseline), average: text(variant.average),
            advanced: text(variant.advanced),
            bins: distribution.histogram.bins.map {
                .init(
                    low: $0.low?.description ?? "", high: $0.high?.description ?? "", count: UInt32($0.count))
            },
            words: distribution.words.map { .init(value: $0.word, count: UInt32($0.count)) })
    }
}

extension Condition {
    /// As in "dimmable = yes", "power ≥ 5", "shape ✓" for any value.
    package var text: String {
        switch test {
        case .equals: "\(attribute) = \(value)"
        case .differs: "\(attribute) ≠ \(value)"
        case .atLeast: "\(attribute) ≥ \(value)"
        case .atMost: "\(attribute) ≤ \(value)"
        case .above: "\(attribute) > \(value)"
        case .below: "\(attribute) < \(value)"
        case .present: "\(attribute) ✓"
        }
    }
}
