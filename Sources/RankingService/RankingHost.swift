package import Authority
import Contracts
import Ledger
import Logging
package import Regulation
package import Wire

/// RankingService as a process hosts it: what it answers, and what it follows.
package struct RankingHost: Sendable {
    /// Name under which the cursor in SchemeService's feed is kept.
    package static let schemeSource = "scheme"

    package let service: RankingService
    private let desk: CommandDesk

    /// The desk's ledger is opened with `RankingProjections`; `dataFolder` is its folder.
    package init(
        desk: CommandDesk, standing: any StandingSource, dataFolder: String,
        calendar: WorkingDayCalendar = .official
    ) {
        self.desk = desk
        service = RankingService(
            desk: desk, standing: standing, dataFolder: dataFolder, calendar: calendar)
    }

    /// The RPC service and the feed of its events.
    package var definitions: [ServiceDefinition] {
        [service.definition, FeedDesk(ledger: desk.ledger).definition]
    }

    /// Learns published schemes from SchemeService; run it for as long as the process serves.
    package func schemeFollower(channel: any RPCChannel) -> FeedFollower {
        FeedFollower(
            source: Self.schemeSource, channel: channel, ledger: desk.ledger, time: desk.time,
            edition: desk.edition, logger: desk.logger, consequence: RankingService.schemeConsequence)
    }
}
