import Testing
import Wire

extension GoTests {
    @Suite("The Go client calls us")
    struct GoClientTests {
        private func with(
            limits: WireLimits = WireLimits(),
            _ body: (RPCServer, WireStage, GoClient) async throws -> Void
        ) async throws {
            let stage = WireStage()
            let server = try await RPCServer.bind(
                router: InteropRouter(stage: stage.router), limits: limits)
            let client = try await GoClient(port: server.boundPort)
            try await body(server, stage, client)
            stage.release()
            try await client.hangUp()
            await server.shutdown(within: .seconds(60))
            #expect(server.connectionCount == 0)
        }

        static let messages = [
            Envelope.Request(),
            Envelope.Request(service: "领跑者", payload: [0, 1, 255], timeoutNano: .min),
            Envelope.Request(
                method: "m", timeoutNano: .max,
                metadata: [Envelope.KeyValue(key: "k", value: ""), Envelope.KeyValue()]),
        ]

        @Test("a payload comes back as it was, empty or not", arguments: messages, ["Echo", "Hop"])
        func echo(message: Envelope.Request, method: String) async throws {
            try await with { _, _, client in
                let answer = try await client.call(method, message)
                #expect(answer.request == message)
                #expect(try await client.call(method, message).request == message, "and again")
            }
        }

        @Test("a handler sees all values of a metadata key in their order, and the key in lower case")
        func metadata() async throws {
            try await with { _, _, client in
                let answer = try await client.call("Seen", metadata: ["Trace-ID": ["1", "二", "1", ""]])
                let pairs = ["1", "二", "1", ""].map { Envelope.KeyValue(key: "trace-id", value: $0) }
                #expect(answer.request?.metadata == pairs)
                #expect(answer.request?.service == "test.Echo")
                #expect(answer.request?.method == "Seen")
                #expect(try await client.call("Seen").request?.metadata == [])
            }
        }

        @Test("a handler sees the time the client has left, or the server's longest when it says none")
        func timeout() async throws {
            try await with { _, _, client in
                let given = try await client.call("Seen", timeout: .seconds(20)).request?.timeoutNano ?? 0
                #expect(given > 0 && given <= 20_000_000_000)
                let none = try await client.call("Seen").request?.timeoutNano ?? 0
                #expect(none > 20_000_000_000 && none <= WireLimits().callTimeMax.nanosecondsClamped)
            }
        }

        @Test("a passed deadline ends the call there and the handler here")
        func deadline() async throws {
            try await with { _, stage, client in
                let answer = try await client.call("Sleep", timeout: .milliseconds(500))
                // Either its own clock or our answer comes first.
                #expect(answer.error == "context deadline exceeded" || answer.code == 4)
                #expect(await stage.next(2) == [.started("Sleep"), .cancelled("Sleep")])
                #expect(try await client.call("Echo").request == Envelope.Request())
            }
        }

        @Test("the server's longest time answers a client that gave none")
        func longestTime() async throws {
            var limits = WireLimits()
            limits.callTimeMax = .milliseconds(100)
            try await with(limits: limits) { _, _, client in
                let answer = try await client.call("Sleep")
                #expect(answer.code == 4)
                #expect(answer.statusMessage == "context deadline exceeded")
            }
        }

        @Test("a status arrives with its words and details")
        func status() async throws {
            try await with { _, _, client in
                let message = Envelope.Request(payload: [7])
                let status = try await client.call("Fail", message).status
                #expect(status?.code == .failedPrecondition)
                #expect(status?.message == "领跑者")
                #expect(status?.details == [StatusDetail(typeURL: "x/a.B", value: message.serialized())])
            }
        }

        @Test("what does not exist is UNIMPLEMENTED in the words of a Go server")
        func unimplemented() async throws {
            try await with { _, _, client in
                let service = try await client.call("Echo", service: "test.Missing").status
                #expect(service?.code == .unimplemented)
                #expect(service?.message == "service test.Missing")
                let method = try await client.call("Missing").status
                #expect(method?.code == .unimplemented)
                #expect(method?.message == "method Missing")
            }
        }

        @Test("a request of exactly 4 MiB is served, one byte more is refused, and the connection goes on")
        func largestRequest() async throws {
            try await with { _, _, client in
                let largest = Self.message(fillingRequestOf: WireLimits.frameByteCountMax)
                let seen = try await client.call("Seen", largest)
                // The answer would be larger still: it is our refusal that comes back.
                #expect(seen.status?.code == .resourceExhausted)
                #expect(try await client.call("Echo", largest).request == largest)
                let larger = Self.message(fillingRequestOf: WireLimits.frameByteCountMax + 1)
                let refused = try await client.call("Echo", larger).status
                #expect(refused?.code == .resourceExhausted)
                #expect(
                    refused?.message == "message length 4194305 exceed maximum message size of 4194304")
                #expect(try await client.call("Echo", Self.messages[1]).request == Self.messages[1])
            }
        }

