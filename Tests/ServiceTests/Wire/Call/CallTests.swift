import Testing
import Wire

@Suite("Calls")
struct CallTests {
    @Test("metadata keys are the same in any case, values keep their order")
    func metadata() {
        var metadata: Metadata = ["Trace-ID": "1", "trace-id": "2", "other": "x"]
        #expect(metadata["TRACE-ID"] == "1")
        #expect(metadata.values(for: "Trace-Id") == ["1", "2"])
        metadata["Trace-ID"] = "3"
        #expect(metadata.values(for: "trace-id") == ["3"])
        metadata.remove("OTHER")
        #expect(metadata.entries.map(\.key) == ["trace-id"])
        #expect(metadata.byteCount == 9)
        metadata["trace-id"] = nil
        #expect(metadata.isEmpty)
    }

    @Test("a status equals another of its code, whatever the words")
    func statusEquality() {
        let left = RPCStatus(code: .aborted, message: "a")
        #expect(left == RPCStatus(code: .aborted, message: "b"))
        #expect(left != RPCStatus(code: .unavailable, message: "a"))
        #expect(StatusCode.allCases.map(\.rawValue) == Array(0...16))
        #expect(Set(StatusCode.allCases.map(\.name)).count == 17)
    }

    @Test("time is held at the ends of the scale instead of overflowing")
    func instants() {
        let now = MonotonicInstant(nanoseconds: 5)
        #expect(now.advanced(by: .seconds(Int64.max)).nanoseconds == .max)
        #expect(now.advanced(by: .seconds(Int64.min)) < now)
        let far = MonotonicInstant(nanoseconds: .max)
        #expect(MonotonicInstant(nanoseconds: -5).duration(to: far) == .nanoseconds(Int64.max))
        #expect(Deadline(far).remaining(at: far) == .zero)
    }

    @Test(
        "an unknown service or method is UNIMPLEMENTED in the reference server's words",
        arguments: [
            ("a.B", "Missing", "method Missing"), ("a.C", "Known", "service a.C"), ("", "", "service "),
        ])
    func unimplemented(service: String, method: String, message: String) {
        let known: UnaryHandler = { (_: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in [] }
        let router = ServiceRouter(services: [ServiceDefinition(name: "a.B", handlers: ["Known": known])])
        do {
            _ = try router.route(service: service, method: method)
            #expect(Bool(false), "there is no such method")
        } catch {
            #expect(error == RPCStatus(code: .unimplemented, message: ""))
            #expect(error.message == message)
        }
    }

    private struct Tag: ServerInterceptor {
        let tag: String
        func intercept(
            _ call: CallContext, _ next: (CallContext) async throws(RPCStatus) -> Void
        ) async throws(RPCStatus) {
            var call = call
            if call.metadata["barred"] == tag { throw RPCStatus(code: .permissionDenied, message: tag) }
            call.metadata.append(tag, for: "passed")
            try await next(call)
            if call.metadata["failing"] == tag { throw RPCStatus(code: .dataLoss, message: tag) }
        }
    }

    private static let passed: @Sendable (CallContext) -> [UInt8] = {
        Array($0.metadata.values(for: "passed").joined(separator: ",").utf8)
    }

    private static let shapes: [String: MethodHandler] = [
        "unary": .unary { (_: [UInt8], call: CallContext) in passed(call) },
        "clientStreaming": .clientStreaming { (_: InboundMessages, call: CallContext) in passed(call) },
        "serverStreaming": .serverStreaming {
            (_: [UInt8], responses: OutboundMessages, call: CallContext) async throws(RPCStatus) in
            try await responses.send(passed(call))
        },
        "bidirectional": .bidirectional {
            (_: InboundMessages, responses: OutboundMessages, call: CallContext) async throws(RPCStatus) in
            try await responses.send(passed(call))
        },
    ]

    private static func answer(_ shape: MethodShape, _ metadata: Metadata) async throws(RPCStatus) -> String {
        let channel = InProcessChannel(
            router: ServiceRouter(
                services: [ServiceDefinition(name: "a.B", handlers: shapes)],
                interceptors: [Tag(tag: "outer"), Tag(tag: "inner")]))
        let options = CallOptions(metadata: metadata)
        if shape == .unary {
            let answer = try await channel.unary(
                service: "a.B", method: "\(shape)", payload: [], options: options)
            return String(decoding: answer, as: UTF8.self)
        }
        let stream = try await channel.stream(
            service: "a.B", method: "\(shape)", shape: shape, request: [], options: options)
        var text = ""
        for try await message in stream.responses { text += String(decoding: message, as: UTF8.self) }
        return text
    }

    @Test(
        "interceptors stand before a handler of any shape, the first outermost, and may refuse or fail it",
        arguments: MethodShape.allCases)
    func interceptors(shape: MethodShape) async throws {
        #expect(try await Self.answer(shape, [:]) == "outer,inner")
        await #expect(throws: RPCStatus(code: .permissionDenied, message: "")) {
            try await Self.answer(shape, ["barred": "inner"])
        }
        await #expect(throws: RPCStatus(code: .dataLoss, message: "")) {
            try await Self.answer(shape, ["failing": "outer"])
        }
    }
}
