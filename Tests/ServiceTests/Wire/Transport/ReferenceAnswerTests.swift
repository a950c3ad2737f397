import Testing
import Wire

/// Bad and unusual input over a real connection, one row a case: what the reference server was seen to
/// answer, and where we answer differently, why. `ServerConnectionTests` has the other rows.
@Suite("What the reference server answers", .timeLimit(.minutes(1)))
struct ReferenceAnswerTests {
    enum Answer: Equatable {
        case served(UInt32, [UInt8])
        case refused(UInt32, StatusCode, String)
    }

    enum Afterwards {
        /// A good request on this stream is served.
        case serves(UInt32)
        /// The connection's ids are spent.
        case isSpent
        case isClosed
    }

    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let sent: [UInt8]
        let answers: [Answer]
        let afterwards: Afterwards

        init(_ name: String, _ sent: [UInt8], _ answers: [Answer], _ afterwards: Afterwards) {
            (testDescription, self.sent, self.answers, self.afterwards) = (name, sent, answers, afterwards)
        }
    }

    private static let reused = "StreamID cannot be re-used and must increment"
    private static let inactive = "StreamID is no longer active"
    private static let odd = "StreamID must be odd for client initiated streams"

    /// "test.Echo" and "Echo" as fields of a Request; what follows is more fields of it.
    private static func echo(_ stream: UInt32, flags: UInt8 = 0, _ fields: String = "") -> [UInt8] {
        let data = wireBytes("0a09 746573742e4563686f 1204 4563686f" + fields)
        var bytes: [UInt8] = []
        Frame(
            streamID: StreamID(stream), type: .request, flags: FrameFlags(rawValue: flags), data: data
        ).append(to: &bytes)
        return bytes
    }

    private static func tooLong(_ byteCount: Int) -> String {
        "message length \(byteCount) exceed maximum message size of 4194304"
    }

    static let streamIDs = [
        Row(
            "an id lower than the last, never used", echo(7) + echo(5),
            [.served(7, []), .refused(5, .invalidArgument, reused)], .serves(9)),
        Row(
            "the highest id, then 1", echo(.max) + echo(1),
            [.served(.max, []), .refused(1, .invalidArgument, reused)], .isSpent),
        Row(
            "data on an even id", wireBytes("00000000 00000002 03 04"),
            [.refused(2, .invalidArgument, odd)], .serves(1)),
        Row(
            "data on a stream whose request was refused",
            requestBytes(1, service: "a") + wireBytes("00000000 00000001 03 05"),
            [.refused(1, .unimplemented, "service a"), .refused(1, .invalidArgument, inactive)], .serves(3)),
        // The reference server answers INVALID_ARGUMENT, and the call's own answer is then a second terminal
        // frame. Which method streams is the server's secret: a client that sends data has guessed wrong.
        Row(
            "data on a unary stream whose call runs",
            requestBytes(1, "Hold") + wireBytes("00000001 00000001 03 01 00") + echo(3, "1a0107"),
            [.served(3, [7])], .serves(5)),
    ]

    static let typesAndFlags =
        [UInt8(0), 2, 4, 255].map { type in
            Row(
                "a frame of type \(type) is ignored, its id unused",
                wireBytes("00000002 00000001") + [type, 0, 1, 2], [], .serves(1))
        }
        + [UInt8(0x01), 0x02, 0x03, 0x06, 0xf8, 0xff].map { flags in
            Row(
                "flags \(flags) on a unary method do not matter", echo(1, flags: flags, "1a0107"),
                [.served(1, [7])], .serves(3))
        }

    static let envelopes = [
        Row(
            "an unknown method", requestBytes(1, "Missing"),
            [.refused(1, .unimplemented, "method Missing")], .serves(3)),
        Row(
            "a service that is not UTF-8", wireBytes("00000004 00000001 01 00 | 0a02 c328"),
            [
                .refused(
                    1, .invalidArgument,
                    "unmarshal request error: string field ttrpc.Request.service contains invalid UTF-8")
            ], .serves(3)),
        Row(
            "a metadata value that is not UTF-8", echo(1, "2a06 0a016b 1201ff"),
            [
                .refused(
                    1, .invalidArgument,
                    "unmarshal request error: string field ttrpc.KeyValue.value contains invalid UTF-8")
            ], .serves(3)),
        Row(
            "a request that is not protobuf", wireBytes("00000002 00000001 01 00 | 0000"),
            [.refused(1, .invalidArgument, "unmarshal request error: not in protobuf encoding")], .serves(3)),
        Row("unknown fields are skipped", echo(1, "7801 b20601ff 1a0107"), [.served(1, [7])], .serves(3)),
        Row(
            "the last of a repeated single field counts", echo(1, "1a0101 1a0107"), [.served(1, [7])],
            .serves(3)),
        Row(
            "a payload that is not protobuf", requestBytes(1, "Typed", [0x0a]),
            [
                .refused(
                    1, .internalError,
                    "ttrpc: error unmarshalling payload: ttrpc.Request.service: the bytes end inside a field")
            ], .serves(3)),
        Row(
            "a timeout just passed", echo(1, "20ffffffffffffffffff01"),
            [.refused(1, .deadlineExceeded, "context deadline exceeded")], .serves(3)),
        Row(
            "the most negative timeout", echo(1, "2080808080808080808001"),
            [.refused(1, .deadlineExceeded, "context deadline exceeded")], .serves(3)),
        Row("the longest timeout", echo(1, "20ffffffffffffffff7f"), [.served(1, [])], .serves(3)),
    ]

    static let sizes = [
        Row(
            "data of 4 MiB to the byte",
            requestBytes(1, "Count", [UInt8](repeating: 0, count: (4 << 20) - 23)),
            [.served(1, Array("4194281".utf8))], .serves(3)),
        Row(
            "16 MiB, for which the reserved byte is set",
            wireBytes("01000000 00000001 01 00") + [UInt8](repeating: 0, count: 16 << 20),
            [.refused(1, .resourceExhausted, tooLong(16 << 20))], .serves(3)),
        // The reference server reads and throws away up to 4 GiB.
        Row(
            "a byte more than we are ready to throw away", wireBytes("01000001 00000001 01 00"),
            [.refused(1, .resourceExhausted, tooLong(16 << 20 | 1))], .isClosed),
        // The reference server would take the id again. One terminal frame a stream is our rule.
        Row(
            "the id of an oversized request",
            wireBytes("00400001 00000003 01 00") + [UInt8](repeating: 0, count: 4 << 20 | 1) + echo(3),
            [
                .refused(3, .resourceExhausted, tooLong(4 << 20 | 1)), .refused(3, .invalidArgument, reused),
            ], .serves(5)),
        Row(
            "an oversized frame of an unknown type",
            wireBytes("00400001 00000001 09 00") + [UInt8](repeating: 0, count: 4 << 20 | 1),
            [.refused(1, .resourceExhausted, tooLong(4 << 20 | 1))], .serves(1)),
        // The reference server answers, and later again with the call's own answer.
        Row(
            "an oversized frame on a stream whose call runs",
            requestBytes(1, "Sleep") + wireBytes("00400001 00000001 03 00"), [], .isClosed),
    ]

    @Test("on stream ids", arguments: streamIDs)
    func streamID(row: Row) async throws { try await check(row) }

    @Test("on types and flags", arguments: typesAndFlags)
    func typeOrFlags(row: Row) async throws { try await check(row) }

    @Test("on requests", arguments: envelopes)
    func envelope(row: Row) async throws { try await check(row) }

    @Test("on sizes", arguments: sizes)
    func size(row: Row) async throws { try await check(row) }

    private func check(_ row: Row) async throws {
        let stage = WireStage()
        let server = try await RPCServer.bind(router: StageWithTypes(stage: stage.router))
        var peer = try await RawPeer(port: server.boundPort)
        try await peer.send(row.sent)
        for expected in row.answers {
            let answer = Self.answer(await peer.frame())
            #expect(answer == expected)
        }
        switch row.afterwards {
        case .serves(let stream):
            try await peer.send(requestBytes(stream, "Echo", [9]))
            let answer = Self.answer(await peer.frame())
            #expect(answer == .served(stream, [9]), "and nothing else before")
        case .isSpent: break
        case .isClosed: #expect(await peer.frame() == nil)
        }
        stage.release()
        try? await peer.close()
        await server.shutdown(within: .seconds(60))
    }

    private static func answer(_ frame: Frame?) -> Answer? {
        guard let frame, frame.flags == [] else { return nil }
        return switch frame.outcome {
        case .success(let payload): .served(frame.streamID.number, payload)
        case .failure(let status): .refused(frame.streamID.number, status.code, status.message)
        case nil: nil
        }
    }

    /// The stage, a method with a typed message, and one that counts the bytes of its payload.
    private struct StageWithTypes: RequestRouter {
        let stage: ServiceRouter

        func route(service: String, method: String) throws(RPCStatus) -> MethodHandler {
            switch (service, method) {
            case ("test.Echo", "Typed"):
                MessageCalls.unary {
                    (request: Envelope.Request, _: CallContext) async throws(RPCStatus) -> Envelope.Request in
                    request
                }
            case ("test.Echo", "Count"):
                .unary { (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
                    Array("\(payload.count)".utf8)
                }
            default: try stage.route(service: service, method: method)
            }
        }
    }
}
