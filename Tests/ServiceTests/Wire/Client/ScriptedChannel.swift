import Synchronization
import Wire

/// A channel that answers as a test says, and remembers what it was asked.
final class ScriptedChannel: ClosableChannel {
    struct Asked: Sendable {
        let method: String
        let options: CallOptions
        let payload: [UInt8]
    }

    typealias Script = @Sendable (_ number: Int, _ asked: Asked) async -> Result<[UInt8], RPCStatus>

    private let script: Script
    private let scene: (any RPCChannel)?
    private let all = Mutex<[Asked]>([])
    private let closing = Mutex(0)

    /// - Parameters:
    ///   - script: gets the number of the call, from 0.
    ///   - scene: where streams are opened.
    init(scene: (any RPCChannel)? = nil, _ script: @escaping Script) {
        self.scene = scene
        self.script = script
    }

    var asked: [Asked] { all.withLock { $0 } }
    var closeCount: Int { closing.withLock { $0 } }

    func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        let asked = Asked(method: method, options: options, payload: payload)
        let number = all.withLock { all in
            all.append(asked)
            return all.count - 1
        }
        return try await script(number, asked).get()
    }

    /// Opens streams of the scene behind, once the script has answered for the opening.
    func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        _ = try await unary(service: service, method: method, payload: request ?? [], options: options)
        guard let scene else { throw RPCStatus(code: .unimplemented, message: "no streams here") }
        return try await scene.stream(
            service: service, method: method, shape: shape, request: request, options: options)
    }

    func close() async { closing.withLock { $0 += 1 } }
}

/// Answers by number, and the last one for ever.
func inOrder(_ answers: Result<[UInt8], RPCStatus>...) -> ScriptedChannel.Script {
    { number, _ in answers[min(number, answers.count - 1)] }
}

func refused(_ code: StatusCode, retryAfter delay: Duration? = nil) -> Result<[UInt8], RPCStatus> {
    .failure(
        RPCStatus(code: code, message: "", details: delay.map { [RetryInfo(delay: $0).detail] } ?? []))
}

let neverSent: Result<[UInt8], RPCStatus> = .failure(RPCStatus(code: .unavailable, message: "").unsent)
