import EchoMessages
import Wire

/// Answers with what it was sent, its id one higher; streams such answers.
struct EchoService: EchoProtocol {
    func echo(_ request: Bench.EchoRequest, _ call: CallContext) async throws(RPCStatus) -> Bench.EchoResponse
    {
        Bench.EchoResponse(name: request.name, id: request.id + 1, tags: request.tags)
    }

    func stream(
        _ request: Bench.StreamRequest, _ responses: MessageWriter<Bench.EchoResponse>, _ call: CallContext
    ) async throws(RPCStatus) {
        var response = Bench.EchoResponse(
            name: String(repeating: "n", count: 37), id: 1_234_567_890_123,
            tags: ["tag-aaaaaaaaaaaa", "tag-bbbbbbbbbbbb", "tag-cccccccccccc"])
        for _ in 0..<request.count {
            try await responses.send(response)
            response.id += 1
        }
    }
}
