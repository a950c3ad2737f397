import Testing
import Wire

/// The whole client over TCP: servers come and go, and the caller notices little.
@Suite("Several servers", .timeLimit(.minutes(1)))
struct SeveralServersTests {
    private func client(_ ports: [Int]) -> RetryingChannel {
        let time = TimeAndChance(bits: { UInt64.random(in: .min ... .max) })
        return RetryingChannel(
            BalancedChannel(
                addresses: ports.map { HostPort(host: "127.0.0.1", port: $0) }, timeAndChance: time
            ) { ClientChannel(host: $0.host, port: $0.port) },
            timeAndChance: time
        ) { _, _, _ in .always }
    }

    @Test("every read is answered while one of three servers is away, and it gets calls when it is back")
    func comesAndGoes() async throws {
        let stage = WireStage()
        var servers: [RPCServer] = []
        for _ in 0..<3 { servers.append(try await RPCServer.bind(router: stage.router)) }
        let client = client(servers.map(\.boundPort))
        for _ in 0..<30 { #expect(await client.stage("Echo", [1]) == .success([1])) }
        let port = servers[0].boundPort
        await servers[0].shutdown(within: .zero)
        for _ in 0..<300 { #expect(await client.stage("Echo", [2]) == .success([2])) }
        let (calls, calling) = AsyncStream.makeStream(of: Void.self)
        let back = ServiceRouter(services: [
            ServiceDefinition(
                name: "test.Echo",
                handlers: [
                    "Echo": { (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
                        calling.yield()
                        return payload
                    }
                ])
        ])
        servers[0] = try await RPCServer.bind(port: port, router: back)
        let caller = Task {
            while !Task.isCancelled {
                let outcome = await client.stage("Echo", [3])
                #expect(outcome == .success([3]) || Task.isCancelled)
            }
        }
        var iterator = calls.makeAsyncIterator()
        _ = await iterator.next()
        caller.cancel()
        await caller.value
        await client.close()
        for server in servers { await server.shutdown(within: .seconds(1)) }
    }
}
