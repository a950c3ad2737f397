package import Contracts
package import Ledger
package import Logging
package import Regulation
package import Wire

/// Follows another service's feed from the cursor kept in this service's own record.
///
/// For each event the handler says which events of ours follow from it; they and the new cursor are one
/// transaction, so each event takes effect exactly once however often either side is killed. Events that mean
/// nothing to us only move the cursor, together with the next one that does, or when a page ends.
package struct FeedFollower: Sendable {
    /// What follows from one foreign event, decided on our projections.
    package typealias Consequence = @Sendable (FeedAPI.Event, Ledger, Instant) async throws -> [EventDraft]

    /// Pause after a failure; the other service may be down, and that is allowed.
    private static let pause = Duration.milliseconds(500)
    /// A watch is opened again after this long, so that one that hangs is not followed for ever.
    private static let watchTime = Duration.seconds(600)
    /// For a page that is wanted at once.
    private static let pageTime = Duration.seconds(10)

    private let source: String
    private let feed: FeedClient
    private let ledger: Ledger
    private let time: any TimeSource
    private let edition: RuleEdition
    private let logger: Logger
    private let consequence: Consequence

    package init(
        source: String, channel: any RPCChannel, ledger: Ledger, time: any TimeSource,
        edition: RuleEdition = .trial2018, logger: Logger, consequence: @escaping Consequence
    ) {
        self.source = source
        feed = FeedClient(channel)
        self.ledger = ledger
        self.time = time
        self.edition = edition
        self.logger = logger
        self.consequence = consequence
    }

    /// Runs until the task is cancelled. A failure is logged once per spell and tried again.
    package func run() async {
        var isFailing = false
        while !Task.isCancelled {
            do {
                for try await page in try await watch(within: Self.watchTime) {
                    try await follow(page)
                    isFailing = false
                }
            } catch {
                if error as? RPCStatus == Self.watchOver { continue }
                if !isFailing, !Task.isCancelled {
                    logger.notice("feed of \(source) is not available: \(error)")
                }
                isFailing = true
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private static let watchOver = RPCStatus(code: .deadlineExceeded, message: "")

    /// Reads one page and records what follows from it.
    package func followOnce() async throws {
        for try await page in try await watch(within: Self.pageTime) {
            return try await follow(page)
        }
    }

    private func watch(
        within time: Duration
    ) async throws -> MessageStream<FeedAPI.WatchResponse> {
        try await feed.watch(
            FeedAPI.WatchRequest(afterPosition: try await ledger.cursor(source)),
            options: CallOptions(timeout: time))
    }

    private func follow(_ page: FeedAPI.WatchResponse) async throws {
        guard let last = page.events.last else { return }
        var recorded = try await ledger.cursor(source)
        for event in page.events where event.position > recorded {
            let drafts = try await consequence(event, ledger, try time.now())
            if drafts.isEmpty { continue }
            try await record(drafts, upTo: event.position)
            recorded = event.position
        }
        if recorded < last.position { try await record([], upTo: last.position) }
    }

    private func record(_ drafts: [EventDraft], upTo position: Int64) async throws {
        let outcome = try await ledger.append(
            Append(
                drafts: drafts, expected: [:], requestID: "feed/\(source)/\(position)", requester: "feed",
                requestDigest: [], answer: { _ in [] }, moment: try time.now().utcMicroseconds,
                actor: "feed/\(source)", ruleEdition: edition.name, bulk: nil,
                cursor: (source: source, position: position)))
        switch outcome {
        case .appended, .repeated: return
        case .conflict, .requestReused:
            throw RPCStatus(code: .aborted, message: "feed \(source) at \(position) could not be recorded")
        }
    }
}