        /// A message whose Request envelope for a method of four letters has so many bytes.
        private static func message(fillingRequestOf byteCount: Int) -> Envelope.Request {
            func size(_ message: Envelope.Request) -> Int {
                RequestEnvelope(service: "test.Echo", method: "Echo", payload: message.serialized()).byteCount
            }
            let around = size(Envelope.Request(payload: [UInt8](repeating: 1, count: 3 << 20))) - (3 << 20)
            let message = Envelope.Request(payload: [UInt8](repeating: 1, count: byteCount - around))
            #expect(size(message) == byteCount)
            return message
        }

        @Test("an announcement of more than the discard budget is answered, then the connection ends")
        func beyondBudget() async throws {
            var limits = WireLimits()
            // The client reads when it has sent everything, however long that takes it.
            limits.lingerTime = .seconds(60)
            try await with(limits: limits) { server, _, client in
                let message = Envelope.Request(payload: [UInt8](repeating: 1, count: 17 << 20))
                let answer = try await client.call("Echo", message)
                #expect(answer.status?.code == .resourceExhausted)
                #expect(try await client.call("Echo").error == "ttrpc: closed")
                let second = try await GoClient(port: server.boundPort)
                #expect(try await second.call("Echo").request == Envelope.Request())
                try await second.hangUp()
            }
        }

        @Test("an answer that no frame holds becomes RESOURCE_EXHAUSTED, and the connection goes on")
        func oversizedAnswer() async throws {
            try await with { _, _, client in
                let status = try await client.call("Large").status
                #expect(status?.code == .resourceExhausted)
                #expect(try await client.call("Echo", Self.messages[1]).request == Self.messages[1])
            }
        }

        @Test("a thousand calls at once each get their own answer", arguments: ["Echo", "Hop"])
        func concurrent(method: String) async throws {
            var limits = WireLimits()
            limits.handlerCountMax = 1_000
            try await with(limits: limits) { _, _, client in
                let rightCount = try await client.calls(method, count: 1_000)
                #expect(rightCount == 1_000)
            }
        }

        @Test("calls beyond the limit of running handlers are refused, the running ones answered")
        func handlerLimit() async throws {
            var limits = WireLimits()
            limits.handlerCountMax = 3
            try await with(limits: limits) { _, stage, client in
                async let heldCount = client.calls("Hold", count: 3)
                #expect(await stage.next(3).count == 3)
                #expect(try await client.calls("Echo", count: 50) == 0)
                #expect(try await client.call("Echo").status?.code == .resourceExhausted)
                stage.release()
                let answeredCount = try await heldCount
                #expect(answeredCount == 3)
                #expect(try await client.calls("Echo", count: 50) == 50)
            }
        }

        @Test("more metadata than is accepted is refused, and the connection goes on")
        func tooMuchMetadata() async throws {
            try await with { _, _, client in
                let most = [String](repeating: "v", count: WireLimits().metadataCountMax)
                let seen = try await client.call("Seen", metadata: ["k": most]).request
                #expect(seen?.metadata.count == most.count)
                let refused = try await client.call("Seen", metadata: ["k": most + ["v"]]).status
                #expect(refused?.code == .resourceExhausted)
                #expect(try await client.call("Echo").request == Envelope.Request())
            }
        }

        @Test("a server that shuts down answers running calls, refuses new ones and then closes")
        func drain() async throws {
            try await with { server, stage, client in
                async let rightCount = client.calls("Hold", count: 20)
                #expect(await stage.next(20).count == 20)
                async let ending: Void = server.shutdown(within: .seconds(240))
                var answer = try await client.call("Echo")
                while answer.request != nil { answer = try await client.call("Echo") }
                #expect(answer.status?.code == .unavailable)
                await #expect(throws: PeerError.self) { try await GoClient(port: server.boundPort) }
                stage.release()
                #expect(try await rightCount == 20)
                await ending
                #expect(try await client.call("Echo").error == "ttrpc: closed")
            }
        }

        @Test("a client that hangs up in mid-call cancels its handlers")
        func hangUp() async throws {
            try await with { _, stage, client in
                async let sleeping = client.call("Sleep")
                #expect(await stage.next() == [.started("Sleep")])
                try await client.hangUp()
                #expect(await stage.next() == [.cancelled("Sleep")])
                #expect(try await sleeping.error == "ttrpc: closed")
            }
        }
    }
}
