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
        let calendar = calendar
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let actor = Actor(call)
            let before = try store.visibleList(request.beforeId, to: actor)
            let after = try store.visibleList(request.afterId, to: actor)
            try store.requireComparable(before, after)
            let diff = try store.difference(before, after, for: actor)
            let wanted = diff.changes.filter {
                request.kind == .unspecified || $0.kind == request.kind
            }
            let page = PageBounds(request.page)
            return RankingAPI.CompareRankingsResponse(
                before: try store.shown(before, to: actor, on: today, calendar: calendar),
                after: try store.shown(after, to: actor, on: today, calendar: calendar),
                inputs: Self.inputs(before.digests ?? .init(), after.digests ?? .init()),
                counts: diff.counts, unchanged: UInt32(diff.unchangedCount),
                changes: Array(wanted.dropFirst(page.offset).prefix(page.limit)),
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

    fileprivate func difference(
        _ before: RankingAPI.RankingList, _ after: RankingAPI.RankingList, for actor: Actor
    ) throws -> RankingDiff {
        let views = try [before, after].map { try view(of: $0, for: actor) }
        let reasons = try exclusions(of: after.id).map { ($0.key, $0.reasons) }
        return RankingDiff(
            before: try entries(of: before.id).map(views[0].entry),
            after: try entries(of: after.id).map(views[1].entry),
            exclusions: Dictionary(reasons) { first, _ in first }, isWhole: views.allSatisfy(\.isInside))
    }
}
