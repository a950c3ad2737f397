import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Who agreed to what, for those concerned (3.2.4). The public learns how many agreed, and who is named.
extension RankingService {
    package func listConsents(
        _ request: RankingAPI.ListConsentsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListConsentsResponse {
        try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let actor = Actor(call)
            let wanted = ConsentsWanted(
                listID: request.listId,
                enterprise: actor.role == .enterprise ? actor.institutionCode : request.enterpriseCode,
                standingOnly: request.standingOnly)
            var found = RankingAPI.ListConsentsResponse()
            if let list = try store.forerunnerList(request.listId) {
                found.forerunnerList = try store.forerunners(list, concerning: actor)
            } else {
                let (list, own) = try store.listConcerning(actor, request.listId)
                found.list = list
                found.ownEntries = try own.compactMap { try store.entry(key: $0, in: list.id) }
            }
            found.records = try store.consentRecords(wanted, PageBounds(request.page))
            found.total = UInt32(try store.consentRecordCount(wanted))
            return found
        }
    }
}

extension RankingStore {
    /// A list for those whom it concerns: its agency, the work agency, and enterprises with entries on it;
    /// and the keys of the caller's own entries.
    func listConcerning(
        _ actor: Actor, _ id: String
    ) throws -> (list: RankingAPI.RankingList, ownKeys: [String]) {
        let own = try ownKeys(of: actor, in: id)
        let found = try rankingList(id)
        let isConcerned = !own.isEmpty || ListView.isInside(actor, agency: found?.agency)
        return (try Fields.found(isConcerned ? found : nil, "ranking list", id), own)
    }

    /// A list of forerunners for those whom it concerns; an enterprise on it is shown its own place only, and
    /// nobody that was passed over.
    fileprivate func forerunners(
        _ list: RankingAPI.ForerunnerList, concerning actor: Actor
    ) throws -> RankingAPI.ForerunnerList {
        if ListView.isInside(actor, agency: list.agency) { return list }
        var list = list
        list.forerunners.removeAll {
            actor.role != .enterprise || actor.institutionCode.isEmpty
                || $0.enterprise?.creditCode != actor.institutionCode
        }
        (list.skips, list.notice) = ([], nil)
        return try Fields.found(list.forerunners.isEmpty ? nil : list, "list of forerunners", list.id)
    }

    /// Keys of the caller's own entries on a list; none for who is no enterprise.
    func ownKeys(of actor: Actor, in listID: String) throws -> [String] {
        guard actor.role == .enterprise, !actor.institutionCode.isEmpty else { return [] }
        return try entryKeys(of: listID, enterprise: actor.institutionCode)
    }
}
