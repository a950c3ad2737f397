import Testing
import Wire

@Suite("Envelopes")
struct EnvelopeTests {
    private static let service = "ttrpc.integration.streaming.Streaming"

    private func request(_ bytes: [UInt8]) throws(EnvelopeError) -> RequestEnvelope {
        try RequestEnvelope(bytes[...], limits: WireLimits())
    }

    @Test("the reference client's unary request, byte for byte")
    func goldenRequest() throws {
        let envelope = RequestEnvelope(
            service: Self.service, method: "Echo", payload: wireBytes("080112026869"),
            timeoutNanoseconds: 9_999_000_000)
        var bytes: [UInt8] = []
        try envelope.appendFrame(streamID: StreamID(1), to: &bytes)
        let name = Array(Self.service.utf8)
        let golden =
            wireBytes("0000003b 00000001 01 00 | 0a25") + name
            + wireBytes("1204 4563686f 1a06 080112026869 20 c0c3f29f25")
        #expect(bytes.count == 10 + 0x3b)
        #expect(bytes == golden)
        #expect(try request(Array(golden[10...])) == envelope)
    }

    @Test("the Rust implementation's own vector")
    func rustVector() throws {
        let golden = wireBytes(
            """
            0a11677270632e5465737453657276696365731204546573741a090102030405060708092080dac409
            2a180a09746573745f6b657931120b746573745f76616c756531
            """)
        let envelope = RequestEnvelope(
            service: "grpc.TestServices", method: "Test", payload: [1, 2, 3, 4, 5, 6, 7, 8, 9],
            timeoutNanoseconds: 20_000_000, metadata: ["test_key1": "test_value1"])
        var bytes: [UInt8] = []
        envelope.append(to: &bytes)
        #expect(bytes == golden)
        #expect(bytes.count == envelope.byteCount)
        #expect(try request(golden) == envelope)
    }

    @Test(
        "the reference server's answers, byte for byte",
        arguments: [
            (
                UInt32(1), Result<[UInt8], RPCStatus>.success(wireBytes("080212026869")),
                "00000008 00000001 02 00 | 1206 080212026869"
            ),
            (
                5, .failure(RPCStatus(code: .notFound, message: "no such thing")),
                "00000013 00000005 02 00 | 0a11 0805 120d 6e6f2073756368207468696e67"
            ),
            (
                7, .failure(RPCStatus(code: .deadlineExceeded, message: "context deadline exceeded")),
                """
                0000001f 00000007 02 00 | 0a1d 0804 1219
                636f6e7465787420646561646c696e65206578636565646564
                """
            ),
            (9, .success([]), "00000000 00000009 02 00"),
        ])
    func goldenResponses(stream: UInt32, outcome: Result<[UInt8], RPCStatus>, golden: String) throws {
        var bytes: [UInt8] = []
        ResponseEnvelope(outcome).appendFrame(streamID: StreamID(stream), to: &bytes)
        #expect(bytes == wireBytes(golden))
        let read = try ResponseEnvelope(bytes[10...], limits: WireLimits()).outcome
        #expect(read == outcome)
        if case .failure(let status) = read, case .failure(let sent) = outcome {
            #expect(status.message == sent.message)
        }
    }

    @Test("a status keeps its details")
    func details() throws {
        let details = [
            StatusDetail(typeURL: "type.googleapis.com/a.B", value: [1, 2, 3]),
            StatusDetail(typeURL: "", value: []),
        ]
        var bytes: [UInt8] = []
        let status = RPCStatus(code: .failedPrecondition, message: "领跑者", details: details)
        let envelope = ResponseEnvelope(.failure(status))
        envelope.append(to: &bytes)
        #expect(bytes.count == envelope.byteCount)
        let read = try ResponseEnvelope(bytes[...], limits: WireLimits())
        guard case .failure(let found) = read.outcome else { throw status }
        #expect(found.details == details)
        #expect(found.message == "领跑者")
    }

    @Test("a name beyond ASCII is read as it was sent")
    func namesBeyondASCII() throws {
        let sent = RequestEnvelope(service: "服务", method: "é", metadata: ["键": "值 "])
        var bytes: [UInt8] = []
        sent.append(to: &bytes)
        #expect(try request(bytes) == sent)
    }

