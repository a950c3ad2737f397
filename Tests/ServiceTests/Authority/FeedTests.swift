import Authority
import Contracts
import Ledger
import Logging
import Regulation
import Synchronization
import Testing
import Wire

@Suite("Following another authority's feed")
struct FeedTests {
    /// What a follower was handed, in order.
    final class Log: Sendable {
        private let positions = Mutex<[Int64]>([])
        func note(_ position: Int64) { positions.withLock { $0.append(position) } }
        var noted: [Int64] { positions.withLock { $0 } }
    }

    struct Fault: Error {}

    static func authority(_ role: String) throws -> AuthorityHarness {
        try AuthorityHarness(role: role, projector: FeedOnlyProjector(), on: "2025-03-03")
    }

    static func write(_ count: Int, into harness: AuthorityHarness) async throws {
        let first = try await harness.ledger.lastPosition()
        for number in 0..<count {
            _ = try await harness.ledger.append(
                Append(
                    drafts: [EventDraft("s", SchemeAPI.CallOpened(call: .init(id: "\(number)")))],
                    expected: [:], requestID: "r\(first)-\(number)", requester: "test", requestDigest: [],
                    answer: { _ in [] }, moment: 1, actor: "test", ruleEdition: "test"))
        }
    }

    static func follower(
        of source: AuthorityHarness, into sink: AuthorityHarness,
        _ consequence: @escaping @Sendable (FeedAPI.Event) throws -> [EventDraft]
    ) -> FeedFollower {
        FeedFollower(
            source: "source",
            channel: SisterChannel(source.strangersChannel, platformKey: AuthorityHarness.platformKey),
            ledger: sink.ledger, time: sink.clock, logger: Logger(label: "test"),
            consequence: { event, _, _ in try consequence(event) })
    }

    @Test("events without consequence move the cursor once a page, and are not read again")
    func idle() async throws {
        let (source, sink) = (try Self.authority("source"), try Self.authority("sink"))
        try await Self.write(5, into: source)
        let log = Log()
        let follower = Self.follower(of: source, into: sink) { event in
            log.note(event.position)
            return []
        }
        try await follower.followOnce()
        try await follower.followOnce()
        #expect(log.noted == [1, 2, 3, 4, 5])
        #expect(try await sink.ledger.cursor("source") == 5)
        #expect(try await sink.ledger.lastPosition() == 0)
    }

    @Test("a failure in the middle keeps what was done, and goes on there after a restart")
    func failure() async throws {
        let (source, sink) = (try Self.authority("source"), try Self.authority("sink"))
        try await Self.write(4, into: source)
        let draft = EventDraft("t", SchemeAPI.CallOpened())
        let failing = Self.follower(of: source, into: sink) { event in
            if event.position == 3 { throw Fault() }
            return [draft]
        }
        await #expect(throws: Fault.self) { try await failing.followOnce() }
        #expect(try await sink.ledger.cursor("source") == 2)
        try sink.restart()
        let log = Log()
        let healthy = Self.follower(of: source, into: sink) { event in
            log.note(event.position)
            return [draft]
        }
        try await healthy.followOnce()
        try await healthy.followOnce()
        #expect(log.noted == [3, 4])
        #expect(try await sink.ledger.lastPosition() == 4)
        try sink.expectSoundRecord()
    }

    @Test("two followers of one source do not do an event twice")
    func twice() async throws {
        let (source, sink) = (try Self.authority("source"), try Self.authority("sink"))
        try await Self.write(20, into: source)
        let draft = EventDraft("t", SchemeAPI.CallOpened())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                let follower = Self.follower(of: source, into: sink) { _ in [draft] }
                group.addTask { try? await follower.followOnce() }
            }
        }
        try await Self.follower(of: source, into: sink) { _ in [draft] }.followOnce()
        #expect(try await sink.ledger.lastPosition() == 20)
        try sink.expectSoundRecord()
    }

    @Test("a watch sends a page at once, and another as soon as there is news")
    func watch() async throws {
        let source = try Self.authority("source")
        try await Self.write(3, into: source)
        let feed = FeedClient(source.channel(as: Actor(role: .service)))
        var pages = try await feed.watch(.init(afterPosition: 0, limit: 2)).makeAsyncIterator()
        #expect(try await pages.next()?.events.map(\.position) == [1, 2])
        #expect(try await pages.next()?.events.map(\.position) == [3])
        var later = try await feed.watch(.init(afterPosition: 3)).makeAsyncIterator()
        let empty = try await later.next()
        #expect(empty?.events.isEmpty == true)
        #expect(empty?.lastPosition == 3)
        try await Self.write(1, into: source)
        #expect(try await later.next()?.events.map(\.position) == [4])
        #expect(try await pages.next()?.events.map(\.position) == [4])
    }

    @Test("a watch ends with UNAVAILABLE when its server drains, and soon")
    func drained() async throws {
        let source = try Self.authority("source")
        let server = try await RPCServer.bind(
            router: ServiceRouter(services: [FeedDesk(ledger: source.ledger).definition]))
        let channel = ClientChannel(host: "127.0.0.1", port: server.boundPort)
        var pages = try await FeedClient(channel).watch(
            .init(), options: CallOptions(timeout: .seconds(600))
        ).makeAsyncIterator()
        #expect(try await pages.next()?.events.isEmpty == true)
        async let ending: Void = server.shutdown(within: .seconds(600))
        await #expect(throws: RPCStatus(code: .unavailable, message: "")) { try await pages.next() }
        await ending
        await channel.close()
    }
}
