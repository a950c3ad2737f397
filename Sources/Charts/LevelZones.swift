import Contracts

/// The stretches of an axis between the limits of an indicator.
enum LevelZones {
    /// Which level each stretch of the axis reaches; of several limits at one value the best counts.
    static func zones(
        _ limits: [(limit: LimitText, level: RankingAPI.Level)]
    ) -> [Histogram.Zone] {
        guard let first = limits.first else { return [] }
        let isHigher = first.limit.isHigher
        let ordered = limits.sorted { left, right in
            isHigher ? left.limit.value < right.limit.value : left.limit.value > right.limit.value
        }
        func zone(_ from: Double?, _ end: Double?, _ fill: ChartFill) -> Histogram.Zone {
            isHigher
                ? Histogram.Zone(low: from, high: end, style: fill)
                : Histogram.Zone(low: end, high: from, style: fill)
        }
        var zones = [zone(nil, ordered.first?.limit.value, .below)]
        for (index, entry) in ordered.enumerated() {
            let end = index + 1 < ordered.count ? ordered[index + 1].limit.value : nil
            if end == entry.limit.value { continue }
            zones.append(zone(entry.limit.value, end, entry.level.fill))
        }
        return zones
    }
}
