/// Joins typed messages to calls that carry bytes: each makes a handler that decodes, calls the body and
/// encodes.
///
/// A payload that does not decode answers INTERNAL, as the reference server does (Wire specification, 4).
public enum MessageCalls {
    public static func unary<Request: WireMessage, Response: WireMessage>(
        _ body: @escaping @Sendable (Request, CallContext) async throws(RPCStatus) -> Response
    ) -> MethodHandler {
        .unary { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
            try await body(try decode(payload), call).serialized()
        }
    }

    public static func clientStreaming<Request: WireMessage, Response: WireMessage>(
        _ body:
            @escaping @Sendable (MessageStream<Request>, CallContext) async throws(RPCStatus) -> Response
    ) -> MethodHandler {
        .clientStreaming {
            (requests: InboundMessages, call: CallContext) async throws(RPCStatus) -> [UInt8] in
            try await body(MessageStream(requests), call).serialized()
        }
    }

    public static func serverStreaming<Request: WireMessage, Response: WireMessage>(
        _ body:
            @escaping @Sendable (Request, MessageWriter<Response>, CallContext)
            async throws(RPCStatus) -> Void
    ) -> MethodHandler {
        .serverStreaming {
            (payload: [UInt8], responses: OutboundMessages, call: CallContext) async throws(RPCStatus) in
            try await body(try decode(payload), MessageWriter(responses), call)
        }
    }

    public static func bidirectional<Request: WireMessage, Response: WireMessage>(
        _ body:
            @escaping @Sendable (MessageStream<Request>, MessageWriter<Response>, CallContext)
            async throws(RPCStatus) -> Void
    ) -> MethodHandler {
        .bidirectional {
            (requests: InboundMessages, responses: OutboundMessages, call: CallContext)
                async throws(RPCStatus) in
            try await body(MessageStream(requests), MessageWriter(responses), call)
        }
    }

    static func decode<Message: WireMessage>(_ payload: [UInt8]) throws(RPCStatus) -> Message {
        do {
            return try Message(serialized: payload)
        } catch {
            throw RPCStatus(code: .internalError, message: "ttrpc: error unmarshalling payload: \(error)")
        }
    }
}

extension RPCChannel {
    /// One typed call; an answer that does not decode is INTERNAL.
    public func call<Request: WireMessage, Response: WireMessage>(
        service: String, method: String, request: Request, options: CallOptions
    ) async throws(RPCStatus) -> Response {
        let answer = try await unary(
            service: service, method: method, payload: request.serialized(), options: options)
        do {
            return try Response(serialized: answer)
        } catch {
            throw RPCStatus(
                code: .internalError, message: "the answer of \(service)/\(method) is damaged: \(error)")
        }
    }

    /// One request, a stream of responses.
    public func call<Request: WireMessage, Response: WireMessage>(
        service: String, method: String, streaming request: Request, options: CallOptions
    ) async throws(RPCStatus) -> MessageStream<Response> {
        let stream = try await stream(
            service: service, method: method, shape: .serverStreaming, request: request.serialized(),
            options: options)
        return MessageStream(stream.responses)
    }

    /// Requests that the body writes, one response. What the server says comes before what the body throws,
    /// for an ended stream is why writing fails.
    public func call<Request: WireMessage, Response: WireMessage>(
        service: String, method: String, options: CallOptions,
        _ write: (MessageWriter<Request>) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) -> Response {
        let stream = try await stream(
            service: service, method: method, shape: .clientStreaming, request: nil, options: options)
        var failure: RPCStatus?
        do throws(RPCStatus) {
            try await write(MessageWriter(stream.requests))
        } catch {
            if error.message != RPCStatus.streamEnded.message { failure = error }
        }
        if let failure { throw failure }
        stream.requests.finish()
        for try await response in MessageStream<Response>(stream.responses) { return response }
        throw .noResponse
    }

    /// Requests and responses, each at its own pace.
    public func call<Request: WireMessage, Response: WireMessage>(
        service: String, method: String, options: CallOptions
    ) async throws(RPCStatus) -> BidirectionalCall<Request, Response> {
        let stream = try await stream(
            service: service, method: method, shape: .bidirectional, request: nil, options: options)
        return BidirectionalCall(
            requests: MessageWriter(stream.requests), responses: MessageStream(stream.responses))
    }
}

extension RPCStatus {
    static let noResponse = RPCStatus(
        code: .internalError, message: "the server ended the call without a response")
}