    @Test("a status code nobody knows is UNKNOWN, code zero is success")
    func codes() throws {
        let unknown = try ResponseEnvelope(wireBytes("0a020863")[...], limits: WireLimits()).outcome
        #expect(unknown == .failure(RPCStatus(code: .unknown, message: "")))
        let fine = try ResponseEnvelope(wireBytes("0a001201 07")[...], limits: WireLimits()).outcome
        #expect(fine == .success([7]))
    }

    @Test("unknown fields of every form are skipped, even one of our numbers in another form")
    func unknownFields() throws {
        let noise = "3001 3105060708090a0b0c 3a0161 3d01020304 43 4801 5201ff 44 0805"
        let found = try request(wireBytes(noise + "0a0161 " + noise + "120162"))
        #expect(found == RequestEnvelope(service: "a", method: "b"))
    }

    @Test(
        "bytes that are no request are refused, and say why",
        arguments: [
            ("0a", EnvelopeError.truncated), ("0a05 6162", .truncated), ("20 80", .truncated),
            ("0affffffffffffffffff01 61", .truncated), ("20 ffffffffffffffffff02", .malformed),
            ("20 ffffffffffffffffffff01", .malformed), ("00 00", .malformed), ("07", .malformed),
            ("44", .malformed), ("43 4c", .malformed), ("43", .truncated), ("31 0102", .truncated),
            (String(repeating: "43", count: 40), .malformed),
            ("0a02 c328", .notUTF8(field: "ttrpc.Request.service")),
            ("1203 eda080", .notUTF8(field: "ttrpc.Request.method")),
            ("2a04 0a02 c080", .notUTF8(field: "ttrpc.KeyValue.key")),
            ("2a04 1202 fffe", .notUTF8(field: "ttrpc.KeyValue.value")), ("2a02 0a05", .truncated),
        ])
    func malformed(bytes: String, flaw: EnvelopeError) {
        #expect(throws: flaw) { try request(wireBytes(bytes)) }
    }

    @Test("metadata is taken up to its limits and no further")
    func metadataLimits() throws {
        let limits = WireLimits()
        let pair = wireBytes("2a02 0a00")
        let most = (0..<limits.metadataCountMax).flatMap { _ in pair }
        #expect(try request(most).metadata.entries.count == limits.metadataCountMax)
        #expect(throws: EnvelopeError.tooMuchMetadata) { try request(most + pair) }
        let long = String(repeating: "x", count: limits.metadataByteCountMax)
        var bytes: [UInt8] = []
        RequestEnvelope(metadata: ["k": long]).append(to: &bytes)
        #expect(throws: EnvelopeError.tooMuchMetadata) { try request(bytes) }
    }

    @Test("every prefix of a request is read or refused, never a trap")
    func prefixes() throws {
        var bytes: [UInt8] = []
        RequestEnvelope(
            service: "a.B", method: "C", payload: [1, 2, 3], timeoutNanoseconds: -1, metadata: ["k": "v"]
        ).append(to: &bytes)
        for end in 0..<bytes.count {
            for flipped in 0..<end {
                var damaged = Array(bytes[..<end])
                damaged[flipped] ^= 0xff
                _ = try? request(damaged)
            }
        }
        #expect(try request(bytes).timeoutNanoseconds == -1)
    }

    @Test("a payload that fills the frame is sent, one byte more is not")
    func oversized() throws {
        let room = (4 << 20) - RequestEnvelope(service: "a.B", method: "C").byteCount - 5
        var bytes: [UInt8] = []
        var envelope = RequestEnvelope(
            service: "a.B", method: "C", payload: [UInt8](repeating: 1, count: room))
        try envelope.appendFrame(streamID: StreamID(1), to: &bytes)
        #expect(bytes.count == 10 + 4 << 20)
        envelope.payload.append(1)
        #expect(throws: OversizedMessage(byteCount: 4 << 20 + 1)) {
            try envelope.appendFrame(streamID: StreamID(1), to: &bytes)
        }
    }
}
