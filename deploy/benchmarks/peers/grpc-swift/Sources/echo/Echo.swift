import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2
import GRPCProtobuf

/// grpc-swift-2: `server PORT`, `client PORT CONNECTIONS INFLIGHT SECONDS` or `stream PORT COUNT`.
@main
struct Echo {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.dropFirst().compactMap(Double.init)
        switch (arguments.first, numbers.count) {
        case ("server", 1):
            try await serve(port: Int(numbers[0]))
        case ("client", 4):
            try await load(
                port: Int(numbers[0]), connections: Int(numbers[1]), inflight: Int(numbers[2]),
                seconds: numbers[3])
        case ("stream", 2):
            try await stream(port: Int(numbers[0]), count: Int64(numbers[1]))
        default:
            FileHandle.standardError.write(Data("usage: server|client|stream PORT ...\n".utf8))
            exit(2)
        }
    }

    private static func serve(port: Int) async throws {
        let transport = HTTP2ServerTransport.Posix(
            address: .ipv4(host: "127.0.0.1", port: port), transportSecurity: .plaintext,
            config: .defaults { $0.http2.maxConcurrentStreams = 4096 })
        let server = GRPCServer(transport: transport, services: [EchoService()])
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await server.serve() }
            _ = try await server.listeningAddress
            print("ready")
            fflush(nil)
        }
    }

    typealias Client = GRPCClient<HTTP2ClientTransport.Posix>

    private static func dial(_ port: Int) throws -> Client {
        GRPCClient(
            transport: try .http2NIOPosix(
                target: .ipv4(address: "127.0.0.1", port: port), transportSecurity: .plaintext))
    }

    private static func load(port: Int, connections: Int, inflight: Int, seconds: Double) async throws {
        let clients = try (0..<connections).map { _ in try dial(port) }
        let begin = ContinuousClock.now + .milliseconds(500)
        let end = begin + .seconds(seconds)
        try await withThrowingDiscardingTaskGroup { running in
            for client in clients { running.addTask { try await client.runConnections() } }
            var latencies: [Double] = []
            var total = 0
            try await withThrowingTaskGroup(of: ([Double], Int).self) { group in
                for client in clients {
                    for caller in 0..<inflight {
                        group.addTask { try await calls(on: client, caller: caller, begin, end) }
                    }
                }
                for try await (some, count) in group {
                    latencies += some
                    total += count
                }
            }
            let elapsed = (ContinuousClock.now - begin) / .seconds(1)
            for client in clients { client.beginGracefulShutdown() }
            latencies.sort()
            let (middle, late) = (latencies[latencies.count / 2], latencies[latencies.count * 99 / 100])
            print(
                """
                {"rps": \(Double(latencies.count) / elapsed), "p50_us": \(middle), "p99_us": \(late), \
                "total": \(total)}
                """)
        }
    }

    private static func calls(
        on client: Client, caller: Int, _ begin: ContinuousClock.Instant, _ end: ContinuousClock.Instant
    ) async throws -> ([Double], Int) {
        var latencies: [Double] = []
        var total = 0
        var request = Bench_EchoRequest.with {
            $0.name = Sample.name
            $0.id = EchoService.firstID + Int64(caller) << 32
            $0.tags = Sample.tags
        }
        var sent = ContinuousClock.now
        while sent < end {
            request.id += 1
            let answered = try await client.unary(
                request: ClientRequest(message: request), descriptor: EchoService.echo,
                serializer: ProtobufSerializer<Bench_EchoRequest>(),
                deserializer: ProtobufDeserializer<Bench_EchoResponse>(), options: .defaults
            ) { try $0.message.id }
            precondition(answered == request.id + 1, "answer to another request")
            let received = ContinuousClock.now
            total += 1
            if sent >= begin { latencies.append((received - sent) / .microseconds(1)) }
            sent = received
        }
        return (latencies, total)
    }

    private static func stream(port: Int, count: Int64) async throws {
        let client = try dial(port)
        try await withThrowingDiscardingTaskGroup { running in
            running.addTask { try await client.runConnections() }
            let begin = ContinuousClock.now
            let taken = try await client.serverStreaming(
                request: ClientRequest(message: Bench_StreamRequest.with { $0.count = count }),
                descriptor: EchoService.stream, serializer: ProtobufSerializer<Bench_StreamRequest>(),
                deserializer: ProtobufDeserializer<Bench_EchoResponse>(), options: .defaults
            ) { response in
                try await response.messages.reduce(into: 0) { taken, _ in taken += 1 }
            }
            let elapsed = (ContinuousClock.now - begin) / .seconds(1)
            print("{\"rps\": \(Double(taken) / elapsed), \"total\": \(taken)}")
            client.beginGracefulShutdown()
        }
    }
}
