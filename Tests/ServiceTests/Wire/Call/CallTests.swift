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
        let tag: UInt8
        func intercept(
            _ payload: [UInt8], _ call: CallContext, _ next: UnaryHandler
        ) async throws(RPCStatus) -> [UInt8] {
            if payload.last == 0 { throw RPCStatus(code: .permissionDenied, message: "\(tag)") }
            return try await next(payload + [tag], call)
        }
    }

    @Test("interceptors stand before the handler, the first outermost, and may refuse")
    func interceptors() async throws {
        let echo: UnaryHandler = { (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
            payload
        }
        let router = ServiceRouter(
            services: [ServiceDefinition(name: "a.B", handlers: ["Echo": echo])],
            interceptors: [Tag(tag: 1), Tag(tag: 2)])
        let channel = InProcessChannel(router: router)
        let answer = try await channel.unary(
            service: "a.B", method: "Echo", payload: [9], options: CallOptions())
        #expect(answer == [9, 1, 2])
        await #expect(throws: RPCStatus(code: .permissionDenied, message: "1")) {
            _ = try await channel.unary(service: "a.B", method: "Echo", payload: [0], options: CallOptions())
        }
    }
}
