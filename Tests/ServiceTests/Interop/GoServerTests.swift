import Contracts
import Testing
import Wire

extension GoTests {
    @Suite("We call the Go server")
    struct GoServerTests {
        private func with(
            limits: WireLimits = WireLimits(), _ body: (GoServer, Caller) async throws -> Void
        ) async throws {
            let server = try await GoServer()
            let channel = ClientChannel(host: "127.0.0.1", port: server.port, limits: limits)
            try await body(server, Caller(channel: channel))
            await channel.close()
            try await server.close()
        }

        /// Typed calls of the Go server's test service.
        struct Caller {
            let channel: ClientChannel

            func callAsFunction(
                _ method: String, _ message: Envelope.Request = Envelope.Request(),
                service: String = "interop.Stage", timeout: Duration = .seconds(200),
                metadata: Metadata = Metadata()
            ) async -> Result<Envelope.Request, RPCStatus> {
                do throws(RPCStatus) {
                    return .success(
                        try await MessageCalls.call(
                            over: channel, service: service, method: method, request: message,
                            options: CallOptions(timeout: timeout, metadata: metadata)))
                } catch {
                    return .failure(error)
                }
            }
        }

        private static func refused(_ code: StatusCode) -> Result<Envelope.Request, RPCStatus> {
            .failure(RPCStatus(code: code, message: ""))
        }

        @Test("a payload comes back as it was, empty or not", arguments: GoClientTests.messages)
        func echo(message: Envelope.Request) async throws {
            try await with { _, call in
                #expect(await call("Echo", message) == .success(message))
                #expect(await call("Echo", message) == .success(message), "and again")
            }
        }

        @Test("its handler sees all values of a metadata key in their order")
        func metadata() async throws {
            try await with { _, call in
                let sent: Metadata = ["b": "1", "a": "x", "B": "二", "b": ""]
                let pairs = [("a", "x"), ("b", "1"), ("b", "二"), ("b", "")]
                // The first call of a connection also carries our announcement.
                _ = try await call("Describe").get()
                let seen = try await call("Describe", metadata: sent).get()
                #expect(seen.metadata == pairs.map { Envelope.KeyValue(key: $0, value: $1) })
                #expect(try await call("Describe").get().metadata == [])
            }
        }

        @Test("its handler sees the time the caller has left")
        func timeout() async throws {
            try await with { _, call in
                let left = try await call("Describe", timeout: .seconds(20)).get().timeoutNano
                #expect(left > 0 && left <= 20_000_000_000)
            }
        }

        @Test("a passed deadline ends the call here and the handler there, and the connection goes on")
        func deadline() async throws {
            try await with { server, call in
                #expect(await call("Echo") == .success(Envelope.Request()))
                #expect(await call("Hold", timeout: .milliseconds(500)) == Self.refused(.deadlineExceeded))
                try await server.awaitEnded()
                #expect(await call("Echo") == .success(Envelope.Request()))
                #expect(try await server.streamIDs() == [1, 3, 5])
            }
        }

        @Test("a status arrives with its words and details; an error without one is UNKNOWN")
        func status() async throws {
            try await with { _, call in
                let answer = await call("Fail", Envelope.Request(service: "领跑者", payload: [7]))
                guard case .failure(let status) = answer else {
                    return #expect(Bool(false), "the handler fails")
                }
                #expect(status.code == .failedPrecondition)
                #expect(status.message == "领跑者")
                let details = [
                    StatusDetail(typeURL: "x/a.B", value: [7]), StatusDetail(typeURL: "x/a.Empty", value: []),
                ]
                #expect(status.details == details)
                guard case .failure(let other) = await call("Break") else {
                    return #expect(Bool(false), "the handler fails")
                }
                #expect(other.code == .unknown)
                #expect(other.message == "the drawer is stuck")
            }
        }

        @Test("what does not exist is UNIMPLEMENTED")
        func unimplemented() async throws {
            try await with { _, call in
                #expect(await call("Echo", service: "interop.Missing") == Self.refused(.unimplemented))
                #expect(await call("Missing") == Self.refused(.unimplemented))
            }
        }

        @Test("its health is asked with our generated client")
        func health() async throws {
            try await with { _, call in
                let health = HealthClient(call.channel)
                let answer = try await health.check(HealthAPI.HealthCheckRequest())
                #expect(answer.status == .serving)
                await #expect(throws: RPCStatus(code: .notFound, message: "")) {
                    try await health.check(HealthAPI.HealthCheckRequest(service: "interop.Missing"))
                }
            }
        }

        @Test("what is too large is refused here, unsent; an oversized answer fails its call alone")
        func oversized() async throws {
            try await with { server, call in
                let tooLarge = Envelope.Request(payload: [UInt8](repeating: 1, count: 4 << 20))
                #expect(await call("Echo", tooLarge) == Self.refused(.resourceExhausted))
                let large = Envelope.Request(payload: [UInt8](repeating: 1, count: (4 << 20) - 100))
                #expect(await call("Echo", large) == .success(large))
                // Payload and two headers of fields fill 4 MiB to the byte, and then one more.
                let most = Int64(4 << 20) - 10
                let answer = try await call("Large", Envelope.Request(timeoutNano: most)).get()
                #expect(answer.payload.count == Int(most))
                let more = Envelope.Request(timeoutNano: most + 1)
                #expect(await call("Large", more) == Self.refused(.resourceExhausted))
                #expect(await call("Echo") == .success(Envelope.Request()))
                #expect(try await server.streamIDs() == [1, 3, 5, 7], "on one connection")
            }
        }

        @Test("a thousand calls at once each get their own answer, and their ids go out in order")
        func concurrent() async throws {
            try await with { server, call in
                let rightCount = await withTaskGroup(of: Bool.self) { group in
                    for index in 0..<1_000 {
                        group.addTask {
                            let message = Envelope.Request(timeoutNano: Int64(index))
                            return await call("Echo", message) == .success(message)
                        }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(rightCount == 1_000)
                let streamIDs = try await server.streamIDs()
                #expect(streamIDs == (0..<1_000).map { $0 * 2 + 1 })
            }
        }

        @Test("a cancelled caller is let go at once; the late answer disturbs nobody")
        func cancelled() async throws {
            try await with { server, call in
                let holding = Task { await call("Hold") }
                try await server.awaitStarted()
                holding.cancel()
                #expect(await holding.value == Self.refused(.cancelled))
                try await server.release()
                #expect(await call("Hold") == .success(Envelope.Request()))
                #expect(try await server.streamIDs() == [1, 3])
            }
        }

        @Test("a server that shuts down in order answers our running call; then it is UNAVAILABLE")
        func shutDown() async throws {
            try await with { server, call in
                let message = Envelope.Request(payload: [1])
                let holding = Task { await call("Hold", message) }
                try await server.awaitStarted()
                async let ending: Void = server.shutDown()
                try await server.release()
                #expect(await holding.value == .success(message))
                try await ending
                #expect(await call("Echo") == Self.refused(.unavailable))
            }
        }

        @Test("a lost connection fails its running calls with UNAVAILABLE; the next call has a new one")
        func dropped() async throws {
            try await with { server, call in
                let holding = (0..<3).map { _ in Task { await call("Hold") } }
                try await server.awaitStarted(3)
                try await server.drop()
                for call in holding { #expect(await call.value == Self.refused(.unavailable)) }
                #expect(await call("Echo") == .success(Envelope.Request()))
                #expect(try await server.streamIDs() == [1, 3, 5, 1])
                // The Go server does not cancel a handler when its own side closed the connection.
                try await server.release()
            }
        }
    }
}
