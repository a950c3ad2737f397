import Contracts
package import Wire

/// Calls as the offices of the year make them: signed in, with a request id that is the same on every run,
/// and patient while a process is away.
///
/// The fixed request ids make the year resumable: whatever was done before a crash answers again as it did.
struct YearCalls: Sendable {
    /// A killed process is waited for this long, in tries of `pause`.
    private static let pause = Duration.milliseconds(250)
    private static let tryCountMax = 480

    let stage: any YearStage

    var scheme: SchemeServiceClient { SchemeServiceClient(stage.counter) }
    var ranking: RankingServiceClient { RankingServiceClient(stage.counter) }
    var compliance: ComplianceServiceClient { ComplianceServiceClient(stage.counter) }

    func options(_ office: Office, _ requestID: String) -> CallOptions {
        var metadata = Metadata()
        metadata[CallMetadata.requestID] = "year/" + requestID
        if let token = stage.token(of: office) { metadata[CallMetadata.authorization] = "Bearer " + token }
        return CallOptions(timeout: .seconds(25), metadata: metadata)
    }

    /// Makes one call as an office; while a service is away, waits and sends the same request again.
    ///
    /// `awaiting` are further answers that are waited out: something that follows from another service's act.
    func call<Answer: Sendable>(
        _ office: Office, _ requestID: String, awaiting: Set<StatusCode> = [],
        _ body: (CallOptions) async throws(RPCStatus) -> Answer
    ) async throws -> Answer {
        let options = options(office, requestID)
        var wasAway = false
        for _ in 0..<Self.tryCountMax {
            do {
                return try await body(options)
            } catch  where Self.isAway(error.code) || awaiting.contains(error.code) {
                if !wasAway { stage.showWaiting(for: error.message) }
                wasAway = true
                try await Task.sleep(for: Self.pause)
            } catch {
                throw YearFailure(request: requestID, status: error)
            }
        }
        throw YearFailure(
            request: requestID,
            status: RPCStatus(code: .unavailable, message: "a service stayed away for two minutes"))
    }

    private static func isAway(_ code: StatusCode) -> Bool {
        code == .unavailable || code == .deadlineExceeded
    }

    /// Makes a call that the law must refuse with the given finding; anything else ends the year.
    ///
    /// Nil when the record has gone on since, as in a year that is run again: there is nothing to try then.
    func refused<Answer: Sendable>(
        _ office: Office, _ requestID: String, with code: String,
        _ body: (CallOptions) async throws(RPCStatus) -> Answer
    ) async throws -> CommonAPI.Finding? {
        do {
            _ = try await call(office, requestID, body)
        } catch let failure as YearFailure {
            let findings = failure.status.refusal?.findings ?? []
            if let finding = findings.first(where: { $0.code == code }) { return finding }
            if findings.contains(where: { $0.code == "WRONG_STATE" }) { return nil }
            throw failure
        }
        throw YearFailure(
            request: requestID,
            status: RPCStatus(code: .internalError, message: "\(code) was expected, but the act was let pass")
        )
    }
}

/// The year could not go on: which request, and what was answered.
package struct YearFailure: Error, CustomStringConvertible {
    package let request: String
    package let status: RPCStatus

    package var description: String {
        var lines = ["\(request): \(status.code) \(status.message)"]
        for finding in status.refusal?.findings ?? [] {
            lines.append("  \(finding.citation) \(finding.code) \(finding.subject): \(finding.messageEn)")
        }
        return lines.joined(separator: "\n")
    }
}
