package import Authority
package import Contracts
import Ledger
package import Regulation
package import Wire

/// The authority over key fields, calls, applications and evaluation schemes (sections 1, 2.1 and 3.1).
///
/// Handlers translate, decide on a snapshot of the projections, append through the desk and answer.
package struct SchemeService: SchemeServiceProtocol {
    let desk: CommandDesk
    let calendar: WorkingDayCalendar

    package init(desk: CommandDesk, calendar: WorkingDayCalendar = .official) {
        self.desk = desk
        self.calendar = calendar
    }

    package func publishKeyField(
        _ request: SchemeAPI.PublishKeyFieldRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let keyField = try Fields.present(request.keyField, "keyField")
            let existing = try SchemeStore(database: database).keyField(keyField.code)
            let event = try KeyFieldDecisions.publish(keyField, existing: existing, on: command.today)
            let stream = Stream.keyField(keyField.code)
            return Decision(
                [EventDraft(stream, event)], seen: [stream: 0], id: keyField.code, state: "PUBLISHED")
        }
    }

    package func enrolExpert(
        _ request: SchemeAPI.EnrolExpertRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, _ in
            let expert = try Fields.present(request.expert, "expert")
            let existing = try SchemeStore(database: database).expert(expert.id)
            let event = try KeyFieldDecisions.enrol(expert, existing: existing)
            let stream = Stream.expert(expert.id)
            return Decision(
                [EventDraft(stream, event)], seen: [stream: 0], id: expert.id, state: "ENROLLED")
        }
    }

    package func openCall(
        _ request: SchemeAPI.OpenCallRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let id = command.derivedID("CALL")
            let event = try KeyFieldDecisions.open(
                request, id: id, keyField: try SchemeStore(database: database).keyField(request.keyField),
                on: command.today)
            let stream = Stream.call(id)
            return Decision([EventDraft(stream, event)], seen: [stream: 0], id: id, state: "OPEN")
        }
    }

    package func submitApplication(
        _ request: SchemeAPI.SubmitApplicationRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let store = SchemeStore(database: database)
            let open = try Fields.found(try store.call(request.callId), "call", request.callId)
            let id = command.derivedID("APP")
            var (event, remarks) = try ApplicationDecisions.submit(
                request, to: open, for: try store.keyField(open.keyField), id: id, by: command.actor,
                on: command.today)
            let personal = command.personalPart(request.agency?.personalData ?? .init(), id: id)
            event.personal = personal.map(CommonAPI.PersonalMark.init)
            let stream = Stream.application(id)
            let draft = EventDraft(stream, event, personal: personal.map(PersonalEffect.keeps))
            return Decision([draft], seen: [stream: 0], id: id, state: "SUBMITTED", remarks: remarks)
        }
    }

    package func reviewForm(
        _ request: SchemeAPI.ReviewFormRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await change(request, call, request.applicationId) { store, application, command in
            let (event, remarks) = try PanelDecisions.reviewForm(
                request, of: application,
                contents: ApplicationDecisions.contents(
                    of: try store.withPersonalData(application),
                    keyField: try store.keyField(application.keyField)))
            return (
                EventDraft(Stream.application(application.id), event),
                request.pass ? "FORM_PASSED" : "FORM_FAILED", remarks
            )
        }
    }

    package func appointPanel(
        _ request: SchemeAPI.AppointPanelRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await change(request, call, request.applicationId) { store, application, _ in
            let event = try PanelDecisions.appoint(try store.experts(request.expertIds), to: application)
            return (EventDraft(Stream.application(application.id), event), "UNDER_PANEL", [])
        }
    }

    package func giveOpinion(
        _ request: SchemeAPI.GiveOpinionRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await change(request, call, request.applicationId) { store, application, _ in
            let event = try PanelDecisions.give(
                try Fields.present(request.opinion, "opinion"), on: application,
                panel: try store.experts(application.panel))
            return (EventDraft(Stream.application(application.id), event), "UNDER_PANEL", [])
        }
    }

    package func concludePanel(
        _ request: SchemeAPI.ConcludePanelRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await change(request, call, request.applicationId) { store, application, _ in
            let event = try PanelDecisions.conclude(
                request, of: application, panel: try store.experts(application.panel))
            let state =
                switch event.verdict {
                case .pass: "PANEL_PASSED"
                case .passAfterChange: "SENT_BACK"
                case .fail, .unspecified, .unrecognized: "PANEL_FAILED"
                }
            return (EventDraft(Stream.application(application.id), event), state, [])
        }
    }

    package func reviseScheme(
        _ request: SchemeAPI.ReviseSchemeRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await change(request, call, request.applicationId) { store, application, command in
            try ApplicationDecisions.requireOwner(command.actor, of: application)
            let scheme = try Fields.present(request.scheme, "scheme")
            let event = try PanelDecisions.revise(
                scheme, of: application,
                contents: ApplicationDecisions.contents(
                    of: scheme, keyField: try store.keyField(application.keyField)))
            let state = application.panelVerdict == .pass ? "PANEL_PASSED" : "UNDER_PANEL"
            return (EventDraft(Stream.application(application.id), event), state, [])
        }
    }
}

extension SchemeService {
    /// A command on one application: loads it, decides, appends one event to its stream.
    func change<Request: WireMessage>(
        _ request: Request, _ call: CallContext, _ applicationID: String,
        _ decide:
            @escaping @Sendable (SchemeStore, SchemeAPI.Application, CommandContext) throws -> (
                event: EventDraft, state: String, remarks: [Finding]
            )
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let store = SchemeStore(database: database)
            let application = try Fields.found(
                try store.application(applicationID), "application", applicationID)
            let decided = try decide(store, application, command)
            let stream = Stream.application(applicationID)
            return Decision(
                [decided.event], seen: [stream: try store.version(of: stream)], id: applicationID,
                state: decided.state, remarks: decided.remarks)
        }
    }
}

/// Names of the record's streams.
enum Stream {
    static func keyField(_ code: String) -> String { "key-field/\(code)" }
    static func expert(_ id: String) -> String { "expert/\(id)" }
    static func call(_ id: String) -> String { "call/\(id)" }
    static func application(_ id: String) -> String { "application/\(id)" }
}
