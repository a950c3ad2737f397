import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// What the agency published itself elsewhere (3.2.4, 同步公示和发布).
extension RankingService {
    package func recordOwnPublication(
        _ request: RankingAPI.RecordOwnPublicationRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let ranking = try store.rankingList(request.subjectId)
            let forerunners = try store.forerunnerList(request.subjectId)
            let subject = try Fields.found(
                try ranking.map(store.subject) ?? forerunners.map(store.subject), "list", request.subjectId)
            let (event, remarks) = try OwnPublicationDecisions.record(
                request, of: subject, publishedOn: ranking?.publishedOn ?? forerunners?.publishedOn ?? "",
                recorded: ranking?.ownPublications ?? forerunners?.ownPublications ?? [],
                by: command.actor, on: command.today)
            return Decision(
                [EventDraft(subject.stream, event)],
                seen: [subject.stream: try store.version(of: subject.stream)], id: subject.id,
                state: subject.state.name, remarks: remarks)
        }
    }
}
