package import Contracts

/// What changed from one ranking list to another (3.2.5): pure.
///
/// Entries are the same when their keys are: enterprise, standard number and models. A new edition of a
/// standard therefore leaves under its old number and enters under the new one.
package struct RankingDiff: Sendable {
    /// By kind, then by rank, then by key.
    package let changes: [RankingAPI.EntryChange]
    package let unchangedCount: Int

    /// - Parameters:
    ///   - before: entries of the earlier list as the caller may see them; those without a key are gaps.
    ///   - after: the same of the later list.
    ///   - exclusions: why standards are not on the later list, by key.
    ///   - isWhole: whether the caller sees every entry of both lists; otherwise an entry that is not on the
    ///     later list may be there without its name, and nothing may tell (R13).
    package init(
        before: [RankingAPI.Entry], after: [RankingAPI.Entry],
        exclusions: [String: [RankingAPI.ExclusionReason]], isWhole: Bool
    ) {
        let earlier = Self.byKey(before)
        let later = Self.byKey(after)
        var changes: [RankingAPI.EntryChange] = []
        var unchangedCount = 0
        for entry in later.values {
            guard let old = earlier[entry.key] else {
                changes.append(Self.change(.entered, entry, before: nil, after: entry))
                continue
            }
            let indicators = Self.indicatorChanges(old.indicators, entry.indicators)
            guard let kind = Self.kind(old, entry, hasOtherValues: !indicators.isEmpty) else {
                unchangedCount += 1
                continue
            }
            var change = Self.change(kind, entry, before: old, after: entry)
            change.indicators = indicators
            changes.append(change)
        }
        for entry in earlier.values where later[entry.key] == nil {
            var change = Self.change(.left, entry, before: entry, after: nil)
            change.reasons = exclusions[entry.key] ?? [isWhole ? Self.notInSnapshot : Self.notNamed]
            changes.append(change)
        }
        self.changes = changes.sorted { Self.order($0) < Self.order($1) }
        self.unchangedCount = unchangedCount
    }

    /// How many changes of each kind there are; every kind is named.
    package var counts: [RankingAPI.ChangeCount] {
        let counts = Dictionary(grouping: changes, by: \.kind).mapValues(\.count)
        return Self.kinds.map { .init(kind: $0, count: UInt32(counts[$0] ?? 0)) }
    }

    package static let kinds: [RankingAPI.ChangeKind] = [.entered, .left, .movedUp, .movedDown, .values]

    private static let notInSnapshot = RankingAPI.ExclusionReason(
        code: "NOT_IN_SNAPSHOT", citation: "3.2.1", textZh: "后一榜单的标准快照中没有该标准",
        textEn: "the later list's snapshot does not have the standard")
    private static let notNamed = RankingAPI.ExclusionReason(
        code: "NOT_NAMED", citation: "3.2.4", textZh: "后一榜单未列名", textEn: "the later list does not name it")

    private static func byKey(_ entries: [RankingAPI.Entry]) -> [String: RankingAPI.Entry] {
        Dictionary(entries.filter { !$0.key.isEmpty }.map { ($0.key, $0) }) { first, _ in first }
    }

    private static func kind(
        _ before: RankingAPI.Entry, _ after: RankingAPI.Entry, hasOtherValues: Bool
    ) -> RankingAPI.ChangeKind? {
        if after.rank < before.rank { return .movedUp }
        if after.rank > before.rank { return .movedDown }
        let isSame = after.grade == before.grade && after.score == before.score && !hasOtherValues
        return isSame ? nil : .values
    }

    private static func change(
        _ kind: RankingAPI.ChangeKind, _ entry: RankingAPI.Entry, before: RankingAPI.Entry?,
        after: RankingAPI.Entry?
    ) -> RankingAPI.EntryChange {
        RankingAPI.EntryChange(
            kind: kind, key: entry.key, enterprise: entry.enterprise, syntheticCode: entry.syntheticCode,
            standardNumber: entry.standardNumber, models: entry.models, before: before.map(place),
            after: after.map(place))
    }

    private static func place(_ entry: RankingAPI.Entry) -> RankingAPI.EntryPlace {
        RankingAPI.EntryPlace(rank: entry.rank, grade: entry.grade, score: entry.score)
    }

    /// Indicators whose declared value or level is another; one that a list does not have counts as empty.
    private static func indicatorChanges(
        _ before: [RankingAPI.IndicatorResult], _ after: [RankingAPI.IndicatorResult]
    ) -> [RankingAPI.IndicatorChange] {
        let earlier = Dictionary(before.map { ($0.indicator, $0) }) { first, _ in first }
        let later = Set(after.map(\.indicator))
        let pairs: [(RankingAPI.IndicatorResult?, RankingAPI.IndicatorResult?)] =
            after.map { (earlier[$0.indicator], $0) }
            + before.filter { !later.contains($0.indicator) }.map { ($0, nil) }
        return pairs.compactMap { old, new in
            let same =
                old?.declared == new?.declared && old?.level == new?.level && old?.unit == new?.unit
            guard !same, let named = new ?? old else { return nil }
            return RankingAPI.IndicatorChange(
                indicator: named.indicator, name: named.name, unit: named.unit,
                declaredBefore: old?.declared ?? "", declaredAfter: new?.declared ?? "",
                levelBefore: old?.level ?? .unspecified, levelAfter: new?.level ?? .unspecified)
        }
    }

    private static func order(_ change: RankingAPI.EntryChange) -> (Int, UInt32, String) {
        let place = change.after ?? change.before
        return (kinds.firstIndex(of: change.kind) ?? kinds.count, place?.rank ?? 0, change.key)
    }
}
