import Wire

/// Passes calls on to the authority that answers them. Payloads pass unread, at the pace of the slower side.
struct Forwarding: Sendable {
    let channel: any RPCChannel
    let service: String
    let method: String

    func handler(_ shape: MethodShape) -> MethodHandler {
        switch shape {
        case .unary:
            .unary { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
                try await channel.unary(
                    service: service, method: method, payload: payload, options: try options(call))
            }
        case .clientStreaming:
            .clientStreaming {
                (requests: InboundMessages, call: CallContext) async throws(RPCStatus) -> [UInt8] in
                let stream = try await open(shape, nil, call)
                await Self.pass(requests, to: stream.requests)
                for try await response in stream.responses { return response }
                throw RPCStatus(
                    code: .internalError, message: "the authority ended the call without a response")
            }
        case .serverStreaming:
            .serverStreaming {
                (payload: [UInt8], responses: OutboundMessages, call: CallContext) async throws(RPCStatus) in
                let stream = try await open(shape, payload, call)
                for try await response in stream.responses { try await responses.send(response) }
            }
        case .bidirectional:
            .bidirectional {
                (requests: InboundMessages, responses: OutboundMessages, call: CallContext)
                    async throws(RPCStatus) in
                let stream = try await open(shape, nil, call)
                let passing = Task { await Self.pass(requests, to: stream.requests) }
                defer { passing.cancel() }
                for try await response in stream.responses { try await responses.send(response) }
            }
        }
    }

    private func open(
        _ shape: MethodShape, _ request: [UInt8]?, _ call: CallContext
    ) async throws(RPCStatus) -> RPCStream {
        try await channel.stream(
            service: service, method: method, shape: shape, request: request, options: try options(call))
    }

    /// Passes requests until either side ends. Whatever ended them, the responses tell.
    private static func pass(_ requests: InboundMessages, to sink: OutboundMessages) async {
        do throws(RPCStatus) {
            for try await request in requests { try await sink.send(request) }
            sink.finish()
        } catch {
            return
        }
    }

    private func options(_ call: CallContext) throws(RPCStatus) -> CallOptions {
        let left = call.deadline.remaining
        guard left > .zero else {
            throw RPCStatus(code: .deadlineExceeded, message: "the deadline passed at the gateway")
        }
        return CallOptions(timeout: left, metadata: call.metadata)
    }
}
