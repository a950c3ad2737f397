import GRPCCore
import GRPCProtobuf

/// bench.Echo by method descriptor: its messages are generated, its service is not.
struct EchoService: RegistrableRPCService {
    static let echo = MethodDescriptor(fullyQualifiedService: "bench.Echo", method: "Echo")
    static let stream = MethodDescriptor(fullyQualifiedService: "bench.Echo", method: "Stream")
    static let firstID: Int64 = 1_234_567_890_123

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(
            forMethod: Self.echo,
            deserializer: ProtobufDeserializer<Bench_EchoRequest>(),
            serializer: ProtobufSerializer<Bench_EchoResponse>()
        ) { request, _ in
            let message = try await ServerRequest(stream: request).message
            let answer = Bench_EchoResponse.with {
                $0.name = message.name
                $0.id = message.id + 1
                $0.tags = message.tags
            }
            return StreamingServerResponse(single: ServerResponse(message: answer))
        }
        router.registerHandler(
            forMethod: Self.stream,
            deserializer: ProtobufDeserializer<Bench_StreamRequest>(),
            serializer: ProtobufSerializer<Bench_EchoResponse>()
        ) { request, _ in
            let count = try await ServerRequest(stream: request).message.count
            return StreamingServerResponse { writer in
                var message = Bench_EchoResponse.with {
                    $0.name = Sample.name
                    $0.tags = Sample.tags
                }
                for index in 0..<count {
                    message.id = Self.firstID + index
                    try await writer.write(message)
                }
                return [:]
            }
        }
    }
}

/// What a message of about a hundred bytes holds besides its id.
enum Sample {
    static let name = String(repeating: "n", count: 37)
    static let tags = ["tag-aaaaaaaaaaaa", "tag-bbbbbbbbbbbb", "tag-cccccccccccc"]
}
