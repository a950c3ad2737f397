import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Notice, objections, determination and publication (3.1.3).
extension SchemeService {
    package func openNotice(
        _ request: SchemeAPI.OpenNoticeRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let calendar = calendar
        return try await change(request, call, request.applicationId) { _, application, command in
            let event = try NoticeDecisions.open(
                application, noticeID: command.derivedID("NOTICE"), on: command.today, calendar: calendar)
            return (EventDraft(Stream.application(application.id), event), "UNDER_NOTICE", [])
        }
    }

    package func lodgeObjection(
        _ request: SchemeAPI.LodgeObjectionRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let calendar = calendar
        return try await desk.execute(request, call) { database, command in
            let store = SchemeStore(database: database)
            let application = try Fields.found(
                try store.application(underNotice: request.noticeId), "notice", request.noticeId)
            let id = command.derivedID("OBJECTION")
            var event = try NoticeDecisions.lodge(
                request, against: application, objectionID: id, on: command.today, calendar: calendar)
            let personal = command.personalPart(.init(contact: request.contact), id: id)
            event.personal = personal.map(CommonAPI.PersonalMark.init)
            let stream = Stream.application(application.id)
            return Decision(
                [EventDraft(stream, event, personal: personal.map(PersonalEffect.keeps))],
                seen: [stream: try store.version(of: stream)], id: id, state: "RECEIVED")
        }
    }

    package func settleObjection(
        _ request: SchemeAPI.SettleObjectionRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let store = SchemeStore(database: database)
            let application = try Fields.found(
                try store.application(withObjection: request.objectionId), "objection", request.objectionId)
            let event = try NoticeDecisions.settle(request, in: application, on: command.today)
            let stream = Stream.application(application.id)
            return Decision(
                [EventDraft(stream, event)], seen: [stream: try store.version(of: stream)],
                id: request.objectionId, state: ObjectionOutcome(request.outcome)?.state ?? "")
        }
    }

    package func determineAgency(
        _ request: SchemeAPI.DetermineAgencyRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let calendar = calendar
        return try await change(request, call, request.applicationId) { _, application, command in
            let event = try NoticeDecisions.determine(
                application, minutes: request.minutes, on: command.today, calendar: calendar)
            return (EventDraft(Stream.application(application.id), event), "DETERMINED", [])
        }
    }

    package func publishScheme(
        _ request: SchemeAPI.PublishSchemeRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let (calendar, edition) = (calendar, desk.edition)
        return try await desk.execute(request, call) { database, command in
            let store = SchemeStore(database: database)
            let application = try Fields.found(
                try store.application(request.applicationId), "application", request.applicationId)
            let id = command.derivedID("SCHEME")
            let event = try NoticeDecisions.publish(
                application, schemeID: id, digest: try ApplicationDecisions.digest(of: application),
                keyFieldName: try store.keyField(application.keyField)?.name ?? "",
                edition: edition.name, on: command.today, calendar: calendar)
            let stream = Stream.application(application.id)
            return Decision(
                [EventDraft(stream, event)], seen: [stream: try store.version(of: stream)], id: id,
                state: "PUBLISHED")
        }
    }
}
