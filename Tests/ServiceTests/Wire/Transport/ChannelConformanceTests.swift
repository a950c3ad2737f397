import Testing
import Wire

/// What every way of calling must do alike, in process, over TCP and over TLS.
@Suite("Every channel", .timeLimit(.minutes(1)))
struct ChannelConformanceTests {
    enum Way: CaseIterable, CustomTestStringConvertible {
        case inProcess, tcp, tls
        var testDescription: String {
            switch self {
            case .inProcess: "in process"
            case .tcp: "over TCP"
            case .tls: "over TLS"
            }
        }

        func with(
            limits: WireLimits = WireLimits(), _ body: (any RPCChannel, WireStage) async throws -> Void
        ) async throws {
            let stage = WireStage()
            switch self {
            case .inProcess:
                try await body(InProcessChannel(router: stage.router, limits: limits), stage)
            case .tcp, .tls:
                var limits = limits
                limits.handshakeTime = .seconds(60)
                let security: TransportSecurity =
                    self == .tcp ? .plaintext : .mutualTLS(try ChannelConformanceTests.credentials.get())
                let server = try await RPCServer.bind(
                    router: stage.router, limits: limits, security: security)
                let channel = ClientChannel(
                    host: "127.0.0.1", port: server.boundPort, limits: limits, security: security)
                try await body(channel, stage)
                stage.release()
                await channel.close()
                await server.shutdown(within: .seconds(1))
            }
            stage.release()
        }
    }

    /// One certificate for both sides.
    private static let root = Result { try TestRoot() }
    private static let credentials = Result { try root.get().credentials() }

    private func with(
        _ way: Way, limits: WireLimits = WireLimits(),
        _ body: (any RPCChannel, WireStage) async throws -> Void
    ) async throws {
        try await way.with(limits: limits, body)
    }

    @Test("answers with the payload, empty or not", arguments: Way.allCases, ["Echo", "Hop"])
    func echo(way: Way, method: String) async throws {
        try await with(way) { channel, _ in
            #expect(await channel.stage(method, [1, 2, 3]) == .success([1, 2, 3]))
            #expect(await channel.stage(method) == .success([]))
            let large = [UInt8](repeating: 5, count: 3 << 20)
            #expect(await channel.stage(method, large) == .success(large))
        }
    }

    @Test("carries a handler's status with its details", arguments: Way.allCases)
    func status(way: Way) async throws {
        try await with(way) { channel, _ in
            guard case .failure(let status) = await channel.stage("Fail", [7]) else {
                return #expect(Bool(false), "the handler throws")
            }
            #expect(status.code == .failedPrecondition)
            #expect(status.message == "领跑者")
            #expect(status.details == [StatusDetail(typeURL: "x/a.B", value: [7])])
        }
    }

    @Test("passes method, metadata and the time left on to the handler", arguments: Way.allCases)
    func context(way: Way) async throws {
        try await with(way) { channel, _ in
            let found = await channel.stage("Describe", metadata: ["Trace-ID": "1", "trace-id": "二"])
            let text = #"/test.Echo/Describe ["trace-id=1", "trace-id=二"] in time"#
            #expect(found == .success(Array(text.utf8)))
        }
    }

    @Test("says UNIMPLEMENTED for what does not exist", arguments: Way.allCases)
    func unimplemented(way: Way) async throws {
        try await with(way) { channel, _ in
            #expect(await channel.stage("Missing") == failure(.unimplemented))
        }
    }

    @Test("ends a call at its deadline and cancels its handler", arguments: Way.allCases)
    func deadline(way: Way) async throws {
        try await with(way) { channel, stage in
            // Connecting first, so that the time is the handler's also on a slow machine.
            #expect(await channel.stage("Echo") == .success([]))
            #expect(await channel.stage("Sleep", timeout: .milliseconds(500)) == failure(.deadlineExceeded))
            #expect(await stage.next(2) == [.started("Sleep"), .cancelled("Sleep")])
            #expect(await channel.stage("Echo", timeout: .zero) == failure(.deadlineExceeded))
            #expect(await channel.stage("Echo", timeout: .seconds(-1)) == failure(.deadlineExceeded))
        }
    }

    @Test("holds a call to the server's longest time, whatever the client allows", arguments: Way.allCases)
    func serverMaximum(way: Way) async throws {
        var limits = WireLimits()
        limits.callTimeMax = .milliseconds(50)
        try await with(way, limits: limits) { channel, stage in
            #expect(await channel.stage("Sleep", timeout: .seconds(600)) == failure(.deadlineExceeded))
            #expect(await stage.next(2) == [.started("Sleep"), .cancelled("Sleep")])
        }
    }

    @Test("answers at the deadline also when the handler does not listen", arguments: Way.allCases)
    func deafHandler(way: Way) async throws {
        try await with(way) { channel, _ in
            #expect(await channel.stage("Hold", timeout: .milliseconds(50)) == failure(.deadlineExceeded))
        }
    }

    @Test(
        "ends with CANCELLED when the caller is cancelled, before or while it waits", arguments: Way.allCases)
    func cancelled(way: Way) async throws {
        try await with(way) { channel, stage in
            let call = Task { await channel.stage("Hold") }
            #expect(await stage.next() == [.started("Hold")])
            call.cancel()
            #expect(await call.value == failure(.cancelled))
            let early = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await channel.stage("Hold")
            }
            #expect(await early.value == failure(.cancelled))
        }
    }

    @Test("refuses what no frame holds, either way, and goes on", arguments: Way.allCases)
    func oversized(way: Way) async throws {
        try await with(way) { channel, _ in
            let payload = [UInt8](repeating: 0, count: 4 << 20)
            #expect(await channel.stage("Echo", payload) == failure(.resourceExhausted))
            #expect(await channel.stage("Large") == failure(.resourceExhausted))
            let metadata: Metadata = ["key": String(repeating: "x", count: 20_000)]
            #expect(await channel.stage("Echo", metadata: metadata) == failure(.resourceExhausted))
            #expect(await channel.stage("Echo", [1]) == .success([1]))
        }
    }

    @Test("answers a thousand calls at once, each with its own", arguments: Way.allCases, ["Echo", "Hop"])
    func concurrent(way: Way, method: String) async throws {
        try await with(way) { channel, _ in
            let rightCount = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<1_000 {
                    group.addTask {
                        let payload = [UInt8(index & 0xff), UInt8(index >> 8)]
                        return await channel.stage(method, payload) == .success(payload)
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(rightCount == 1_000)
        }
    }
}
