import Authority
import Contracts
import Ledger

/// What one event does to the list of forerunners it is about.
struct ForerunnerListChange {
    let listID: String
    let apply: (inout RankingAPI.ForerunnerList) -> Void

    private init(_ listID: String, apply: @escaping (inout RankingAPI.ForerunnerList) -> Void) {
        self.listID = listID
        self.apply = apply
    }

    /// Nil for an event that changes no list of forerunners.
    init?(_ event: StoredEvent) throws {
        if let done = try event.decoded(as: RankingAPI.ForerunnersSubmitted.self) {
            self.init(done.forerunnerListId) {
                $0.state = .submitted
                $0.submittedOn = done.submittedOn
            }
        } else if let done = try event.decoded(as: RankingAPI.ForerunnersReviewed.self) {
            self.init(done.forerunnerListId) { $0.state = done.pass ? .reviewed : .returned }
        } else if let done = try event.decoded(as: RankingAPI.ForerunnerNoticeOpened.self) {
            self.init(done.forerunnerListId) {
                $0.state = .underNotice
                $0.notice = done.notice
            }
        } else if let done = try event.decoded(as: RankingAPI.ForerunnersPublished.self), let list = done.list
        {
            self.init(list.id) {
                $0.state = .published
                // A later publication of cleared forerunners keeps the day of the first.
                if $0.publishedOn.isEmpty { $0.publishedOn = list.publishedOn }
                $0.notice?.state = .closed
            }
        } else if let done = try event.decoded(as: RankingAPI.OwnPublicationRecorded.self) {
            self.init(done.subjectId) { $0.ownPublications.append(done.publication ?? .init()) }
        } else {
            return nil
        }
    }
}
