import Synchronization
import Wire

/// Handlers whose calls a test can watch and hold: what happens arrives in `signals`, in order.
final class WireStage: Sendable {
    enum Signal: Sendable, Equatable {
        case started(String)
        case cancelled(String)
    }

    let signals: AsyncStream<Signal>
    private let signalling: AsyncStream<Signal>.Continuation
    private let held = Mutex<[CheckedContinuation<Void, Never>]>([])
    private let isOpen = Mutex(false)

    init() {
        (signals, signalling) = AsyncStream.makeStream(of: Signal.self)
    }

    var router: ServiceRouter {
        ServiceRouter(services: [
            streams,
            ServiceDefinition(
                name: "test.Echo",
                handlers: [
                    "Echo": { (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in payload
                    },
                    "Hop": { (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
                        await Task.yield()
                        return payload
                    },
                    "Hold": {
                        [self] (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
                        signalling.yield(.started(call.method))
                        await hold()
                        return payload
                    },
                    "Sleep": {
                        [self] (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
                        signalling.yield(.started(call.method))
                        try? await Task.sleep(for: .seconds(600))
                        signalling.yield(.cancelled(call.method))
                        return payload
                    },
                    "Fail": { (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
                        throw RPCStatus(
                            code: .failedPrecondition, message: "领跑者",
                            details: [StatusDetail(typeURL: "x/a.B", value: payload)])
                    },
                    "Describe": { (_: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
                        let left = call.deadline.remaining / .milliseconds(1)
                        let pairs = call.metadata.entries.map { "\($0.key)=\($0.value)" }
                        return Array(
                            "\(call.fullMethod) \(pairs) \(left > 0 && left <= 5_000 ? "in time" : "\(left)")"
                                .utf8)
                    },
                    "Large": { (_: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
                        [UInt8](repeating: 1, count: 4 << 20)
                    },
                ]),
        ])
    }

    /// Lets all held calls go on, and later ones pass.
    func release() {
        isOpen.withLock { $0 = true }
        let waiting = held.withLock { held in
            defer { held = [] }
            return held
        }
        for continuation in waiting { continuation.resume() }
    }

    func signal(_ signal: Signal) { signalling.yield(signal) }

    func hold() async {
        await withCheckedContinuation { continuation in
            if isOpen.withLock({ $0 }) { return continuation.resume() }
            held.withLock { $0.append(continuation) }
        }
    }

    /// Waits until so many more signals have come, and returns them.
    func next(_ count: Int = 1) async -> [Signal] {
        var found: [Signal] = []
        var iterator = signals.makeAsyncIterator()
        while found.count < count, let signal = await iterator.next() { found.append(signal) }
        return found
    }
}

extension RPCChannel {
    /// A call of the stage's service.
    func stage(
        _ method: String, _ payload: [UInt8] = [], timeout: Duration = .seconds(5),
        metadata: Metadata = Metadata()
    ) async -> Result<[UInt8], RPCStatus> {
        do throws(RPCStatus) {
            return .success(
                try await unary(
                    service: "test.Echo", method: method, payload: payload,
                    options: CallOptions(timeout: timeout, metadata: metadata)))
        } catch {
            return .failure(error)
        }
    }
}

func failure(_ code: StatusCode) -> Result<[UInt8], RPCStatus> {
    .failure(RPCStatus(code: code, message: ""))
}
