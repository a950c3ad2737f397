import Authority
package import Contracts
import Ledger
package import Wire

// Giving out what a published list was computed from (S3.2.2: anyone may compute it again).
extension RankingService {
    /// Standards of one part: with some hundred bytes each well below a frame.
    private static let partCount = 500

    package func readInputs(
        _ request: RankingAPI.ReadInputsRequest, _ responses: MessageWriter<RankingAPI.InputsPart>,
        _ call: CallContext
    ) async throws(RPCStatus) {
        let id = request.listId
        let head = try await desk.answer(call) { database in
            try RankingStore(database: database).inputs(of: id)
        }
        try await responses.send(head)
        let place = RegisterStore.Place(head.snapshot ?? .init())
        let category = head.scheme?.scope?.category ?? ""
        var last: Int64?
        while true {
            let after = last
            let part = try await desk.answer(call) { database in
                try RegisterStore(database: database)
                    .standards(of: place, category: category, behind: after, limit: Self.partCount)
            }
            guard let part else { return }
            try await responses.send(.init(standards: part.standards.map { .init($0) }))
            last = part.last
        }
    }
}

extension RankingStore {
    /// Everything but the standards; of a list that is published.
    fileprivate func inputs(of id: String) throws -> RankingAPI.InputsPart {
        let list = try Fields.found(try rankingList(id), "published ranking list", id)
        let published = try EventRows.events(inStream: Stream.rankingList(id), in: database)
            .last { $0.type == RankingAPI.RankingPublished.fullName }
        guard let published else {
            throw RPCStatus(code: .notFound, message: "there is no published ranking list “\(id)”")
        }
        let scheme = try Fields.found(try scheme(list.schemeId), "scheme", list.schemeId)
        let snapshot = try Fields.found(try snapshot(list.snapshotId), "snapshot", list.snapshotId)
        return RankingAPI.InputsPart(
            list: list, scheme: scheme.scheme, snapshot: snapshot, bars: try bars(usedBy: id),
            position: published.position)
    }
}
