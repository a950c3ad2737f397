package import Authority
import Credentials
package import Ledger
package import Logging
import Regulation
import Synchronization

/// The signed status lists as they are at this moment: made anew after each cancellation, and on a timer
/// though nothing changed, so that an old list is known to be old.
package final class StatusLists: Sendable {
    static let titleCountMax = StatusList.titleCountMax

    /// A list may be relied on for a day: longer than any repair takes, shorter than somebody could go on
    /// showing that a cancelled title holds.
    static let validSeconds: Int64 = 86_400
    /// Caches ask again after five minutes, which is how late a cancellation may be seen.
    static let timeToLive: Int64 = 300
    /// A list is signed anew when it is this old: half of what a cache adds.
    static let refreshSeconds: Int64 = 150
    /// How often is looked whether it is that old.
    private static let lookInterval = Duration.seconds(5)
    private static let pause = Duration.seconds(1)

    private struct State {
        var lists: [Int: StatusListToken] = [:]
        var endedCount = -1
    }

    private let ledger: Ledger
    private let issuer: TitleIssuer
    private let time: any TimeSource
    private let logger: Logger
    private let state = Mutex(State())

    package init(ledger: Ledger, issuer: TitleIssuer, time: any TimeSource, logger: Logger) {
        self.ledger = ledger
        self.issuer = issuer
        self.time = time
        self.logger = logger
    }

    /// Signs lists until the task is cancelled. A failure is logged once per spell and tried again.
    package func run() async {
        var isFailing = false
        while !Task.isCancelled {
            do {
                let position = try await ledger.lastPosition()
                try await update()
                isFailing = false
                await ledger.waitForNews(after: position, atMost: Self.lookInterval)
            } catch {
                if !isFailing, !Task.isCancelled { logger.error("status lists are not signed: \(error)") }
                isFailing = true
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// The token of a list as it is to be given out; nil when there is no such list.
    func token(_ number: Int) async throws -> StatusListToken? {
        // Whoever asks right after a cancellation, or a leap of the clock, must not get the list before.
        try await update()
        return state.withLock { $0.lists[number] }
    }

    /// Signs those lists that are old, or all when a title was cancelled.
    private func update() async throws {
        let now = TitleIssuer.seconds(try time.now())
        let (known, lists) = state.withLock { ($0.endedCount, $0.lists) }
        let (endedCount, last) = try await ledger.read { database in
            let store = CredentialStore(database: database)
            return (try store.endedCount(), try store.lastList().number)
        }
        for number in 0...last {
            if let list = lists[number], endedCount == known,
                (list.issuedAt...list.issuedAt + Self.refreshSeconds).contains(now)
            {
                continue
            }
            let ended = try await ledger.read { try CredentialStore(database: $0).ended(inList: number) }
            var list = StatusList()
            for index in ended { list.end(index) }
            let token = try StatusListToken.issue(
                list, uri: issuer.statusListURI(number), at: now, validFor: Self.validSeconds,
                timeToLive: Self.timeToLive, by: issuer.statusSigner)
            state.withLock { $0.lists[number] = token }
        }
        state.withLock { $0.endedCount = endedCount }
    }
}
