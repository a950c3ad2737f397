import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Questions about declared standards (S3.2.1: what enterprises declared in public).
extension RankingService {
    package func listStandards(
        _ request: RankingAPI.ListStandardsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListStandardsResponse {
        try await desk.answer(call) { database in
            let snapshot = try Fields.found(
                try RankingStore(database: database).snapshot(request.snapshotId), "snapshot",
                request.snapshotId)
            guard request.category.isEmpty != request.creditCode.isEmpty else {
                throw RPCStatus(
                    code: .invalidArgument,
                    message: "give either category or creditCode; GetSnapshot tells the categories")
            }
            let store = RegisterStore(database: database)
            let page = PageBounds(request.page)
            let found =
                request.creditCode.isEmpty
                ? try store.standards(
                    of: .init(snapshot), category: request.category, offset: page.offset, limit: page.limit)
                : try store.standards(
                    of: .init(snapshot), enterprise: request.creditCode, offset: page.offset,
                    limit: page.limit)
            return RankingAPI.ListStandardsResponse(
                standards: found.standards.map { .init($0) }, total: UInt32(found.total))
        }
    }

    package func getStandardHistory(
        _ request: RankingAPI.GetStandardHistoryRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.GetStandardHistoryResponse {
        try await desk.answer(call) { database in
            let store = RegisterStore(database: database)
            let subject: (enterprise: Int, number: String)?
            if request.standardId != 0 {
                subject = try store.number(ofRow: request.standardId)
            } else {
                let number = try Self.number(request.number)
                subject = try store.enterprise(request.creditCode).map { ($0, number.matchKey) }
            }
            guard let subject else {
                throw RPCStatus(code: .notFound, message: "no such standard was ever declared here")
            }
            let versions = try store.versions(of: subject).filter {
                request.standardId == 0 || $0.standardId == request.standardId
            }
            guard !versions.isEmpty else {
                throw RPCStatus(code: .notFound, message: "no such standard was ever declared here")
            }
            let editions = try store.editions(of: subject)
            return RankingAPI.GetStandardHistoryResponse(
                versions: versions, earlierEditions: editions.earlier, laterEditions: editions.later)
        }
    }

    private static func number(_ text: String) throws(RPCStatus) -> StandardNumber {
        do throws(StandardNumberFlaw) {
            return try StandardNumber(text)
        } catch {
            throw RPCStatus(code: .invalidArgument, message: "number: “\(text)”: \(error.messageEN)")
        }
    }
}
