import Synchronization
import Testing
import Wire

/// Peers that take their answers slowly or not at all: what they cost is counted, in bytes.
@Suite("Slow readers", .timeLimit(.minutes(1)))
struct SlowReaderTests {
    /// What two sockets on one machine may hold between them, with the usual settings of the kernel, and
    /// more.
    private static let socketByteCount = 32 << 20

    private static let megabyte = [UInt8](repeating: 7, count: 1 << 20)

    /// Echoes, or answers any request with a megabyte, and counts the bytes of its answers.
    private final class Tally: RequestRouter {
        private let byteCount = Mutex(0)

        var total: Int { byteCount.withLock { $0 } }

        func route(service: String, method: String) throws(RPCStatus) -> MethodHandler {
            .unary { [self] (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
                let answer = method == "Megabyte" ? SlowReaderTests.megabyte : payload
                byteCount.withLock { $0 += answer.count }
                return answer
            }
        }
    }

    /// SwiftMCP#173, grpc#37715, grpc-swift#1597; the reference server took 300 answers of 1 MiB.
    @Test("a peer that never reads makes the server work and hoard without end")
    func hoarding() async throws {
        let tally = Tally()
        var limits = WireLimits()
        // Long enough to answer all of it, if nothing held the server back.
        limits.stallTime = .seconds(2)
        let server = try await RPCServer.bind(router: tally, limits: limits)
        let peer = try await RawPeer(port: server.boundPort, isReading: false)
        // Fails when the server has given up.
        await #expect(throws: (any Error).self) {
            for index in 0..<300 {
                try await peer.send(requestBytes(UInt32(index * 2 + 1), "Echo", Self.megabyte))
            }
        }
        // One read may bring a few requests more.
        #expect(tally.total <= limits.outboundHighByteCount + Self.socketByteCount + (4 << 20))
        await server.shutdown(within: .seconds(60))
    }

    /// The same, before the server has had a chance to stop reading: one read brings all of the requests.
    @Test("small requests for large answers make the server hoard without end")
    func amplification() async throws {
        var limits = WireLimits()
        limits.outboundByteCountMax = 8 << 20
        let server = try await RPCServer.bind(router: Tally(), limits: limits)
        var peer = try await RawPeer(port: server.boundPort, isReading: false)
        try await peer.send((0..<90).flatMap { requestBytes($0 * 2 + 1, "Megabyte") })
        // The last request is answered last, as all handlers end at once.
        try await peer.send(requestBytes(999, "Echo", [9]))
        try await peer.startReading()
        var keptByteCount = 0
        var refusedCount = 0
        var answer = await peer.frame()
        while let frame = answer, frame.streamID != StreamID(999) {
            switch frame.outcome {
            case .success(let payload): keptByteCount += payload.count
            case .failure(let status):
                #expect(status.code == .resourceExhausted)
                refusedCount += 1
            case nil: Issue.record("no Response frame")
            }
            answer = await peer.frame()
        }
        #expect(answer?.outcome == .success([9]))
        #expect(keptByteCount <= limits.outboundByteCountMax + Self.socketByteCount)
        #expect(refusedCount + keptByteCount >> 20 == 90, "each is answered")
        try await peer.close()
        await server.shutdown(within: .seconds(60))
    }

    /// ttrpc#229, ttrpc#72, ttrpc#94, ttrpc#168: one full pipe held up the reader of all.
    @Test("a peer that does not read holds up the others")
    func headOfLine() async throws {
        let server = try await RPCServer.bind(router: WireStage().router)
        var stuck: [(RawPeer, Task<Void, any Error>)] = []
        // More than there are event loops.
        for _ in 0..<8 {
            let peer = try await RawPeer(port: server.boundPort, isReading: false)
            let writer = peer.writer
            let sending = Task {
                for index in 0..<20 {
                    try await writer.send(requestBytes(UInt32(index * 2 + 1), "Echo", Self.megabyte))
                }
            }
            stuck.append((peer, sending))
        }
        for _ in 0..<20 {
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(requestBytes(1, "Echo", [7]))
            #expect(await peer.frame()?.outcome == .success([7]))
            try await peer.close()
        }
        for (peer, sending) in stuck {
            try await peer.close()
            _ = await sending.result
        }
        await server.shutdown(within: .seconds(60))
    }

    /// ttrpc#174 (a send hung for 1,818 minutes), ttrpc-rust#317.
    @Test("a call to a server that does not read waits for ever")
    func writerWithoutDeadline() async throws {
        let server = try await ScriptedServer(isReading: false)
        let channel = ClientChannel(host: "127.0.0.1", port: server.port)
        #expect(await Self.outcomesOfCalls(on: channel).allSatisfy { $0 == failure(.deadlineExceeded) })
        await channel.close()
        try await server.close()
    }

    /// Sixty calls at once, with a megabyte each.
    private static func outcomesOfCalls(on channel: ClientChannel) async -> [Result<[UInt8], RPCStatus>] {
        await withTaskGroup(of: Result<[UInt8], RPCStatus>.self) { group in
            for _ in 0..<60 {
                group.addTask { await channel.stage("Echo", megabyte, timeout: .milliseconds(500)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// SwiftMCP#173 from the caller's side.
    @Test("calls to a server that does not read are written all the same, and their bytes hoarded")
    func hoardedRequests() async throws {
        var server = try await ScriptedServer(isReading: false)
        let channel = ClientChannel(host: "127.0.0.1", port: server.port)
        #expect(await Self.outcomesOfCalls(on: channel).count == 60)
        // What was sent, or waits to be, comes before a last small call.
        var peer = try await server.connection()
        let last = Task { await channel.stage("Last", timeout: .seconds(600)) }
        try await peer.startReading()
        var sentByteCount = 0
        while let frame = await peer.frame() {
            let request = try RequestEnvelope(frame.data, limits: WireLimits())
            if request.method == "Last" { break }
            sentByteCount += request.payload.count
        }
        #expect(sentByteCount <= WireLimits().outboundHighByteCount + Self.socketByteCount)
        last.cancel()
        #expect(await last.value == failure(.cancelled))
        await channel.close()
        try await server.close()
    }
}
