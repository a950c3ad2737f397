package import Contracts
import Ledger
import Regulation
package import Wire

/// 个人信息: what every authority that keeps some answers and erases, in the same way (R29).
package struct PersonalDesk: Sendable {
    /// A sentence: the reason stays in the record.
    private static let reasonCharacterCountMax = 200

    private let desk: CommandDesk

    package init(desk: CommandDesk) {
        self.desk = desk
    }

    package func get(
        _ request: CommonAPI.GetPersonalDataRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.GetPersonalDataResponse {
        try await desk.answer(call) { database in
            let data = try PersonalRows.data(request.id, in: database)
            return .init(data: try CommonAPI.PersonalData(serialized: try Self.kept(data, request.id)))
        }
    }

    package func erase(
        _ request: CommonAPI.ErasePersonalDataRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let reason = request.reason
            guard !reason.isEmpty, reason.count <= Self.reasonCharacterCountMax else {
                throw RPCStatus(
                    code: .invalidArgument,
                    message: "reason: write 1 to \(Self.reasonCharacterCountMax) characters that name nobody")
            }
            _ = try Self.kept(try PersonalRows.data(request.id, in: database), request.id)
            let event = CommonAPI.PersonalDataErased(
                id: request.id, reason: reason, erasedOn: command.today.description)
            let stream = "personal/\(request.id)"
            return Decision(
                [EventDraft(stream, event, personal: .erases(id: request.id))], seen: [stream: 0],
                id: request.id, state: "ERASED")
        }
    }

    private static func kept(_ data: [UInt8]?, _ id: String) throws(RPCStatus) -> [UInt8] {
        guard let data else {
            throw RPCStatus(
                code: .notFound,
                message: "no personal data are kept under \(id): none came with it, or they were erased")
        }
        return data
    }
}
