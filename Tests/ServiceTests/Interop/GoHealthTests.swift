import Authority
import Contracts
import Testing
import Wire

extension GoTests {
    @Suite("The Go client asks for our health")
    struct GoHealthTests {
        @Test(
            "the process, its services and others, serving or not",
            arguments: [
                ("", true, Int32(0), Int32(1)), ("", false, 0, 2), ("forerunner.Own", true, 0, 1),
                ("forerunner.Foreign", true, 5, 0),
            ])
        func check(service: String, isServing: Bool, code: Int32, health: Int32) async throws {
            let desk = HealthDesk(services: ["forerunner.Own"], isServing: { isServing })
            let server = try await RPCServer.bind(router: ServiceRouter(services: [desk.definition]))
            let client = try await GoClient(port: server.boundPort)
            let answer = try await client.health(of: service)
            #expect(answer.error == nil)
            #expect(answer.code ?? 0 == code)
            #expect(answer.health ?? 0 == health)
            try await client.hangUp()
            await server.shutdown(within: .seconds(60))
        }

        @Test("a process without the health service answers UNIMPLEMENTED, which is a pong too")
        func pong() async throws {
            let server = try await RPCServer.bind(router: ServiceRouter(services: []))
            let client = try await GoClient(port: server.boundPort)
            #expect(try await client.health().status?.code == .unimplemented)
            try await client.hangUp()
            await server.shutdown(within: .seconds(60))
        }
    }
}
