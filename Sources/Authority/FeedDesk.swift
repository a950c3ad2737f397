package import Contracts
package import Ledger
package import Wire

/// Lets other services read this service's events: the long poll of `Feed.Watch`.
package struct FeedDesk: FeedProtocol {
    /// Bounds of one answer; see feed.proto.
    private static let eventCountMax = 1000
    private static let eventCountDefault = 256
    private static let byteCountMax = 3 << 20
    private static let waitMillisecondsMax: UInt32 = 20_000

    private let ledger: Ledger

    package init(ledger: Ledger) {
        self.ledger = ledger
    }

    package func watch(
        _ request: FeedAPI.WatchRequest, _ call: CallContext
    ) async throws(RPCStatus) -> FeedAPI.WatchResponse {
        let wanted = request.limit == 0 ? Self.eventCountDefault : Int(request.limit)
        let limit = min(wanted, Self.eventCountMax)
        do {
            var events = try await ledger.events(after: request.afterPosition, limit: limit)
            if events.isEmpty, request.waitMs > 0 {
                let wait = Duration.milliseconds(Int64(min(request.waitMs, Self.waitMillisecondsMax)))
                await ledger.waitForNews(after: request.afterPosition, atMost: wait)
                events = try await ledger.events(after: request.afterPosition, limit: limit)
            }
            return FeedAPI.WatchResponse(
                events: Self.fitting(events).map(FeedAPI.Event.init),
                lastPosition: try await ledger.lastPosition())
        } catch {
            throw RPCStatus(code: .unavailable, message: "the record could not be read; try again later")
        }
    }

    /// As many events as fit a frame; at least one.
    private static func fitting(_ events: [StoredEvent]) -> [StoredEvent] {
        var byteCount = 0
        var fitting: [StoredEvent] = []
        for event in events {
            byteCount += event.payload.count + 256
            if byteCount > byteCountMax, !fitting.isEmpty { break }
            fitting.append(event)
        }
        return fitting
    }
}

extension FeedAPI.Event {
    fileprivate init(_ event: StoredEvent) {
        self.init(
            position: event.position, stream: event.stream, version: event.version, type: event.type,
            momentUtcUs: event.moment, ruleEdition: event.ruleEdition, payload: event.payload,
            chain: event.chain)
    }
}
