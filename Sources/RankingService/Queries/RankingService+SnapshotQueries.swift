import Authority
package import Contracts
import Ledger
package import Wire

// Questions about snapshots and lists of forerunners.
extension RankingService {
    package func getSnapshot(
        _ request: RankingAPI.GetSnapshotRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.Snapshot {
        try await desk.answer(call) { database in
            try Fields.found(
                try RankingStore(database: database).snapshot(request.id), "snapshot", request.id)
        }
    }

    package func listSnapshots(
        _ request: RankingAPI.ListSnapshotsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListSnapshotsResponse {
        try await desk.answer(call) { database in
            RankingAPI.ListSnapshotsResponse(snapshots: try RankingStore(database: database).snapshots())
        }
    }

    package func listRejectedRows(
        _ request: RankingAPI.ListRejectedRowsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListRejectedRowsResponse {
        try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let snapshot = try Fields.found(
                try store.snapshot(request.snapshotId), "snapshot", request.snapshotId)
            return RankingAPI.ListRejectedRowsResponse(
                rows: try store.rejectedRows(of: Int(snapshot.number), PageBounds(request.page)),
                total: UInt32(try store.rejectedRowCount(of: Int(snapshot.number))))
        }
    }

    package func getForerunnerList(
        _ request: RankingAPI.GetForerunnerListRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ForerunnerList {
        let today = try desk.today(for: call)
        let calendar = calendar
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let list = try store.forerunnerList(request.id)
            let isShown = list.map { ListView.shows(Actor(call), agency: $0.agency, notice: $0.notice) }
            let found = try Fields.found(
                isShown == true ? list : nil, "list of forerunners", request.id)
            return try store.shown(found, to: Actor(call), on: today, calendar: calendar)
        }
    }

    package func listForerunnerLists(
        _ request: RankingAPI.ListForerunnerListsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListForerunnerListsResponse {
        let today = try desk.today(for: call)
        let calendar = calendar
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let lists = try store.forerunnerLists(scheme: request.schemeId).filter {
                ListView.shows(Actor(call), agency: $0.agency, notice: $0.notice)
            }
            return RankingAPI.ListForerunnerListsResponse(
                lists: try lists.map {
                    try store.shown($0, to: Actor(call), on: today, calendar: calendar)
                })
        }
    }
}
