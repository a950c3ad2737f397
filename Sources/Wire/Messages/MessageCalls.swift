/// Joins typed messages to calls that carry bytes: each function of a shape's name makes a handler that
/// decodes, calls the body and encodes.
///
/// A payload that does not decode answers INTERNAL, as the reference server does (Wire specification, 4).
public enum MessageCalls {
    /// A handler of values instead of bytes; it runs where its caller runs until it first waits.
    public typealias TypedHandler<Request, Response> =
        nonisolated(nonsending) @Sendable (Request, CallContext) async throws(RPCStatus) -> Response

    @inlinable
    public static func unary<Request: WireMessage, Response: WireMessage>(
        _ body: @escaping TypedHandler<Request, Response>
    ) -> MethodHandler {
        .unary { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
            try await body(try decode(payload), call).serialized()
        }
    }

    @inlinable
    public static func clientStreaming<Request: WireMessage, Response: WireMessage>(
        _ body:
            @escaping @Sendable (MessageStream<Request>, CallContext) async throws(RPCStatus) -> Response
    ) -> MethodHandler {
        .clientStreaming {
            (requests: InboundMessages, call: CallContext) async throws(RPCStatus) -> [UInt8] in
            try await body(MessageStream(requests), call).serialized()
        }
    }

    @inlinable
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

    @inlinable
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

    @inlinable
    static func decode<Message: WireMessage>(_ payload: [UInt8]) throws(RPCStatus) -> Message {
        do {
            return try Message(serialized: payload)
        } catch {
            throw RPCStatus(code: .internalError, message: "ttrpc: error unmarshalling payload: \(error)")
        }
    }
}

/// Typed calls. Not methods of the channel: over a channel of unknown type, code is not specialised for a
/// message.
extension MessageCalls {
    /// One request, one response; an answer that does not decode is INTERNAL.
    @inlinable
    nonisolated(nonsending) public static func call<Request: WireMessage, Response: WireMessage>(
        over channel: any RPCChannel, service: String, method: String, request: Request, options: CallOptions
    ) async throws(RPCStatus) -> Response {
        let answer = try await channel.unary(
            service: service, method: method, payload: request.serialized(), options: options)
        do {
            return try Response(serialized: answer)
        } catch {
            throw RPCStatus(
                code: .internalError, message: "the answer of \(service)/\(method) is damaged: \(error)")
        }
    }

    /// One request, a stream of responses.
    public static func call<Request: WireMessage, Response: WireMessage>(
        over channel: any RPCChannel, service: String, method: String, streaming request: Request,
        options: CallOptions
    ) async throws(RPCStatus) -> MessageStream<Response> {
        let stream = try await channel.stream(
            service: service, method: method, shape: .serverStreaming, request: request.serialized(),
            options: options)
        return MessageStream(stream.responses)
    }

    /// Requests that the body writes, one response. What the server says comes before what the body throws,
    /// for an ended stream is why writing fails.
    public static func call<Request: WireMessage, Response: WireMessage>(
        over channel: any RPCChannel, service: String, method: String, options: CallOptions,
        _ write: (MessageWriter<Request>) async throws(RPCStatus) -> Void
    ) async throws(RPCStatus) -> Response {
        let stream = try await channel.stream(
            service: service, method: method, shape: .clientStreaming, request: nil, options: options)
        do throws(RPCStatus) {
            try await write(MessageWriter(stream.requests))
        } catch {
            guard error.isStreamEnded else { throw error }
        }
        stream.requests.finish()
        for try await response in MessageStream<Response>(stream.responses) { return response }
        throw .noResponse
    }

    /// Requests and responses, each at its own pace.
    public static func call<Request: WireMessage, Response: WireMessage>(
        over channel: any RPCChannel, service: String, method: String, options: CallOptions
    ) async throws(RPCStatus) -> BidirectionalCall<Request, Response> {
        let stream = try await channel.stream(
            service: service, method: method, shape: .bidirectional, request: nil, options: options)
        return BidirectionalCall(
            requests: MessageWriter(stream.requests), responses: MessageStream(stream.responses))
    }
}

extension RPCStatus {
    static let noResponse = RPCStatus(
        code: .internalError, message: "the server ended the call without a response")
}
