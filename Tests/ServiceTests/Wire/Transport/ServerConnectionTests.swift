import Testing
import Wire

/// A real server and raw bytes.
@Suite("Server connections", .timeLimit(.minutes(1)))
struct ServerConnectionTests {
    private func with(
        limits: WireLimits = WireLimits(), _ body: (RPCServer, WireStage) async throws -> Void
    ) async throws {
        let stage = WireStage()
        let server = try await RPCServer.bind(router: stage.router, limits: limits)
        try await body(server, stage)
        stage.release()
        await server.shutdown(within: .seconds(1))
    }

    @Test("the reference server's answers, after each of which a good request is served")
    func faultyFrames() async throws {
        let rows: [(String, StatusCode, String)] = [
            (
                "00000000 00000002 01 00", .invalidArgument,
                "StreamID must be odd for client initiated streams"
            ),
            (
                "00000000 00000000 01 00", .invalidArgument,
                "StreamID must be odd for client initiated streams"
            ),
            ("00000000 00000001 01 00", .invalidArgument, "StreamID cannot be re-used and must increment"),
            ("00000001 0000ffff 03 00 00", .invalidArgument, "StreamID is no longer active"),
            ("00000000 00000001 03 00", .invalidArgument, "StreamID is no longer active"),
            ("00000000 %08x 01 00", .unimplemented, "service "),
            ("00000003 %08x 01 00 0a0161", .unimplemented, "service a"),
            (
                "00000001 %08x 01 00 0a", .invalidArgument,
                "unmarshal request error: the bytes end inside a field"
            ),
        ]
        try await with { server, _ in
            var peer = try await RawPeer(port: server.boundPort)
            var id: UInt32 = 3
            try await peer.send(requestBytes(1))
            #expect(await peer.frame()?.outcome == .success([]))
            for (row, code, message) in rows {
                let hexadecimal = String(id, radix: 16)
                let number = String(repeating: "0", count: 8 - hexadecimal.count) + hexadecimal
                // Frames of other types are ignored in between.
                try await peer.send(wireBytes("00000001 00000001 09 00 00"))
                try await peer.send(wireBytes(row.replacing("%08x", with: number)))
                guard case .failure(let status)? = await peer.frame()?.outcome else {
                    return #expect(Bool(false), "\(row) is refused")
                }
                #expect(status.code == code)
                #expect(status.message == message)
                try await peer.send(requestBytes(id + 2, "Echo", [9]))
                let answer = await peer.frame()
                #expect(answer?.streamID == StreamID(id + 2))
                #expect(answer?.outcome == .success([9]))
                id += 4
            }
            try await peer.close()
        }
    }

    @Test("an oversized request is refused, thrown away, and the next is served")
    func oversized() async throws {
        try await with { server, _ in
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(wireBytes("00400001 00000001 01 00"))
            let refusal = await peer.frame()
            #expect(refusal?.outcome == failure(.resourceExhausted))
            try await peer.send([UInt8](repeating: 0, count: (4 << 20) + 1) + requestBytes(3, "Echo", [1]))
            #expect(await peer.frame()?.outcome == .success([1]))
            try await peer.close()
        }
    }

    @Test("an announcement beyond the discard budget is answered, then the connection closed")
    func beyondRepair() async throws {
        try await with { server, _ in
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(wireBytes("ffffffff 00000001 01 00") + requestBytes(3))
            #expect(await peer.frame()?.outcome == failure(.resourceExhausted))
            #expect(await peer.frame() == nil)
        }
    }

    @Test("a live stream opened again fails the connection, whose handlers are cancelled")
    func liveStreamReused() async throws {
        try await with { server, stage in
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(requestBytes(1, "Sleep"))
            #expect(await stage.next() == [.started("Sleep")])
            try await peer.send(requestBytes(1, "Echo"))
            #expect(await peer.frame() == nil)
            #expect(await stage.next() == [.cancelled("Sleep")])
        }
    }

    @Test("a client that leaves cancels its handlers")
    func clientLeaves() async throws {
        try await with { server, stage in
            let peer = try await RawPeer(port: server.boundPort)
            try await peer.send(requestBytes(1, "Sleep") + requestBytes(3, "Sleep"))
            #expect(await stage.next(2) == [.started("Sleep"), .started("Sleep")])
            try await peer.close()
            #expect(await stage.next(2) == [.cancelled("Sleep"), .cancelled("Sleep")])
        }
    }

