import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Questions about ranking lists, answered from a snapshot of the projections.
extension RankingService {
    package func getRankingList(
        _ request: RankingAPI.GetRankingListRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.GetRankingListResponse {
        let today = try desk.today(for: call)
        let calendar = calendar
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let list = try store.visibleList(request.id, to: Actor(call))
            let view = try store.view(of: list, for: Actor(call))
            return RankingAPI.GetRankingListResponse(
                list: try store.shown(list, to: Actor(call), on: today, calendar: calendar),
                entries: try store.entries(of: list.id, PageBounds(request.page)).map(view.entry),
                total: list.entryCount)
        }
    }

    package func getEntry(
        _ request: RankingAPI.GetEntryRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.Entry {
        try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let list = try store.visibleList(request.listId, to: Actor(call))
            let view = try store.view(of: list, for: Actor(call))
            let shown = try store.entry(key: request.entryKey, in: list.id).map(view.entry)
            // An entry that is not named has no key for the public: asking for it tells nothing.
            return try Fields.found(shown?.key.isEmpty == false ? shown : nil, "entry", request.entryKey)
        }
    }

    package func listExclusions(
        _ request: RankingAPI.ListExclusionsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListExclusionsResponse {
        try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let list = try store.visibleList(request.listId, to: Actor(call))
            return RankingAPI.ListExclusionsResponse(
                exclusions: try store.exclusions(
                    of: list.id, code: request.code, PageBounds(request.page)),
                total: UInt32(try store.exclusionCount(of: list.id, code: request.code)),
                counts: try store.reasonCounts(of: list.id))
        }
    }

    package func listRankingLists(
        _ request: RankingAPI.ListRankingListsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListRankingListsResponse {
        let today = try desk.today(for: call)
        let calendar = calendar
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let lists = try store.rankingLists(scheme: request.schemeId).filter { list in
                ListView.shows(Actor(call), agency: list.agency, notice: list.notice)
                    && (!request.publishedOnly || list.state == .published)
            }
            return RankingAPI.ListRankingListsResponse(
                lists: try lists.map {
                    try store.shown($0, to: Actor(call), on: today, calendar: calendar)
                })
        }
    }

    package func listNotices(
        _ request: RankingAPI.ListNoticesRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListNoticesResponse {
        let today = try desk.today(for: call)
        let calendar = calendar
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let notices =
                try store.rankingLists(scheme: "").compactMap {
                    try store.shown($0, to: Actor(call), on: today, calendar: calendar).notice
                }
                + store.forerunnerLists(scheme: "").compactMap {
                    try store.shown($0, to: Actor(call), on: today, calendar: calendar).notice
                }
            return RankingAPI.ListNoticesResponse(
                notices: request.openOnly ? notices.filter { $0.state == .open } : notices)
        }
    }

    package func listHistory(
        _ request: RankingAPI.ListHistoryRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListHistoryResponse {
        try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            guard try store.showsHistory(request.stream, to: Actor(call)) else {
                return RankingAPI.ListHistoryResponse()
            }
            let events = try EventRows.events(inStream: request.stream, in: database)
            return RankingAPI.ListHistoryResponse(lines: try events.compactMap(RankingHistory.line))
        }
    }
}

extension RankingStore {
    /// The list, or NOT_FOUND also when the caller may not see that it exists.
    func visibleList(_ id: String, to actor: Actor) throws -> RankingAPI.RankingList {
        let list = try rankingList(id)
        let isShown = list.map { ListView.shows(actor, agency: $0.agency, notice: $0.notice) }
        return try Fields.found(isShown == true ? list : nil, "ranking list", id)
    }

    func view(of list: RankingAPI.RankingList, for actor: Actor) throws -> ListView {
        ListView(
            actor, list: list, consents: try consents(list.id), objections: try objections(to: list.id))
    }

    /// The head with its notice as it stands today. Objections do not name to the public what the list does
    /// not name (R13): the key of such an entry is replaced.
    func shown(
        _ list: RankingAPI.RankingList, to actor: Actor, on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> RankingAPI.RankingList {
        var list = try linked(list, for: actor)
        guard var notice = try notice(list.notice, of: list.id, on: day, calendar) else { return list }
        if !ListView.isInside(actor, agency: list.agency) {
            let consents = try consents(list.id)
            notice.hideEntries { consents[$0] != true }
        }
        list.notice = notice
        return list
    }

    /// With its notice as it stands today. Of a published list the public sees the forerunners that were
    /// published: no others are forerunners. Before that it does not see who took the consent back, and never
    /// whose consent was the reason for passing an entry over (R13).
    func shown(
        _ list: RankingAPI.ForerunnerList, to actor: Actor, on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> RankingAPI.ForerunnerList {
        var list = list
        list.notice = try notice(list.notice, of: list.id, on: day, calendar)
        guard !ListView.isInside(actor, agency: list.agency) else { return list }
        let declining = try declining(list.id)
        list.forerunners.removeAll { declining.contains($0.enterprise?.creditCode ?? "") }
        if list.state == .published {
            let published = try publishedKeys(list.id)
            list.forerunners.removeAll { !published.contains($0.entryKey) }
        }
        list.notice?.hideEntries { declining.contains($0) }
        let ranked = try consents(list.rankingListId)
        for index in list.skips.indices {
            let skip = list.skips[index]
            let isNamed = ranked[ListView.creditCode(ofKey: skip.entryKey)] == true
            switch SkipCode(rawValue: skip.code) {
            case .noReport, .noSupplement, .noCommitment, .barred, .heldBack: if isNamed { continue }
            case .declined, .noConsent, nil: break
            }
            list.skips[index].entryKey = ListView.unnamedKey
        }
        return list
    }

    /// With the objections to it, which carry no contact data.
    private func notice(
        _ notice: CommonAPI.Notice?, of id: String, on day: CivilDate, _ calendar: WorkingDayCalendar
    ) throws -> CommonAPI.Notice? {
        guard var notice = try notice?.standing(on: day, calendar: calendar) else { return nil }
        notice.objections = try objections(to: id).filter { $0.noticeId == notice.id }
        return notice
    }

    /// How many standards each reason left out, most frequent first; a standard counts under each of its
    /// reasons.
    func reasonCounts(of listID: String) throws -> [RankingAPI.ReasonCount] {
        let gates = zip(EntryGates.codes, EntryGates.inOrder)
        let terms = Dictionary(gates.map { ($0, type(of: $1).citation.term) }) { first, _ in first }
        var counts: [String: Int] = [:]
        for row in try exclusionCodes(of: listID) {
            for code in Set(row.codes.split(separator: "|")) { counts[String(code), default: 0] += row.count }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            RankingAPI.ReasonCount(
                code: $0.key, count: UInt32($0.value), textZh: terms[$0.key] ?? "")
        }
    }

    func showsHistory(_ stream: String, to actor: Actor) throws -> Bool {
        let parts = stream.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return false }
        if let list = try rankingList(parts[1]), stream == Stream.rankingList(list.id) {
            return ListView.shows(actor, agency: list.agency, notice: list.notice)
        }
        if let list = try forerunnerList(parts[1]), stream == Stream.forerunnerList(list.id) {
            return ListView.shows(actor, agency: list.agency, notice: list.notice)
        }
        return true
    }
}
