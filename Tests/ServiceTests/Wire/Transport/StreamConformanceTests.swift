import Testing
import Wire

/// What streams do alike in process, over TCP and over TLS.
@Suite("Every channel's streams", .timeLimit(.minutes(2)))
struct StreamConformanceTests {
    typealias Way = ChannelConformanceTests.Way

    private func with(
        _ way: Way, limits: WireLimits = WireLimits(),
        _ body: (any RPCChannel, WireStage) async throws -> Void
    ) async throws {
        try await way.with(limits: limits, body)
    }

    @Test("many requests and one response", arguments: Way.allCases)
    func clientStreaming(way: Way) async throws {
        try await with(way) { channel, _ in
            let stream = try await channel.streaming("Sum", .clientStreaming)
            for value in [UInt8(3), 4, 0] { try await stream.requests.send([value]) }
            try await stream.requests.send([])
            stream.requests.finish()
            let (messages, failure) = await stream.responses.all()
            #expect(messages == [[7, 4]])
            #expect(failure == nil)
            let empty = try await channel.streaming("Sum", .clientStreaming)
            empty.requests.finish()
            #expect(await empty.responses.all().messages == [[0, 0]])
        }
    }

    @Test("a handler may end a stream of requests early; what is sent later fails", arguments: Way.allCases)
    func earlyEnd(way: Way) async throws {
        try await with(way) { channel, _ in
            let stream = try await channel.streaming("Sum", .clientStreaming)
            try await stream.requests.send([0xff])
            #expect(await stream.responses.all().failure == RPCStatus(code: .outOfRange, message: ""))
            await #expect(throws: RPCStatus.self) { try await stream.requests.send([1]) }
        }
    }

    @Test("one request and many responses, also none, and many more than a window", arguments: Way.allCases)
    func serverStreaming(way: Way) async throws {
        try await with(way) { channel, _ in
            for count in [0, 1, 50_000] {
                let request = [UInt8(count >> 16), UInt8(count >> 8 & 0xff), UInt8(count & 0xff)]
                let stream = try await channel.streaming("Divide", .serverStreaming, request)
                let (messages, failure) = await stream.responses.all()
                #expect(messages.count == count)
                #expect(failure == nil)
                #expect(messages.enumerated().allSatisfy { $1 == [UInt8(truncatingIfNeeded: $0)] })
            }
        }
    }

    @Test("what was sent before a failure arrives before it", arguments: Way.allCases)
    func failureAfterMessages(way: Way) async throws {
        try await with(way) { channel, _ in
            let stream = try await channel.streaming(
                "Divide", .serverStreaming, [3], metadata: ["failing": "yes"])
            let (messages, failure) = await stream.responses.all()
            #expect(messages == [[0], [1], [2]])
            #expect(failure == RPCStatus(code: .dataLoss, message: ""))
        }
    }

    @Test("a talk both ways, each message answered before the next", arguments: Way.allCases)
    func bidirectional(way: Way) async throws {
        try await with(way) { channel, _ in
            let stream = try await channel.streaming("Chat", .bidirectional)
            var responses = stream.responses.makeAsyncIterator()
            for index in 0..<500 {
                let word = [UInt8(index & 0xff), UInt8(index >> 8)]
                try await stream.requests.send(word)
                #expect(try await responses.next() == word)
            }
            stream.requests.finish()
            #expect(try await responses.next() == nil)
        }
    }

    @Test("both sides at full pace, in order, with messages of every size", arguments: Way.allCases)
    func fullPace(way: Way) async throws {
        try await with(way) { channel, _ in
            let stream = try await channel.streaming("Chat", .bidirectional)
            let sizes = (0..<3_000).map { $0 % 700 == 699 ? 1 << 20 : $0 % 977 }
            let writing = Task {
                for (index, size) in sizes.enumerated() {
                    try await stream.requests.send([UInt8](repeating: UInt8(index & 0xff), count: size))
                }
                stream.requests.finish()
            }
            let (messages, failure) = await stream.responses.all()
            try await writing.value
            #expect(failure == nil)
            #expect(messages.map(\.count) == sizes)
            #expect(
                messages.enumerated().allSatisfy { index, message in
                    message.allSatisfy { $0 == UInt8(index & 0xff) }
                })
        }
    }

    @Test("a reader that stops holds its writer, and no other stream", arguments: Way.allCases)
    func slowReader(way: Way) async throws {
        try await with(way) { channel, _ in
            let slow = try await channel.streaming("Chat", .bidirectional)
            let sent = Counter()
            let writing = Task {
                while !Task.isCancelled {
                    try await slow.requests.send([UInt8](repeating: 1, count: 10_000))
                    sent.add()
                }
            }
            // Nobody reads: the writer comes to rest when every buffer on the way is full.
            var seen = -1
            while sent.count != seen {
                seen = sent.count
                let quick = try await channel.streaming("Divide", .serverStreaming, [100])
                #expect(await quick.responses.all().messages.count == 100)
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(seen * 10_000 < 8 << 20)
            writing.cancel()
            _ = await writing.result
        }
    }

    @Test("a stream that nobody holds is cancelled, and its handler is told", arguments: Way.allCases)
    func dropped(way: Way) async throws {
        try await with(way) { channel, stage in
            do {
                let stream = try await channel.streaming("Chat", .bidirectional)
                try await stream.requests.send([1])
                var responses = stream.responses.makeAsyncIterator()
                #expect(try await responses.next() == [1])
            }
            #expect(await stage.next() == [.cancelled("Chat cancelled")])
        }
    }

    @Test("a deadline ends a stream on both sides", arguments: Way.allCases)
    func deadline(way: Way) async throws {
        try await with(way) { channel, stage in
            // Connecting and shaking hands is not to use up the stream's time.
            _ = try await channel.unary(
                service: "test.Echo", method: "Echo", payload: [], options: CallOptions())
            let stream = try await channel.streaming("Chat", .bidirectional, timeout: .milliseconds(500))
            #expect(await stream.responses.all().failure == RPCStatus(code: .deadlineExceeded, message: ""))
            guard case .cancelled? = await stage.next().first else {
                return #expect(Bool(false), "the handler is told")
            }
        }
    }

    @Test("an unknown method is UNIMPLEMENTED", arguments: Way.allCases)
    func unimplemented(way: Way) async throws {
        try await with(way) { channel, _ in
            do {
                let stream = try await channel.streaming("Missing", .bidirectional)
                let failure = await stream.responses.all().failure
                #expect(failure == RPCStatus(code: .unimplemented, message: ""))
            } catch {
                #expect((error as? RPCStatus)?.code == .unimplemented)
            }
        }
    }

    @Test("a hundred streams at once on one connection, each with its own", arguments: Way.allCases)
    func concurrent(way: Way) async throws {
        try await with(way) { channel, _ in
            let rightCount = await withTaskGroup(of: Bool.self) { group in
                for index in 1...100 {
                    group.addTask {
                        let stream = try? await channel.streaming(
                            "Divide", .serverStreaming, [UInt8(index)])
                        return await stream?.responses.all().messages.count == index
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(rightCount == 100)
        }
    }
}
