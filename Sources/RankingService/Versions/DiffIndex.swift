import Contracts

/// Which entries changed between two lists, and in what order: enough to read any page of the changes from
/// the store, without the lists themselves. Both lists are gone through once for it.
struct DiffIndex: Sendable {
    /// A change by the positions of its entries and of the reason for its leaving; -1 where there is none.
    struct Line: Sendable {
        let kind: RankingAPI.ChangeKind
        let before: Int32
        let after: Int32
        let exclusion: Int32
    }

    let lines: [Line]
    let counts: [RankingAPI.ChangeCount]
    let unchangedCount: Int

    /// - Parameters:
    ///   - before: all entries of the earlier list, as the difference was made from them.
    ///   - after: the same of the later list.
    ///   - exclusionKeys: keys of what is not on the later list, in the order of the store.
    init(
        _ diff: RankingDiff, before: [RankingAPI.Entry], after: [RankingAPI.Entry], exclusionKeys: [String]
    ) {
        let earlier = Self.positions(before.map(\.key))
        let later = Self.positions(after.map(\.key))
        let excluded = Self.positions(exclusionKeys)
        lines = diff.changes.map { change in
            Line(
                kind: change.kind, before: change.before == nil ? -1 : earlier[change.key] ?? -1,
                after: change.after == nil ? -1 : later[change.key] ?? -1,
                exclusion: change.after == nil ? excluded[change.key] ?? -1 : -1)
        }
        counts = diff.counts
        unchangedCount = diff.unchangedCount
    }

    /// Of one kind; unspecified means every kind.
    func lines(_ kind: RankingAPI.ChangeKind) -> [Line] {
        kind == .unspecified ? lines : lines.filter { $0.kind == kind }
    }

    /// The first of several with one key counts, as in the difference.
    private static func positions(_ keys: [String]) -> [String: Int32] {
        Dictionary(keys.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
    }
}
