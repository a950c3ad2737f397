package import Contracts
package import Regulation
package import Wire

/// Where it is learnt who is barred or blacklisted on a day. Must be fresh: an old answer could name an
/// enterprise whose title was taken away this morning.
package protocol StandingSource: Sendable {
    /// Everybody who is barred or blacklisted on the day, by credit code. Throws UNAVAILABLE when it cannot
    /// be learnt; then nothing that depends on it may be decided.
    func bars(on day: CivilDate, call: CallContext) async throws(RPCStatus) -> [RankingAPI.BarUsed]
}

/// Asks ComplianceService.
package struct ComplianceStanding: StandingSource {
    /// Long enough for a busy service, short enough to answer the caller in time.
    private static let timeoutMax = Duration.seconds(10)

    private let compliance: ComplianceServiceClient

    package init(channel: any RPCChannel) {
        compliance = ComplianceServiceClient(channel)
    }

    package func bars(
        on day: CivilDate, call: CallContext
    ) async throws(RPCStatus) -> [RankingAPI.BarUsed] {
        let answer: ComplianceAPI.ListBarsResponse
        do {
            answer = try await compliance.listBars(
                ComplianceAPI.ListBarsRequest(on: day.description),
                options: CallOptions(timeout: min(call.deadline.remaining, Self.timeoutMax)))
        } catch {
            throw RPCStatus(
                code: .unavailable,
                message:
                    "ComplianceService could not say who is barred (\(error.code.name): \(error.message)); "
                    + "without it nobody is ranked or published. Try again when it answers")
        }
        // Several bars of one enterprise count as the longest.
        var lastDays: [String: String] = [:]
        for bar in answer.bars {
            let code = bar.enterprise?.creditCode ?? ""
            lastDays[code] = max(lastDays[code] ?? "", bar.lastDay)
        }
        return lastDays.sorted { $0.key < $1.key }.map {
            RankingAPI.BarUsed(creditCode: $0.key, lastDay: $0.value)
        }
    }
}

/// An answer or its failure, asked before the decision and used only if the decision needs it.
struct StandingAnswer: Sendable {
    private let result: Result<[RankingAPI.BarUsed], RPCStatus>

    init(_ result: Result<[RankingAPI.BarUsed], RPCStatus>) {
        self.result = result
    }

    func bars() throws(RPCStatus) -> [RankingAPI.BarUsed] { try result.get() }

    func barred() throws(RPCStatus) -> Set<String> { Set(try result.get().map(\.creditCode)) }
}
