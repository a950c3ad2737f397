import Testing
import Wire

/// Both ends of the wire with the Go implementation of ttrpc at the other one; suites in this folder.
///
/// Debian's package of it knows unary calls only.
@Suite(
    "With the Go implementation", .serialized,
    .enabled(if: GoPackages.areNeeded, Comment(rawValue: GoPackages.complaint)), .timeLimit(.minutes(5)))
enum GoTests {}

/// The handlers of `WireStage`, and one that answers with the call as it sees it.
struct InteropRouter: RequestRouter {
    let stage: ServiceRouter

    func route(service: String, method: String) throws(RPCStatus) -> MethodHandler {
        guard service == "test.Echo", method == "Seen" else {
            return try stage.route(service: service, method: method)
        }
        return .unary { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
            Envelope.Request(
                service: call.service, method: call.method, payload: payload,
                timeoutNano: call.deadline.remaining.nanosecondsClamped,
                metadata: call.metadata.entries.map { Envelope.KeyValue(key: $0.key, value: $0.value) }
            ).serialized()
        }
    }
}
