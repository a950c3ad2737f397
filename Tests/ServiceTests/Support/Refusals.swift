import Contracts
import Testing
import Wire

/// The status a call ends with; a call that answers is an issue of the test and gives nil.
func status<Answer: Sendable>(
    sourceLocation: SourceLocation = #_sourceLocation,
    of call: () async throws(RPCStatus) -> Answer
) async -> RPCStatus? {
    do {
        let answer = try await call()
        Issue.record("the call answered \(answer)", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}

/// Holds that a call is refused by the law with these findings, all and no others, in any order.
func expectRefusal<Answer: Sendable>(
    _ codes: String..., sourceLocation: SourceLocation = #_sourceLocation,
    of call: () async throws(RPCStatus) -> Answer
) async {
    guard let status = await status(sourceLocation: sourceLocation, of: call) else { return }
    #expect(status.code == .failedPrecondition, "\(status)", sourceLocation: sourceLocation)
    let found = status.refusal?.findings.map(\.code).sorted()
    #expect(found == codes.sorted(), "\(status.message)", sourceLocation: sourceLocation)
    for finding in status.refusal?.findings ?? [] {
        #expect(
            !finding.citation.isEmpty && !finding.term.isEmpty && !finding.messageZh.isEmpty
                && !finding.messageEn.isEmpty, "\(finding)", sourceLocation: sourceLocation)
    }
}

/// Holds that a call ends with a status code that is no refusal of the law.
func expectStatus<Answer: Sendable>(
    _ code: StatusCode, sourceLocation: SourceLocation = #_sourceLocation,
    of call: () async throws(RPCStatus) -> Answer
) async {
    guard let status = await status(sourceLocation: sourceLocation, of: call) else { return }
    #expect(status.code == code, "\(status)", sourceLocation: sourceLocation)
    #expect(status.refusal == nil, sourceLocation: sourceLocation)
}
