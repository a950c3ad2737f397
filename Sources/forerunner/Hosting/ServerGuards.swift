import Authority
import Contracts
import Logging
import Wire

/// What stands before every handler of a process, outermost first: a line in the log, a trace, the load gate,
/// refusing what could not be answered in time anyway, and questions about the past where only the present is
/// known. Identity and access come after them.
enum ServerGuards {
    static func interceptors(logger: Logger) -> [any ServerInterceptor] {
        [
            LoggingInterceptor(logger: logger, requestIDKey: CallMetadata.requestID),
            TracingInterceptor(bits: { UInt64.random(in: .min ... .max) }),
            LoadGateInterceptor(peer: peer), DeadlineFloorInterceptor(), PresentInterceptor(),
        ]
    }

    /// Whose places a call takes: an institution's wherever it calls from, else its address's.
    @Sendable private static func peer(_ call: CallContext) -> String {
        call.peerIdentity?.fingerprint ?? LoadGateInterceptor.host(of: call.peer)
    }
}
