public import Logging

/// One line for each call at debug, and one at warning for those that ended by our own mistake.
///
/// Payloads and metadata are never written, for they hold tokens and people's data; of the metadata only the
/// trace and, where its key is given, the request's identity.
public struct LoggingInterceptor: ServerInterceptor {
    /// Characters of a status message that are written.
    private static let messageCountMax = 200

    private let logger: Logger
    private let requestIDKey: String?
    private let now: @Sendable () -> MonotonicInstant

    public init(
        logger: Logger, requestIDKey: String? = nil,
        now: @escaping @Sendable () -> MonotonicInstant = { .now }
    ) {
        self.logger = logger
        self.requestIDKey = requestIDKey
        self.now = now
    }

    public func intercept(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) {
        let start = now()
        do throws(RPCStatus) {
            try await next(call)
            logger.debug("call answered", metadata: facts(call, .ok, since: start))
        } catch {
            switch error.code {
            case .internalError, .unknown:
                var facts = facts(call, error.code, since: start)
                facts["message"] = "\(Self.line(error.message))"
                logger.warning("call failed by a mistake of this server", metadata: facts)
            case .ok, .cancelled, .invalidArgument, .deadlineExceeded, .notFound, .alreadyExists,
                .permissionDenied, .resourceExhausted, .failedPrecondition, .aborted, .outOfRange,
                .unimplemented, .unavailable, .dataLoss, .unauthenticated:
                logger.debug("call answered", metadata: facts(call, error.code, since: start))
            }
            throw error
        }
    }

    /// Made only when the line is written: the logger takes it unevaluated.
    private func facts(
        _ call: CallContext, _ code: StatusCode, since start: MonotonicInstant
    ) -> Logger.Metadata {
        var facts: Logger.Metadata = [
            "method": "\(call.fullMethod)", "code": "\(code.name)", "peer": "\(call.peer)",
            "microseconds": "\(start.duration(to: now()).nanosecondsClamped / 1_000)",
        ]
        if let trace = TraceContext(call.metadata) { facts["trace"] = "\(trace.traceID)" }
        if let requestIDKey, let requestID = call.metadata[requestIDKey] {
            facts["request"] = "\(Self.line(requestID))"
        }
        return facts
    }

    /// One line of bounded length: a line break in a message must not forge a second entry.
    private static func line(_ text: String) -> String {
        String(
            text.prefix(messageCountMax).map { character in
                let isControl = character.unicodeScalars.contains { $0.value < 0x20 }
                return character.isNewline || isControl ? " " : character
            })
    }
}
