import Contracts
import Synchronization
import Wire

/// Keeps the bytes of every answer that passes, to look for words that must not be in them.
final class Eavesdropper: RPCChannel {
    private let channel: any RPCChannel
    private let answers = Mutex<[UInt8]>([])

    init(_ channel: any RPCChannel) {
        self.channel = channel
    }

    func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        let answer = try await channel.unary(
            service: service, method: method, payload: payload, options: options)
        answers.withLock { $0 += answer }
        return answer
    }

    func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        throw RPCStatus(code: .unimplemented, message: "nobody streams past these ears")
    }

    func heard(_ word: String) -> Bool {
        answers.withLock { Self.contains($0, word) }
    }

    static func contains(_ bytes: [UInt8], _ word: String) -> Bool {
        bytes.firstRange(of: Array(word.utf8)) != nil
    }
}
