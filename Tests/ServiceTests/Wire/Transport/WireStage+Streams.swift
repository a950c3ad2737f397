import Wire

/// Handlers that stream.
extension WireStage {
    var streams: ServiceDefinition {
        ServiceDefinition(
            name: "test.Streams",
            handlers: [
                "Sum": .clientStreaming {
                    [self] (requests: InboundMessages, call: CallContext) async throws(RPCStatus) -> [UInt8]
                    in
                    await permission(call)
                    var total = 0
                    var count = 0
                    for try await request in requests {
                        if request == [0xff] { throw RPCStatus(code: .outOfRange, message: "too much") }
                        total += request.reduce(0) { $0 + Int($1) }
                        count += 1
                    }
                    return [UInt8(truncatingIfNeeded: total), UInt8(truncatingIfNeeded: count)]
                },
                "Divide": .serverStreaming {
                    [self] (payload: [UInt8], responses: OutboundMessages, call: CallContext)
                        async throws(RPCStatus) in
                    let count = payload.reduce(0) { $0 << 8 | Int($1) }
                    for index in 0..<count {
                        try await responses.send([UInt8(truncatingIfNeeded: index)])
                    }
                    if call.metadata["failing"] != nil {
                        throw RPCStatus(code: .dataLoss, message: "after \(count)")
                    }
                    await permission(call)
                },
                "Stall": .bidirectional {
                    [self] (_: InboundMessages, _: OutboundMessages, call: CallContext)
                        async throws(RPCStatus) in
                    signal(.started(call.method))
                    await hold()
                },
                "Chat": .bidirectional {
                    [self] (requests: InboundMessages, responses: OutboundMessages, call: CallContext)
                        async throws(RPCStatus) in
                    do throws(RPCStatus) {
                        for try await request in requests { try await responses.send(request) }
                    } catch {
                        signal(.cancelled("Chat \(error.code)"))
                        throw error
                    }
                },
            ])
    }

    /// A call that says so is held until the stage releases it.
    private func permission(_ call: CallContext) async {
        guard call.metadata["held"] != nil else { return }
        signal(.started(call.method))
        await hold()
    }
}

extension RPCChannel {
    func streaming(
        _ method: String, _ shape: MethodShape, _ request: [UInt8]? = nil, timeout: Duration = .seconds(30),
        metadata: Metadata = Metadata()
    ) async throws(RPCStatus) -> RPCStream {
        try await stream(
            service: "test.Streams", method: method, shape: shape, request: request,
            options: CallOptions(timeout: timeout, metadata: metadata))
    }
}

extension InboundMessages {
    /// All messages to the end, and the failure that was the end, if it was one.
    func all() async -> (messages: [[UInt8]], failure: RPCStatus?) {
        var messages: [[UInt8]] = []
        do throws(RPCStatus) {
            for try await message in self { messages.append(message) }
            return (messages, nil)
        } catch {
            return (messages, error)
        }
    }
}
