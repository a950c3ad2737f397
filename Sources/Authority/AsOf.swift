import Contracts
package import Regulation
package import Wire

// Questions about the past: metadata `forerunner-as-of` asks what the answer was at an earlier moment.

/// The moment that a question is about.
package enum AsOf {
    /// Reads a moment (`2026-05-01T12:00:00+08:00`), or a date, which means the end of that day in Shanghai.
    /// What is not over yet is asked of the present; a moment that has not come is refused.
    package static func moment(_ text: String, now: Instant) throws(RPCStatus) -> Instant {
        if let moment = Instant(text) {
            guard moment <= now else {
                throw RPCStatus(code: .invalidArgument, message: "\(CallMetadata.asOf): \(text) is to come")
            }
            return moment
        }
        guard let date = CivilDate(text), date <= now.shanghaiDate else {
            throw RPCStatus(
                code: .invalidArgument,
                message: "\(CallMetadata.asOf): write a past date, as in 2026-05-01, or a moment with its "
                    + "zone, as in 2026-05-01T12:00:00+08:00")
        }
        let nextDay = Instant.shanghai(date.adding(days: 1), hour: 0, minute: 0)
        return min(now, Instant(utcMicroseconds: nextDay.utcMicroseconds - 1))
    }
}

extension CommandDesk {
    /// The moment a question is about: now, unless it asks for the past. UNAVAILABLE when the clock cannot be
    /// read.
    package func moment(for call: CallContext) throws(RPCStatus) -> Instant {
        let now: Instant
        do {
            now = try time.now()
        } catch {
            throw RPCStatus(code: .unavailable, message: error.description)
        }
        guard let text = call.metadata[CallMetadata.asOf] else { return now }
        return try AsOf.moment(text, now: now)
    }

    /// The civil date in Shanghai of that moment.
    package func today(for call: CallContext) throws(RPCStatus) -> CivilDate {
        try moment(for: call).shanghaiDate
    }
}

/// Refuses to be asked about the past where the present alone is known or changed, so that nobody takes
/// today's answer for an earlier one.
package struct PresentInterceptor: ServerInterceptor {
    /// What these tell is made when they are asked.
    private static let presentMethods: Set<String> = [
        "forerunner.compliance.v1.ComplianceService/GetStatusList",
        "forerunner.compliance.v1.ComplianceService/GetTrust",
    ]

    private static let services: Set<String> = [
        "forerunner.scheme.v1.SchemeService", "forerunner.ranking.v1.RankingService",
        "forerunner.compliance.v1.ComplianceService",
    ]

    package init() {}

    package func intercept<Answer: Sendable>(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Answer
    ) async throws(RPCStatus) -> Answer {
        if call.metadata[CallMetadata.asOf] != nil, !Self.knowsPast(call) {
            throw RPCStatus(
                code: .invalidArgument,
                message: "\(CallMetadata.asOf): \(call.service)/\(call.method) cannot be asked about "
                    + "the past")
        }
        return try await next(call)
    }

    private static func knowsPast(_ call: CallContext) -> Bool {
        let name = "\(call.service)/\(call.method)"
        return services.contains(call.service) && !presentMethods.contains(name)
            && AccessTable.policies["/" + name]?.effect == .read
    }
}
