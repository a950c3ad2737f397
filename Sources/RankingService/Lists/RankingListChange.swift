import Authority
import Contracts
import Ledger

/// What one event does to the ranking list it is about.
struct RankingListChange {
    let listID: String
    let apply: (inout RankingAPI.RankingList) -> Void

    private init(_ listID: String, apply: @escaping (inout RankingAPI.RankingList) -> Void) {
        self.listID = listID
        self.apply = apply
    }

    /// Nil for an event that changes no ranking list.
    init?(_ event: StoredEvent) throws {
        if let done = try event.decoded(as: RankingAPI.RankingSubmitted.self) {
            self.init(done.listId) {
                $0.state = .submitted
                $0.submittedOn = done.submittedOn
            }
        } else if let done = try event.decoded(as: RankingAPI.RankingReviewed.self) {
            self.init(done.listId) { $0.state = done.pass ? .reviewed : .returned }
        } else if let done = try event.decoded(as: RankingAPI.RankingNoticeOpened.self) {
            self.init(done.listId) {
                $0.state = .underNotice
                $0.notice = done.notice
            }
        } else if let done = try event.decoded(as: RankingAPI.RankingPublished.self) {
            self.init(done.listId) {
                $0.state = .published
                $0.publishedOn = done.publishedOn
                $0.notice?.state = .closed
            }
        } else if let done = try event.decoded(as: RankingAPI.OwnPublicationRecorded.self) {
            self.init(done.subjectId) { $0.ownPublications.append(done.publication ?? .init()) }
        } else {
            return nil
        }
    }
}
