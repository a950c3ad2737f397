import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Objections to either kind of list, the experts' opinion and the decision (3.2.4).
extension RankingService {
    package func lodgeObjection(
        _ request: RankingAPI.LodgeObjectionRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let calendar = calendar
        return try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let subject = try Fields.found(
                try store.subject(underNotice: request.noticeId), "notice", request.noticeId)
            let id = command.derivedID("OBJECTION")
            var event = try ResultNoticeDecisions.lodge(
                request, against: subject, objectionID: id, on: command.today, calendar: calendar)
            let personal = command.personalPart(.init(contact: request.contact), id: id)
            event.personal = personal.map(CommonAPI.PersonalMark.init)
            return Decision(
                [EventDraft(subject.stream, event, personal: personal.map(PersonalEffect.keeps))],
                seen: [subject.stream: try store.version(of: subject.stream)], id: id, state: "RECEIVED")
        }
    }

    package func giveComprehensiveOpinion(
        _ request: RankingAPI.GiveComprehensiveOpinionRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await changeObjection(request, call, request.objectionId) { subject, _, _ in
            let event = try ResultNoticeDecisions.opine(request, in: subject)
            return (event, "OPINION_GIVEN")
        }
    }

    package func decideObjection(
        _ request: RankingAPI.DecideObjectionRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await changeObjection(request, call, request.objectionId) { subject, founded, command in
            let event = try ResultNoticeDecisions.decide(
                request, in: subject, founded: founded, on: command.today)
            return (event, ObjectionOutcome(request.outcome)?.rawValue.uppercased() ?? "")
        }
    }

    /// A command on one objection: loads the list it is about, decides, appends to the list's stream.
    private func changeObjection<Request: WireMessage>(
        _ request: Request, _ call: CallContext, _ objectionID: String,
        _ decide:
            @escaping @Sendable (ListSubject, Bool?, CommandContext) throws -> (
                event: any WireMessage, state: String
            )
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let found = try Fields.found(try store.objection(objectionID), "objection", objectionID)
            let subject = try Fields.found(try store.subject(found.subject), "list", found.subject)
            let decided = try decide(subject, found.founded, command)
            return Decision(
                [EventDraft(subject.stream, decided.event)],
                seen: [subject.stream: try store.version(of: subject.stream)], id: objectionID,
                state: decided.state)
        }
    }
}
