import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Consents to either kind of list; submission and form review of a ranking list, its notice and publication
// (3.2.4).
extension RankingService {
    package func recordConsents(
        _ request: RankingAPI.RecordConsentsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let list = try Fields.found(
                try store.consentSubject(request.listId), "list", request.listId)
            let event = try ConsentDecisions.record(
                request, to: list, by: command.actor, on: command.today)
            return Decision(
                [EventDraft(list.stream, event)],
                seen: [list.stream: try store.version(of: list.stream)], id: list.id,
                state: list.state.name, remarks: [])
        }
    }

    package func submitRanking(
        _ request: RankingAPI.SubmitRankingRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await changeRanking(request, call, request.listId) { store, list, command in
            let letter = try Letters.ranking(list, store, dated: command.today.description)
            let (event, remarks) = try RankingDecisions.submit(
                request, list, consents: try store.consents(list.id),
                listed: Set(try store.enterprises(of: list.id)),
                letter: (Letters.digest(of: letter), letter.rows.count), by: command.actor,
                on: command.today)
            return (event, "SUBMITTED", remarks)
        }
    }

    package func reviewRanking(
        _ request: RankingAPI.ReviewRankingRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let standing = await askStanding(call)
        return try await changeRanking(request, call, request.listId) { store, list, command in
            let scheme = try Fields.found(try store.scheme(list.schemeId), "scheme", list.schemeId)
            let recomputed =
                request.pass ? try store.recalculate(list).digests.result : list.digests?.result ?? []
            let consents = try store.consents(list.id)
            let named = Set(consents.filter(\.value).keys)
            let event = try RankingDecisions.review(
                request, list, recomputed: recomputed, named: named,
                barred: request.pass ? try standing.barred() : [],
                isSchemeInForce: scheme.agency?.creditCode == list.agency?.creditCode)
            return (event, request.pass ? "REVIEWED" : "RETURNED", [])
        }
    }

    package func openRankingNotice(
        _ request: RankingAPI.OpenRankingNoticeRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let calendar = calendar
        return try await changeRanking(request, call, request.listId) { store, list, command in
            let opened = try ResultNoticeDecisions.open(
                try store.subject(list), workingDays: request.workingDays, departures: request.departures,
                noticeID: command.derivedID("NOTICE"), on: command.today, calendar: calendar)
            let event = RankingAPI.RankingNoticeOpened(
                listId: list.id, notice: opened.notice, departures: opened.departures)
            return (event, "UNDER_NOTICE", opened.remarks)
        }
    }

    package func publishRanking(
        _ request: RankingAPI.PublishRankingRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let calendar = calendar
        let standing = await askStanding(call)
        return try await changeRanking(request, call, request.listId) { store, list, command in
            let event = try RankingDecisions.publish(
                list, subject: try store.subject(list), consents: try store.consents(list.id),
                barred: try standing.barred(), on: command.today, calendar: calendar)
            return (event, "PUBLISHED", [])
        }
    }
}
