import Testing
import Wire

/// Bytes that running Go peers exchanged, replayed against our server; and beginnings that other peers use.
@Suite("Transcripts of other implementations", .timeLimit(.minutes(1)))
struct TranscriptTests {
    /// "ttrpc.integration.streaming.Streaming", the service of the reference implementation's own tests.
    private static let service = "ttrpc.integration.streaming.Streaming"
    private static let name = service.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        .joined()

    /// Its messages by hand: EchoPayload{1: seq, 2: msg}, Part{1: add}, Sum{1: sum, 2: num}.
    private static let definition = ServiceDefinition(
        name: service,
        handlers: [
            "Echo": .unary { (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
                if payload.isEmpty { throw RPCStatus(code: .notFound, message: "no such thing") }
                return answer(payload)
            },
            "SumStream": .clientStreaming {
                (requests: InboundMessages, _: CallContext) async throws(RPCStatus) -> [UInt8] in
                var (sum, number) = (UInt8(0), UInt8(0))
                for try await part in requests {
                    sum += part.isEmpty ? 0 : part[1]
                    number += 1
                }
                return [8, sum, 16, number]
            },
            "DivideStream": .serverStreaming {
                (payload: [UInt8], responses: OutboundMessages, _: CallContext) async throws(RPCStatus) in
                // Sum{6, 3} is three parts of 2.
                for _ in 0..<payload[3] { try await responses.send([8, payload[1] / payload[3]]) }
            },
            "EchoStream": .bidirectional {
                (requests: InboundMessages, responses: OutboundMessages, _: CallContext)
                    async throws(RPCStatus) in
                for try await request in requests { try await responses.send(answer(request)) }
            },
            "DropStream": .clientStreaming {
                (requests: InboundMessages, _: CallContext) async throws(RPCStatus) -> [UInt8] in
                for try await _ in requests {}
                return []
            },
            "EmptyStream": .serverStreaming {
                (payload: [UInt8], responses: OutboundMessages, _: CallContext) async throws(RPCStatus) in
                try await responses.send([UInt8(payload.count)])
            },
        ])

    /// The sequence number one higher.
    @Sendable private static func answer(_ payload: [UInt8]) -> [UInt8] {
        payload.isEmpty ? [8, 1] : [8, payload[1] + 1] + payload[2...]
    }

    private static func request(
        _ flags: String, _ method: String, _ rest: String = "", stream: String = "00000001"
    ) -> String {
        let text = method.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let data = wireBytes("0a25\(name) 12") + [UInt8(method.utf8.count)] + wireBytes(text + rest)
        let digits = data.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let count = String(data.count, radix: 16)
        return String(repeating: "0", count: 8 - count.count) + count + stream + "01" + flags + digits
    }

    /// What the client sends, frame by frame, and all that it must read.
    private static let transcripts: [(String, [String], [String])] = [
        (
            "a unary call with deadline and metadata",
            [request("00", "Echo", "1a06 080112026869 2080c8afa025 2a07 0a016b 12027631")],
            ["00000008 00000001 02 00 1206 080212026869"]
        ),
        (
            "an error", [request("00", "Echo", "20c0843d")],
            ["00000013 00000001 02 00 0a11 0805 120d 6e6f2073756368207468696e67"]
        ),
        (
            "a deadline that has passed", [request("00", "Echo", "20ffffffffffffffffff01")],
            ["0000001f 00000001 02 00 0a1d 0804 1219 636f6e7465787420646561646c696e65206578636565646564"]
        ),
        (
            "a stream of requests",
            [
                request("02", "SumStream"), "00000000 00000001 03 00", "00000002 00000001 03 00 0801",
                "00000002 00000001 03 00 0802", "00000000 00000001 03 05",
            ], ["00000006 00000001 02 00 1204 0803 1003"]
        ),
        (
            "a stream of requests that is answered with nothing",
            [request("02", "DropStream"), "00000000 00000001 03 05"], ["00000000 00000001 02 00"]
        ),
        (
            "a stream of responses", [request("01", "DivideStream", "1a04 0806 1003")],
            Array(repeating: "00000002 00000001 03 00 0802", count: 3) + ["00000000 00000001 03 05"]
        ),
        (
            "a stream of responses to an empty request", [request("01", "EmptyStream")],
            ["00000001 00000001 03 00 00", "00000000 00000001 03 05"]
        ),
        (
            "streams both ways",
            [
                request("02", "EchoStream"), "00000006 00000001 03 00 080112026869",
                "00000006 00000001 03 00 080312026869", "00000000 00000001 03 05",
            ],
            [
                "00000006 00000001 03 00 080212026869", "00000006 00000001 03 00 080412026869",
                "00000000 00000001 03 05",
            ]
        ),
        // The Rust implementation opens with 06, and takes a payload beside 02 for a first message.
        (
            "a stream of requests as Rust begins it",
            [request("06", "SumStream"), "00000002 00000001 03 00 0801", "00000000 00000001 03 05"],
            ["00000006 00000001 02 00 1204 0801 1001"]
        ),
        (
            "a first message beside the beginning",
            [
                request("02", "SumStream", "1a02 0802"), "00000002 00000001 03 00 0801",
                "00000000 00000001 03 05",
            ], ["00000006 00000001 02 00 1204 0803 1002"]
        ),
        (
            "the last message and the end in one frame",
            [request("02", "SumStream"), "00000002 00000001 03 01 0805"],
            ["00000006 00000001 02 00 1204 0805 1001"]
        ),
        // The reference server's handler waits for ever here.
        (
            "streams both ways that are closed from the beginning",
            [request("01", "EchoStream", "1a02 0805")],
            ["00000002 00000001 03 00 0806", "00000000 00000001 03 05"]
        ),
        (
            "and with no flag at all", [request("00", "EchoStream", "1a02 0805")],
            ["00000002 00000001 03 00 0806", "00000000 00000001 03 05"]
        ),
        (
            "a unary method with flags of streams",
            [
                request("02", "Echo", "1a02 0801"),
                request("01", "Echo", "1a02 0801", stream: "00000003"),
            ], ["00000004 00000001 02 00 1202 0802", "00000004 00000003 02 00 1202 0802"]
        ),
        (
            "a stream of responses with no flag", [request("00", "DivideStream", "1a04 0802 1001")],
            ["00000002 00000001 03 00 0802", "00000000 00000001 03 05"]
        ),
        (
            "data after the end: one answer, where the reference server gives two",
            [
                request("02", "SumStream"), "00000000 00000001 03 05", "00000002 00000001 03 00 0801",
            ], []
        ),
    ]

    @Test("a transcript replayed gets its bytes, all of them and no others", arguments: transcripts.indices)
    func replay(index: Int) async throws {
        let (name, sent, expected) = Self.transcripts[index]
        let server = try await RPCServer.bind(router: ServiceRouter(services: [Self.definition]))
        var peer = try await RawPeer(port: server.boundPort)
        // In one piece, so that what follows an end is there before the handler has seen it.
        try await peer.send(sent.flatMap(wireBytes))
        for bytes in expected {
            var received: [UInt8] = []
            await peer.frame()?.append(to: &received)
            #expect(received == wireBytes(bytes), "\(name)")
        }
        // A good request is served afterwards, and nothing else was on the way.
        try await peer.send(wireBytes(Self.request("00", "Echo", "1a02 0801", stream: "000000ff")))
        var frames: [Frame] = []
        while let frame = await peer.frame() {
            frames.append(frame)
            if frame.streamID == StreamID(255) { break }
        }
        #expect(frames.last?.outcome == .success([8, 2]), "\(name)")
        #expect(frames.count == (expected.isEmpty ? 2 : 1), "\(name)")
        try await peer.close()
        await server.shutdown(within: .seconds(1))
    }
}
