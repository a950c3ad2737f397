import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Comparing two lists, usually a list with the version it supersedes.
extension RankingService {
    package func compareRankings(
        _ request: RankingAPI.CompareRankingsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.CompareRankingsResponse {
        let today = try desk.today(for: call)
        let (calendar, cache) = (calendar, differences)
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let actor = Actor(call)
            let before = try store.visibleList(request.beforeId, to: actor)
            let after = try store.visibleList(request.afterId, to: actor)
            try store.requireComparable(before, after)
            let seen = try ComparedLists(before, after, for: actor, store)
            let index = try seen.index(cache)
            let wanted = index.lines(request.kind)
            let page = PageBounds(request.page)
            return RankingAPI.CompareRankingsResponse(
                before: try store.shown(before, to: actor, on: today, calendar: calendar),
                after: try store.shown(after, to: actor, on: today, calendar: calendar),
                inputs: Self.inputs(before.digests ?? .init(), after.digests ?? .init()),
                counts: index.counts, unchanged: UInt32(index.unchangedCount),
                changes: try seen.changes(wanted.dropFirst(page.offset).prefix(page.limit)),
                total: UInt32(wanted.count))
        }
    }

    private static func inputs(
        _ before: RankingAPI.ResultDigests, _ after: RankingAPI.ResultDigests
    ) -> [RankingAPI.InputChange] {
        [
            ("SCHEME", before.scheme, after.scheme), ("SNAPSHOT", before.snapshot, after.snapshot),
            ("STANDING", before.standing, after.standing), ("RESULT", before.result, after.result),
        ].map { .init(name: $0.0, before: $0.1, after: $0.2, changed: $0.1 != $0.2) }
    }
}

extension RankingStore {
    /// Lists of one category; two categories have no entry in common that means the same.
    fileprivate func requireComparable(
        _ before: RankingAPI.RankingList, _ after: RankingAPI.RankingList
    ) throws {
        let categories = try [before, after].map { try scheme($0.schemeId)?.scheme?.scope?.category ?? "" }
        guard categories[0] == categories[1] else {
            throw RPCStatus(
                code: .invalidArgument,
                message: "\(before.id) ranks \(before.product) and \(after.id) ranks \(after.product); "
                    + "compare lists of one category")
        }
    }
}

/// Two lists as one caller sees them.
private struct ComparedLists {
    private let before: RankingAPI.RankingList
    private let after: RankingAPI.RankingList
    private let views: [ListView]
    private let store: RankingStore
    /// Whether the caller sees every entry of both.
    private var isWhole: Bool { views.allSatisfy(\.isInside) }
    /// Everything that the difference depends on: what changes what is seen of a list is an event of it, and
    /// callers see the same but for their own entries and the lists of their own.
    private let key: String

    init(
        _ before: RankingAPI.RankingList, _ after: RankingAPI.RankingList, for actor: Actor,
        _ store: RankingStore
    ) throws {
        (self.before, self.after, self.store) = (before, after, store)
        views = try [before, after].map { try store.view(of: $0, for: actor) }
        let lists = try [before, after].map { list in
            let version = try store.version(of: Stream.rankingList(list.id))
            let isInside = ListView.isInside(actor, agency: list.agency)
            let own = try store.entryKeys(of: list.id, enterprise: actor.institutionCode)
            return "\(list.id) \(version) \(isInside) \(own.isEmpty ? "" : actor.institutionCode)"
        }
        key = lists.joined(separator: " ")
    }

    func index(_ cache: AnswerCache<DiffIndex>) throws -> DiffIndex {
        if let kept = cache.answer(key) { return kept }
        let earlier = try store.entries(of: before.id).map(views[0].entry)
        let later = try store.entries(of: after.id).map(views[1].entry)
        let exclusions = try store.exclusions(of: after.id).map { ($0.key, $0.reasons) }
        let diff = RankingDiff(
            before: earlier, after: later, exclusions: Dictionary(exclusions) { first, _ in first },
            isWhole: isWhole)
        let index = DiffIndex(diff, before: earlier, after: later, exclusionKeys: exclusions.map(\.0))
        cache.keep(index, as: key)
        return index
    }

    /// The changes of some lines: the difference between their entries alone, which is in the same order.
    func changes(_ lines: ArraySlice<DiffIndex.Line>) throws -> [RankingAPI.EntryChange] {
        func entries(_ positions: [Int32], of listID: String, _ view: ListView) throws -> [RankingAPI.Entry] {
            try positions.filter { $0 >= 0 }.compactMap {
                try store.entry(at: Int($0), in: listID).map(view.entry)
            }
        }
        let exclusions = try lines.map(\.exclusion).filter { $0 >= 0 }.compactMap {
            try store.exclusion(at: Int($0), of: after.id).map { ($0.key, $0.reasons) }
        }
        return RankingDiff(
            before: try entries(lines.map(\.before), of: before.id, views[0]),
            after: try entries(lines.map(\.after), of: after.id, views[1]),
            exclusions: Dictionary(exclusions) { first, _ in first }, isWhole: isWhole
        ).changes
    }
}
