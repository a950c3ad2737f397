import Ledger
import Testing

@Suite("Waiting for news")
struct NewsTests {
    @Test("one who waits is woken by the next commit, long before the bound")
    func woken() async throws {
        let ledger = try TemporaryStore().open()
        async let waiting: Void = ledger.waitForNews(after: 0, atMost: .seconds(600))
        _ = try await ledger.append(.word("one"))
        await waiting
        #expect(try await ledger.lastPosition() == 1)
    }

    @Test("news that is there already is not waited for")
    func already() async throws {
        let ledger = try TemporaryStore().open()
        _ = try await ledger.append(.word("one"))
        await ledger.waitForNews(after: 0, atMost: .seconds(600))
    }

    @Test("without news the bound ends the waiting")
    func bound() async throws {
        let ledger = try TemporaryStore().open()
        await ledger.waitForNews(after: 0, atMost: .milliseconds(20))
        #expect(try await ledger.lastPosition() == 0)
    }

    @Test("cancelling and closing end the waiting")
    func cancelled() async throws {
        let ledger = try TemporaryStore().open()
        let waiting = Task { await ledger.waitForNews(after: 0, atMost: .seconds(600)) }
        waiting.cancel()
        await waiting.value
        let other = Task { await ledger.waitForNews(after: 0, atMost: .seconds(600)) }
        ledger.close()
        await other.value
    }
}
