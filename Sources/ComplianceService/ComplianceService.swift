package import Authority
package import Contracts
import Ledger
package import Regulation
package import Wire

/// The authority over titles, their cancellation and the three-year bar (3.2.5, 3.2.6).
package struct ComplianceService: ComplianceServiceProtocol {
    let desk: CommandDesk
    let calendar: WorkingDayCalendar
    let credentials: CredentialOffice?

    package init(
        desk: CommandDesk, calendar: WorkingDayCalendar = .official, credentials: CredentialOffice? = nil
    ) {
        self.desk = desk
        self.calendar = calendar
        self.credentials = credentials
    }

    /// What follows here from an event of RankingService: a published list of forerunners grants its titles.
    package static let consequence: FeedFollower.Consequence = { event, _, _ in
        guard event.type == RankingAPI.ForerunnersPublished.fullName,
            let list = try RankingAPI.ForerunnersPublished(serialized: event.payload).list
        else { return [] }
        let learnt = ComplianceAPI.ForerunnersLearnt(
            forerunnerListId: list.id, sourcePosition: event.position)
        let titles = try TitleDecisions.grant(list)
        return [EventDraft("forerunner-list/\(list.id)", learnt)]
            + titles.map { EventDraft(Self.stream($0.title?.id ?? ""), $0) }
    }

    /// Name under which the cursor in RankingService's feed is kept.
    package static let rankingSource = "ranking"

    static func stream(_ titleID: String) -> String { "title/\(titleID)" }

    package func recordSpotCheck(
        _ request: ComplianceAPI.RecordSpotCheckRequest, _ call: CallContext
    ) async throws(RPCStatus) -> ComplianceAPI.RecordSpotCheckResponse {
        try await desk.execute(request, call) { database, command in
            let store = TitleStore(database: database)
            let title = try Fields.found(try store.title(request.titleId), "title", request.titleId)
            let event = try TitleDecisions.record(
                request, on: title, id: command.derivedID("CHECK"), by: command.actor,
                today: command.today)
            let stream = Self.stream(title.id)
            return Decision(
                [EventDraft(stream, event)], seen: [stream: try store.version(of: stream)]
            ) { events in
                ComplianceAPI.RecordSpotCheckResponse(
                    check: event.check,
                    receipt: CommonAPI.Receipt(
                        id: event.check?.id ?? "",
                        state: event.check?.outcome == .meetsDeclared ? "MEETS_DECLARED" : "FAILS_DECLARED",
                        position: events.last?.position ?? 0, momentUtcUs: events.last?.moment ?? 0))
            }
        }
    }

    package func demandCancellation(
        _ request: ComplianceAPI.DemandCancellationRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let calendar = calendar
        return try await desk.execute(request, call) { database, command in
            let store = TitleStore(database: database)
            let title = try Fields.found(try store.title(request.titleId), "title", request.titleId)
            let event = try TitleDecisions.demand(
                request, of: title, checks: try store.spotChecks(of: title.id), on: command.today,
                calendar: calendar)
            let stream = Self.stream(title.id)
            return Decision(
                [EventDraft(stream, event)], seen: [stream: try store.version(of: stream)], id: title.id,
                state: "CANCELLATION_DEMANDED")
        }
    }

    package func cancelTitle(
        _ request: ComplianceAPI.CancelTitleRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let store = TitleStore(database: database)
            let title = try Fields.found(try store.title(request.titleId), "title", request.titleId)
            let (cancelled, barred) = try TitleDecisions.cancel(
                request, title, by: command.actor, on: command.today)
            let stream = Self.stream(title.id)
            return Decision(
                [EventDraft(stream, cancelled), EventDraft(stream, barred)],
                seen: [stream: try store.version(of: stream)], id: title.id, state: "CANCELLED")
        }
    }

    package func getTitle(
        _ request: ComplianceAPI.GetTitleRequest, _ call: CallContext
    ) async throws(RPCStatus) -> ComplianceAPI.GetTitleResponse {
        let today = try desk.today(for: call)
        return try await desk.answer(call) { database in
            let store = TitleStore(database: database)
            var title = try Fields.found(try store.title(request.id), "title", request.id)
            title.state = TitleLifecycle.state(of: title, on: today)
            let events = try EventRows.events(inStream: Self.stream(title.id), in: database)
            return ComplianceAPI.GetTitleResponse(
                title: title, history: try events.compactMap(TitleHistory.line),
                spotChecks: try store.spotChecks(of: title.id))
        }
    }

    package func findTitles(
        _ request: ComplianceAPI.FindTitlesRequest, _ call: CallContext
    ) async throws(RPCStatus) -> ComplianceAPI.FindTitlesResponse {
        let today = try desk.today(for: call)
        let page = PageBounds(request.page)
        return try await desk.answer(call) { database in
            var (titles, total) = try TitleStore(database: database)
                .titles(matching: request.query, offset: page.offset, limit: page.limit)
            for index in titles.indices {
                titles[index].state = TitleLifecycle.state(of: titles[index], on: today)
            }
            return ComplianceAPI.FindTitlesResponse(titles: titles, total: UInt32(total))
        }
    }

    package func listBars(
        _ request: ComplianceAPI.ListBarsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> ComplianceAPI.ListBarsResponse {
        let today = try desk.today(for: call)
        return try await desk.answer(call) { database in
            let day = request.on.isEmpty ? today : try Fields.date(request.on, "on")
            return ComplianceAPI.ListBarsResponse(
                bars: try TitleStore(database: database).bars(on: day.description),
                position: try EventRows.lastPosition(in: database))
        }
    }
}
