import Testing
import Wire

@Suite("Health board", .timeLimit(.minutes(1)))
struct HealthBoardTests {
    @Test("knows the process as a whole and the services given, and no others")
    func known() {
        let board = HealthBoard(services: ["a.A"])
        #expect(board.status(of: "") == .serving)
        #expect(board.status(of: "a.A") == .serving)
        #expect(board.status(of: "b.B") == nil)
        board.set(.notServing, of: "a.A")
        #expect(board.status(of: "a.A") == .notServing)
        #expect(board.status(of: "") == .serving)
    }

    @Test("a watcher hears the status now and then each change, and nothing when nothing changed")
    func changes() async throws {
        let board = HealthBoard(services: ["a.A"])
        var changes = try board.changes(of: "a.A").makeAsyncIterator()
        #expect(await changes.next() == .serving)
        board.set(.serving, of: "a.A")
        board.set(.notServing, of: "")
        board.set(.notServing, of: "a.A")
        #expect(await changes.next() == .notServing)
        board.setAll(.serving)
        #expect(await changes.next() == .serving)
    }

    @Test("a slow watcher hears the newest only")
    func newest() async throws {
        let board = HealthBoard(services: ["a.A"], status: .unknown)
        var changes = try board.changes(of: "a.A").makeAsyncIterator()
        for _ in 0..<100 {
            board.set(.notServing, of: "a.A")
            board.set(.serving, of: "a.A")
        }
        #expect(await changes.next() == .serving)
        board.set(.notServing, of: "a.A")
        #expect(await changes.next() == .notServing)
    }

    @Test("draining is NOT_SERVING for all and for good")
    func draining() async throws {
        let board = HealthBoard(services: ["a.A", "b.B"])
        var changes = try board.changes(of: "a.A").makeAsyncIterator()
        _ = await changes.next()
        board.drain()
        for service in ["", "a.A", "b.B"] { #expect(board.status(of: service) == .notServing) }
        board.setAll(.serving)
        #expect(board.status(of: "a.A") == .notServing)
        #expect(await changes.next() == .notServing)
        board.drain()
        let late = try board.changes(of: "b.B")
        for await status in late {
            #expect(status == .notServing)
            break
        }
    }

    @Test("an unknown service is watched as SERVICE_UNKNOWN until it is there")
    func unknown() async throws {
        let board = HealthBoard(services: [])
        var changes = try board.changes(of: "late.A").makeAsyncIterator()
        #expect(await changes.next() == .serviceUnknown)
        board.set(.serving, of: "late.A")
        #expect(await changes.next() == .serving)
    }

    @Test("a table reports only what its readers see change")
    func table() {
        var table = HealthTable(services: ["a.A"])
        #expect(table.set(.serving, of: "a.A") == [])
        #expect(table.setAll(.notServing) == ["", "a.A"])
        #expect(table.set(.serving, of: "") == [""])
        #expect(table.drain() == [""])
        #expect(table.drain() == [])
        #expect(table.setAll(.serving) == [])
        #expect(table.set(.serving, of: "b.B") == ["b.B"], "it was unknown")
    }

    @Test("who stops watching is forgotten, and too many are refused")
    func bounded() async throws {
        var limits = WireLimits()
        limits.healthWatcherCountMax = 2
        let board = HealthBoard(services: [], limits: limits)
        for _ in 0..<5 {
            let watching = Task { for await _ in try board.changes(of: "") {} }
            await eventually { board.watcherCount == 1 }
            watching.cancel()
            _ = await watching.result
            await eventually { board.watcherCount == 0 }
        }
        let kept = [try board.changes(of: ""), try board.changes(of: "")]
        #expect(throws: RPCStatus(code: .resourceExhausted, message: "")) { try board.changes(of: "") }
        _ = kept
    }

    @Test("the end of the board ends its watchers")
    func ends() async throws {
        var board: HealthBoard? = HealthBoard(services: [])
        let changes = try #require(try board?.changes(of: ""))
        board = nil
        var count = 0
        for await _ in changes { count += 1 }
        #expect(count == 1)
    }
}
