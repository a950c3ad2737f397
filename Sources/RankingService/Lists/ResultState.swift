import Authority
package import Contracts
package import Regulation
package import Wire

/// Where a result (a ranking list or a list of forerunners) stands between computing and publication (3.2.4).
package enum ResultState: Sendable, Hashable {
    /// Computed, or chosen. Leaves to: submitted.
    case computed
    /// With the work agency. Leaves to: reviewed, returned.
    case submitted(on: CivilDate)
    /// Sent back to its agency. Leaves to: submitted.
    case returned
    /// The form review passed. Leaves to: underNotice.
    case reviewed
    /// 公示. Leaves to: published; returned or withdrawn when an objection to the whole of it is decided so.
    case underNotice(NoticePeriod)
    /// Final, but for objections to entries that are still open.
    case published(on: CivilDate, after: NoticePeriod)
    /// Final: an objection to the whole of it was upheld.
    case withdrawn

    /// Words for the states, in receipts and refusals.
    package var name: String {
        switch self {
        case .computed: "COMPUTED"
        case .submitted: "SUBMITTED"
        case .returned: "RETURNED"
        case .reviewed: "REVIEWED"
        case .underNotice: "UNDER_NOTICE"
        case .published: "PUBLISHED"
        case .withdrawn: "WITHDRAWN"
        }
    }

    package init(_ list: RankingAPI.RankingList) throws(RPCStatus) {
        try self.init(
            list.state, id: list.id, submittedOn: list.submittedOn, publishedOn: list.publishedOn,
            notice: list.notice)
    }

    package init(_ list: RankingAPI.ForerunnerList) throws(RPCStatus) {
        try self.init(
            list.state, id: list.id, submittedOn: list.submittedOn, publishedOn: list.publishedOn,
            notice: list.notice)
    }

    private init(
        _ state: RankingAPI.ListState, id: String, submittedOn: String, publishedOn: String,
        notice: CommonAPI.Notice?
    ) throws(RPCStatus) {
        switch state {
        case .computed: self = .computed
        case .submitted: self = .submitted(on: try Fields.date(submittedOn, "submittedOn"))
        case .returned: self = .returned
        case .reviewed: self = .reviewed
        case .underNotice:
            self = .underNotice(try NoticePeriod(try Fields.present(notice, "notice")))
        case .published:
            self = .published(
                on: try Fields.date(publishedOn, "publishedOn"),
                after: try NoticePeriod(try Fields.present(notice, "notice")))
        case .withdrawn: self = .withdrawn
        case .unspecified, .unrecognized:
            throw RPCStatus(code: .dataLoss, message: "list \(id) is in no state that this release knows")
        }
    }
}
