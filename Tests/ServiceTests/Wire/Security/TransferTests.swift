import Foundation
import Testing
import Wire

/// Much over TLS, and the end of a connection.
@Suite("Transfers over TLS", .timeLimit(.minutes(5)))
struct TransferTests {
    @Test("large payloads pass both ways, many at once, each whole")
    func large() async throws {
        let stage = try await TLSStage()
        let channel = try stage.client()
        let rightCount = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<24 {
                group.addTask {
                    let payload = (0..<(3 << 20) + index).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ index) }
                    return await channel.stage("Echo", payload, timeout: .seconds(25)) == .success(payload)
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(rightCount == 24)
        await stage.end(channel)
    }

    @Test("sizes around the records and slices of TLS pass whole")
    func sizes() async throws {
        let stage = try await TLSStage()
        let channel = try stage.client()
        for size in [0, 1, 16_383, 16_384, 16_385, 131_071, 131_072, 131_073, 262_144, 4_190_000] {
            let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
            #expect(await channel.stage("Echo", payload) == .success(payload), "\(size) bytes")
        }
        await stage.end(channel)
    }

    @Test("a shutdown in order loses no answer")
    func drain() async throws {
        let wire = WireStage()
        let stage = try await TLSStage(stage: wire)
        let channel = try stage.client()
        let megabytes = [UInt8](repeating: 9, count: 3 << 20)
        let held = Task { await channel.stage("Hold", megabytes, timeout: .seconds(60)) }
        #expect(await wire.next() == [.started("Hold")])
        async let ended: Void = stage.server.shutdown(within: .seconds(30))
        wire.release()
        #expect(await held.value == .success(megabytes))
        await ended
        #expect(stage.server.connectionCount == 0)
        await channel.close()
    }

    @Test("a server that is gone after the handshake leaves the outcome of the first call open")
    func lost() async throws {
        let wire = WireStage()
        let stage = try await TLSStage(stage: wire)
        let channel = try stage.client()
        let call = Task { await channel.stage("Sleep", timeout: .seconds(60)) }
        #expect(await wire.next() == [.started("Sleep")])
        await stage.server.shutdown(within: .zero)
        #expect(words(await call.value).contains("may have been carried out"))
        await channel.close()
    }

    @Test("a client that leaves cancels its handlers")
    func leaves() async throws {
        let wire = WireStage()
        let stage = try await TLSStage(stage: wire)
        let channel = try stage.client()
        let call = Task { await channel.stage("Sleep", timeout: .seconds(60)) }
        #expect(await wire.next() == [.started("Sleep")])
        await channel.close()
        #expect(await wire.next() == [.cancelled("Sleep")])
        #expect(await call.value == failure(.unavailable))
        await stage.end()
    }

    @Test("a peer that does not read is not read from, and loses nothing when it reads again")
    func backPressure() async throws {
        let stage = try await TLSStage()
        let files = try stage.root.issue()
        let megabyte = [UInt8](repeating: 3, count: 1 << 20)
        var peer = try await RawTLSPeer(port: stage.server.boundPort, files: files)
        try await peer.send(requestBytes(1, "Echo", [1]))
        #expect(await peer.frame()?.outcome == .success([1]))
        try await peer.setReading(false)
        let writer = peer.writer
        let sending = Task {
            for index in 1..<40 {
                try await writer.send(requestBytes(UInt32(index * 2 + 1), "Echo", megabyte))
            }
        }
        try await peer.setReading(true)
        for index in 1..<40 {
            let frame = await peer.frame()
            #expect(frame?.streamID == StreamID(UInt32(index * 2 + 1)))
            #expect(frame?.outcome == .success(megabyte))
        }
        try await sending.value
        try await peer.close()
        await stage.end()
    }
}
