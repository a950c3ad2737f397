import Contracts
import Gateway
import Synchronization
import Wire

/// An authority that keeps what it was asked and answers with the payload turned round.
final class RecordingChannel: RPCChannel {
    struct Asked: Sendable {
        let fullMethod: String
        let payload: [UInt8]
        let options: CallOptions
    }

    private let calls = Mutex<[Asked]>([])

    var asked: [Asked] { calls.withLock { $0 } }

    func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        calls.withLock {
            $0.append(Asked(fullMethod: "/\(service)/\(method)", payload: payload, options: options))
        }
        return payload.reversed()
    }

    func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        throw RPCStatus(code: .unimplemented, message: "nothing streams here")
    }
}

/// An authority whose process is away.
struct AwayChannel: RPCChannel {
    func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        throw RPCStatus(code: .unavailable, message: "127.0.0.1:7402 cannot be reached")
    }

    func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        throw RPCStatus(code: .unavailable, message: "127.0.0.1:7402 cannot be reached")
    }
}

extension Backends {
    /// The same authority in every place but those named.
    static func all(
        _ channel: any RPCChannel, scheme: (any RPCChannel)? = nil, ranking: (any RPCChannel)? = nil,
        compliance: (any RPCChannel)? = nil
    ) -> Backends {
        Backends(
            scheme: .init(role: "scheme", address: "in process", channel: scheme ?? channel),
            ranking: .init(role: "ranking", address: "in process", channel: ranking ?? channel),
            compliance: .init(role: "compliance", address: "in process", channel: compliance ?? channel))
    }

    /// These authorities with some of them away.
    func without(_ roles: String...) -> Backends {
        func place(_ backend: Backend) -> Backend {
            guard roles.contains(backend.role) else { return backend }
            return .init(role: backend.role, address: backend.address, channel: AwayChannel())
        }
        return Backends(scheme: place(scheme), ranking: place(ranking), compliance: place(compliance))
    }
}
