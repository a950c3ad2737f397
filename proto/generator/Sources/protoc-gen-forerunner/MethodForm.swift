import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// How a method is declared and called, by which of its sides stream.
struct MethodForm {
    /// Of `Wire.MethodShape`, and of the function of `Wire.MessageCalls` that makes the handler.
    let name: String
    /// Of the protocol's function that answers the method.
    let handlerParameters: [String]
    /// The same without labels, for a closure.
    let closureParameters: [String]
    let arguments: [String]
    /// With its arrow, or nothing.
    let handlerResult: String
    let clientParameters: [String]
    let clientResult: String
    /// After service and method.
    let callArguments: [String]

    private static let options = "options: CallOptions = CallOptions()"

    init(_ method: MethodDescriptor) {
        let request = Naming.type(method.inputType)
        let response = Naming.type(method.outputType)
        let one = ("request", request)
        let many = ("requests", "MessageStream<\(request)>")
        let writer = ("responses", "MessageWriter<\(response)>")
        let parameters: [(name: String, type: String)]
        switch (method.clientStreaming, method.serverStreaming) {
        case (false, false):
            name = "unary"
            parameters = [one]
            handlerResult = " -> \(response)"
            clientParameters = ["_ request: \(request)", Self.options]
            clientResult = response
            callArguments = ["request: request", "options: options"]
        case (true, false):
            name = "clientStreaming"
            parameters = [many]
            handlerResult = " -> \(response)"
            clientParameters = [
                Self.options,
                "_ write: (MessageWriter<\(request)>) async throws(RPCStatus) -> Void",
            ]
            clientResult = response
            callArguments = ["options: options", "write"]
        case (false, true):
            name = "serverStreaming"
            parameters = [one, writer]
            handlerResult = ""
            clientParameters = ["_ request: \(request)", Self.options]
            clientResult = "MessageStream<\(response)>"
            callArguments = ["streaming: request", "options: options"]
        case (true, true):
            name = "bidirectional"
            parameters = [many, writer]
            handlerResult = ""
            clientParameters = [Self.options]
            clientResult = "BidirectionalCall<\(request), \(response)>"
            callArguments = ["options: options"]
        }
        let all = parameters + [("call", "CallContext")]
        handlerParameters = all.map { "_ \($0.name): \($0.type)" }
        closureParameters = all.map { "\($0.name): \($0.type)" }
        arguments = all.map(\.name)
    }
}
