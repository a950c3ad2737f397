/// Joins typed messages to calls that carry bytes.
public enum MessageCalls {
    /// A handler of values instead of bytes; it runs where its caller runs until it first waits.
    public typealias TypedHandler<Request, Response> =
        nonisolated(nonsending) @Sendable (Request, CallContext) async throws(RPCStatus) -> Response

    /// A handler that decodes the request, calls the body and encodes its answer.
    ///
    /// A payload that does not decode answers INTERNAL, as the reference server does (Wire specification, 4).
    @inlinable
    public static func handler<Request: WireMessage, Response: WireMessage>(
        _ body: @escaping TypedHandler<Request, Response>
    ) -> UnaryHandler {
        { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
            let request: Request
            do {
                request = try Request(serialized: payload)
            } catch {
                throw RPCStatus(
                    code: .internalError, message: "ttrpc: error unmarshalling payload: \(error)")
            }
            return try await body(request, call).serialized()
        }
    }

    /// One typed call; an answer that does not decode is INTERNAL.
    ///
    /// Not a method of the channel: over a channel of unknown type, code is not specialised for a message.
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
}