    @Test("silence, half a header and half a frame at the start are cut off", arguments: [0, 5, 13])
    func slowStart(byteCount: Int) async throws {
        var limits = WireLimits()
        limits.firstFrameTime = .milliseconds(50)
        try await with(limits: limits) { server, _ in
            var peer = try await RawPeer(port: server.boundPort)
            // On a slow machine the server may have given up before these bytes.
            try? await peer.send(Array(requestBytes(1).prefix(byteCount)))
            #expect(await peer.frame() == nil)
        }
    }

    @Test("half a header and half a frame after a good request are cut off", arguments: [1, 5, 13])
    func slowFrame(byteCount: Int) async throws {
        var limits = WireLimits()
        limits.frameTime = .milliseconds(50)
        try await with(limits: limits) { server, _ in
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(requestBytes(1) + Array(requestBytes(3).prefix(byteCount)))
            #expect(await peer.frame()?.outcome == .success([]))
            #expect(await peer.frame() == nil)
        }
    }

    @Test("an idle connection is closed")
    func idle() async throws {
        var limits = WireLimits()
        limits.idleTime = .milliseconds(50)
        try await with(limits: limits) { server, _ in
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(requestBytes(1))
            #expect(await peer.frame() != nil)
            #expect(await peer.frame() == nil)
        }
    }

    @Test("a peer that does not read is not read from, and loses nothing when it reads again")
    func backPressure() async throws {
        try await with { server, _ in
            let megabyte = [UInt8](repeating: 3, count: 1 << 20)
            var peer = try await RawPeer(port: server.boundPort, isReading: false)
            let writer = peer.writer
            let sending = Task {
                for index in 0..<40 {
                    try await writer.send(requestBytes(UInt32(index * 2 + 1), "Echo", megabyte))
                }
            }
            try await peer.startReading()
            for index in 0..<40 {
                let frame = await peer.frame()
                #expect(frame?.streamID == StreamID(UInt32(index * 2 + 1)))
                #expect(frame?.outcome == .success(megabyte))
            }
            try await sending.value
            try await peer.close()
        }
    }

    @Test("a peer that never reads is dropped")
    func stalled() async throws {
        var limits = WireLimits()
        limits.stallTime = .milliseconds(100)
        try await with(limits: limits) { server, stage in
            let peer = try await RawPeer(port: server.boundPort, isReading: false)
            try await peer.send(requestBytes(1, "Sleep"))
            #expect(await stage.next() == [.started("Sleep")])
            let megabyte = [UInt8](repeating: 3, count: 1 << 20)
            // Fails when the server has closed, which is what this waits for.
            await #expect(throws: (any Error).self) {
                for index in 1..<200 {
                    try await peer.send(requestBytes(UInt32(index * 2 + 1), "Echo", megabyte))
                }
            }
            #expect(await stage.next() == [.cancelled("Sleep")])
        }
    }

    @Test("more handlers than the limit are refused at once, and there is room when they end")
    func handlerLimit() async throws {
        var limits = WireLimits()
        limits.handlerCountMax = 2
        try await with(limits: limits) { server, stage in
            var peer = try await RawPeer(port: server.boundPort)
            try await peer.send(requestBytes(1, "Hold") + requestBytes(3, "Hold") + requestBytes(5, "Echo"))
            let refused = await peer.frame()
            #expect(refused?.streamID == StreamID(5))
            #expect(refused?.outcome == failure(.resourceExhausted))
            stage.release()
            #expect(await peer.frame()?.outcome == .success([]))
            #expect(await peer.frame()?.outcome == .success([]))
            try await peer.send(requestBytes(7, "Echo", [1]))
            #expect(await peer.frame()?.outcome == .success([1]))
            try await peer.close()
        }
    }

    @Test("one connection more than the limit is closed without a byte")
    func connectionLimit() async throws {
        var limits = WireLimits()
        limits.connectionPerAddressCountMax = 1
        try await with(limits: limits) { server, _ in
            var first = try await RawPeer(port: server.boundPort)
            try await first.send(requestBytes(1))
            #expect(await first.frame() != nil)
            var second = try await RawPeer(port: server.boundPort)
            #expect(await second.frame() == nil)
            try await first.send(requestBytes(3))
            #expect(await first.frame() != nil)
            try await first.close()
        }
    }
}
