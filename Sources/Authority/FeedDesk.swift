package import Contracts
package import Ledger
package import Wire

/// Lets other services read this service's events as they are recorded: `Feed.Watch`.
package struct FeedDesk: FeedProtocol {
    /// Bounds of one page; see feed.proto.
    private static let eventCountMax = 1000
    private static let eventCountDefault = 256
    private static let byteCountMax = 3 << 20
    /// Looked at the record this often also without being told of news.
    private static let waitMax = Duration.seconds(20)

    private let ledger: Ledger

    package init(ledger: Ledger) {
        self.ledger = ledger
    }

    package func watch(
        _ request: FeedAPI.WatchRequest, _ responses: MessageWriter<FeedAPI.WatchResponse>,
        _ call: CallContext
    ) async throws(RPCStatus) {
        let wanted = request.limit == 0 ? Self.eventCountDefault : Int(request.limit)
        let limit = min(wanted, Self.eventCountMax)
        let ledger = ledger
        try await call.watching { () async throws(RPCStatus) in
            var position = request.afterPosition
            var isFirst = true
            while !Task.isCancelled {
                let page = try await Self.page(of: ledger, after: position, limit: limit)
                if isFirst || !page.events.isEmpty { try await responses.send(page) }
                isFirst = false
                position = page.events.last?.position ?? position
                if page.events.isEmpty { await ledger.waitForNews(after: position, atMost: Self.waitMax) }
            }
        }
    }

    private static func page(
        of ledger: Ledger, after position: Int64, limit: Int
    ) async throws(RPCStatus) -> FeedAPI.WatchResponse {
        do {
            return FeedAPI.WatchResponse(
                events: fitting(try await ledger.events(after: position, limit: limit))
                    .map(FeedAPI.Event.init),
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
