import Synchronization

/// Sheds load before handlers run: an excess call is refused with RESOURCE_EXHAUSTED and told when to come
/// back.
///
/// One value guards one process: all its routers share it.
public final class LoadGateInterceptor: ServerInterceptor {
    /// Who is meant by "peer": an identity where there is one.
    public typealias PeerName = @Sendable (CallContext) -> String
    public typealias Weight = @Sendable (CallContext) -> LoadWeight

    private let gate: Mutex<LoadGate>
    private let weight: Weight
    private let peer: PeerName
    private let now: @Sendable () -> MonotonicInstant

    /// - Parameters:
    ///   - weight: of a call, by its method.
    ///   - peer: the address without its port, unless told otherwise.
    public init(
        gate: LoadGate = LoadGate(), now: @escaping @Sendable () -> MonotonicInstant = { .now },
        peer: @escaping PeerName = { LoadGateInterceptor.host(of: $0.peer) },
        weight: @escaping Weight = LoadGateInterceptor.healthIsExempt
    ) {
        self.gate = Mutex(gate)
        self.now = now
        self.peer = peer
        self.weight = weight
    }

    public var runningCount: Int { gate.withLock { $0.runningCount } }
    public var refusedCount: Int { gate.withLock { $0.refusedCount } }

    public func intercept(
        _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) {
        let (peer, weight) = (peer(call), weight(call))
        let answer = gate.withLock { $0.enter(method: call.fullMethod, peer: peer, weight: weight) }
        switch answer {
        case .refused(let bound, let delay): throw Self.status(bound, delay)
        case .admitted(let ticket):
            defer {
                let now = now()
                gate.withLock {
                    $0.leave(ticket, wasLate: call.deadline.remaining(at: now) < .zero, at: now)
                }
            }
            try await next(call)
        }
    }

    @Sendable public static func healthIsExempt(_ call: CallContext) -> LoadWeight {
        call.service == "grpc.health.v1.Health" ? .exempt : .ordinary
    }

    /// "127.0.0.1" of "127.0.0.1:7400"; connections of one machine come from many ports.
    @Sendable public static func host(of peer: String) -> String {
        guard let colon = peer.lastIndex(of: ":") else { return peer }
        return String(peer[..<colon])
    }

    private static func status(_ bound: LoadGate.Bound, _ delay: Duration) -> RPCStatus {
        let message =
            switch bound {
            case .process: "the server has as many calls as it can answer in time"
            case .method: "too many calls of this method run"
            case .peer: "too many calls of this caller run"
            }
        return RPCStatus(
            code: .resourceExhausted, message: "\(message); repeat the call a little later",
            details: [RetryInfo(delay: delay).detail])
    }
}
