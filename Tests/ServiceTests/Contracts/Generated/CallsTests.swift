import Contracts
import Testing
import Wire

@Suite("Generated clients and service protocols")
struct CallsTests {
    private struct Health: HealthProtocol {
        func check(
            _ request: HealthAPI.HealthCheckRequest, _ call: CallContext
        ) async throws(RPCStatus) -> HealthAPI.HealthCheckResponse {
            guard request.service.isEmpty else {
                throw RPCStatus(code: .notFound, message: "unknown service \(request.service)")
            }
            return HealthAPI.HealthCheckResponse(status: .serving)
        }

        func watch(
            _ request: HealthAPI.HealthCheckRequest,
            _ responses: MessageWriter<HealthAPI.HealthCheckResponse>, _ call: CallContext
        ) async throws(RPCStatus) {
            for status in [HealthAPI.HealthCheckResponse.ServingStatus.serving, .notServing] {
                try await responses.send(.init(status: status))
            }
            if !request.service.isEmpty { throw RPCStatus(code: .aborted, message: request.service) }
        }
    }

    /// Carries bytes to the handlers of a definition, and may spoil the answer.
    private struct Wiretap: RPCChannel {
        let definition: ServiceDefinition
        var answer: [UInt8]?

        func unary(
            service: String, method: String, payload: [UInt8], options: CallOptions
        ) async throws(RPCStatus) -> [UInt8] {
            guard service == definition.name, case .unary(let handler)? = definition.handlers[method] else {
                throw RPCStatus(code: .unimplemented, message: "service \(service)")
            }
            let call = CallContext(
                service: service, method: method, metadata: options.metadata,
                deadline: Deadline(MonotonicInstant(nanoseconds: 0)), peer: "test")
            let honest = try await handler(payload, call)
            return answer ?? honest
        }

        func stream(
            service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
        ) async throws(RPCStatus) -> RPCStream {
            try await InProcessChannel(router: ServiceRouter(services: [definition])).stream(
                service: service, method: method, shape: shape, request: request, options: options)
        }
    }

    @Test("a typed stream brings its messages, and its failure after them")
    func streamed() async throws {
        let client = HealthClient(Wiretap(definition: Health().definition))
        var found: [HealthAPI.HealthCheckResponse.ServingStatus] = []
        for try await response in try await client.watch(.init()) { found.append(response.status) }
        #expect(found == [.serving, .notServing])
        found = []
        await #expect(throws: RPCStatus(code: .aborted, message: "")) {
            for try await response in try await client.watch(.init(service: "x")) {
                found.append(response.status)
            }
        }
        #expect(found == [.serving, .notServing])
    }

    @Test("a typed call reaches its handler and brings its answer")
    func callAndAnswer() async throws {
        let client = HealthClient(Wiretap(definition: Health().definition))
        #expect(try await client.check(HealthAPI.HealthCheckRequest()).status == .serving)
        await #expect(throws: RPCStatus(code: .notFound, message: "")) {
            try await client.check(HealthAPI.HealthCheckRequest(service: "x"))
        }
    }

    @Test("a payload that does not decode answers INTERNAL and does not reach the handler")
    func damagedRequest() async throws {
        guard case .unary(let handler)? = Health().definition.handlers["Check"] else {
            return #expect(Bool(false), "the method is unary")
        }
        let call = CallContext(
            service: "grpc.health.v1.Health", method: "Check", metadata: Metadata(),
            deadline: Deadline(MonotonicInstant(nanoseconds: 0)), peer: "test")
        let status = await #expect(throws: RPCStatus.self) { try await handler([0x0A, 5, 1], call) }
        #expect(status?.code == .internalError)
        #expect(status?.message.hasPrefix("ttrpc: error unmarshalling payload") == true)
    }

    @Test("an answer that does not decode is INTERNAL")
    func damagedAnswer() async {
        let client = HealthClient(Wiretap(definition: Health().definition, answer: [0x0A]))
        await #expect(throws: RPCStatus(code: .internalError, message: "")) {
            try await client.check(HealthAPI.HealthCheckRequest())
        }
    }

    @Test("a definition names the service and every method of its proto file")
    func definition() {
        let definition = Health().definition
        #expect(definition.name == "grpc.health.v1.Health" && definition.name == HealthClient.serviceName)
        #expect(Set(definition.handlers.keys) == ["Check", "Watch"])
    }
}
