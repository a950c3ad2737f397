import EchoMessages
import Wire

/// Answers with what it was sent, its id one higher.
struct EchoService: EchoProtocol {
    func echo(_ request: Bench.EchoRequest, _ call: CallContext) async throws(RPCStatus) -> Bench.EchoResponse
    {
        Bench.EchoResponse(name: request.name, id: request.id + 1, tags: request.tags)
    }
}
