import Contracts
import Testing
import Wire

/// Codes of the findings with which a call is refused.
func refusedCodes<Answer>(_ body: () async throws -> Answer) async throws -> [String] {
    do {
        _ = try await body()
        Issue.record("the call was not refused")
        return []
    } catch let status as RPCStatus {
        #expect(status.code == .failedPrecondition, "\(status)")
        return try #require(status.refusal).findings.map(\.code)
    }
}
