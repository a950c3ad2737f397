import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Questions, answered from a snapshot of the projections.
extension SchemeService {
    package func getApplication(
        _ request: SchemeAPI.GetApplicationRequest, _ call: CallContext
    ) async throws(RPCStatus) -> SchemeAPI.Application {
        try await desk.answer(call) { database in
            let store = SchemeStore(database: database)
            let application = try Fields.found(
                try store.application(request.id), "application", request.id)
            let actor = Actor(call)
            if actor.role == .evaluationAgency {
                try ApplicationDecisions.requireOwner(actor, of: application)
            }
            return try store.withPersonalData(application)
        }
    }

    package func getScheme(
        _ request: SchemeAPI.GetSchemeRequest, _ call: CallContext
    ) async throws(RPCStatus) -> SchemeAPI.PublishedScheme {
        try await desk.answer(call) { database in
            try Fields.found(try SchemeStore(database: database).scheme(request.id), "scheme", request.id)
        }
    }

    package func listKeyFields(
        _ request: SchemeAPI.ListKeyFieldsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> SchemeAPI.ListKeyFieldsResponse {
        try await desk.answer(call) { database in
            let store = SchemeStore(database: database)
            return SchemeAPI.ListKeyFieldsResponse(
                keyFields: try store.keyFields(year: Int(request.year)), calls: try store.calls())
        }
    }

    package func listSchemes(
        _ request: SchemeAPI.ListSchemesRequest, _ call: CallContext
    ) async throws(RPCStatus) -> SchemeAPI.ListSchemesResponse {
        try await desk.answer(call) { database in
            SchemeAPI.ListSchemesResponse(
                schemes: try SchemeStore(database: database).schemes(keyField: request.keyField))
        }
    }

    package func listNotices(
        _ request: SchemeAPI.ListNoticesRequest, _ call: CallContext
    ) async throws(RPCStatus) -> SchemeAPI.ListNoticesResponse {
        let (calendar, today) = (calendar, try desk.today(for: call))
        return try await desk.answer(call) { database in
            let notices = try SchemeStore(database: database).applicationsWithNotice()
                .flatMap { $0.pastNotices + ($0.notice.map { [$0] } ?? []) }
                .map { try $0.standing(on: today, calendar: calendar) }
            return SchemeAPI.ListNoticesResponse(
                notices: request.openOnly ? notices.filter { $0.state == .open } : notices)
        }
    }

    package func listHistory(
        _ request: SchemeAPI.ListHistoryRequest, _ call: CallContext
    ) async throws(RPCStatus) -> SchemeAPI.ListHistoryResponse {
        try await desk.answer(call) { database in
            let events = try EventRows.events(inStream: request.stream, in: database)
            return SchemeAPI.ListHistoryResponse(lines: try events.compactMap(SchemeHistory.line))
        }
    }
}
