import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Which lists the schemes' cycles ask for, and which are there (3.2.2, 3.2.4).
extension RankingService {
    package func listPeriods(
        _ request: RankingAPI.ListPeriodsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListPeriodsResponse {
        let today = try desk.today(for: call)
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let actor = Actor(call)
            let all = try store.schemes()
            let wanted = all.filter {
                ListView.isInside(actor, agency: $0.agency)
                    && (request.schemeId.isEmpty || $0.schemeId == request.schemeId)
            }
            if !request.schemeId.isEmpty { _ = try Fields.found(wanted.first, "scheme", request.schemeId) }
            let periods = try wanted.flatMap { learnt in
                try store.periods(of: learnt, among: all, on: today)
            }
            return RankingAPI.ListPeriodsResponse(
                periods: request.overdueOnly ? periods.filter { $0.state == .overdue } : periods)
        }
    }
}

extension RankingStore {
    fileprivate func periods(
        of learnt: RankingAPI.SchemeLearnt, among all: [RankingAPI.SchemeLearnt], on day: CivilDate
    ) throws -> [RankingAPI.ScheduledPeriod] {
        let schedule = try RankingSchedule(learnt, among: all)
        let lists = try rankingLists(scheme: learnt.schemeId)
        return schedule.periods(begunBy: day).map { period in
            let message = RankingAPI.Period(period)
            return RankingAPI.ScheduledPeriod(
                learnt, period, lists: lists.filter { $0.period == message }, on: day)
        }
    }
}

extension RankingSchedule {
    /// The schedule of a scheme; a later scheme for the same category ends it.
    init(_ learnt: RankingAPI.SchemeLearnt, among all: [RankingAPI.SchemeLearnt]) throws {
        let message = learnt.scheme ?? .init()
        let scheme = try EvaluationScheme(message)
        let later = all.compactMap(\.scheme).filter {
            $0.scope?.category == message.scope?.category && $0.year > message.year
        }
        self.init(
            cycle: scheme.cycle, schemeYear: scheme.year, publishedOn: CivilDate(learnt.publishedOn),
            succeededIn: later.map { Int($0.year) }.min())
    }
}

extension RankingAPI.Period {
    init(_ period: RankingPeriod) {
        self.init(year: UInt32(period.year), quarter: UInt32(period.quarter))
    }
}

extension RankingAPI.ScheduledPeriod {
    fileprivate init(
        _ learnt: RankingAPI.SchemeLearnt, _ period: RankingPeriod, lists: [RankingAPI.RankingList],
        on day: CivilDate
    ) {
        let due = RankingSchedule.dueDay(of: period)
        self.init(
            schemeId: learnt.schemeId,
            product: learnt.scheme?.scope?.items.map(\.name).joined(separator: "、") ?? "",
            agency: learnt.agency, period: .init(period), beginsOn: period.firstDay.description,
            dueOn: due.description, state: Self.state(lists, due: due, on: day),
            lists: lists.map {
                .init(
                    listId: $0.id, version: $0.version, state: $0.state, submittedOn: $0.submittedOn,
                    publishedOn: $0.publishedOn)
            })
    }

    /// By the submission that came first; one that was sent back counts, because it was handed in.
    private static func state(
        _ lists: [RankingAPI.RankingList], due: CivilDate, on day: CivilDate
    ) -> RankingAPI.PeriodState {
        guard let submittedOn = lists.compactMap({ CivilDate($0.submittedOn) }).min() else {
            return day > due ? .overdue : .open
        }
        return SubmissionArrival(submittedOn: submittedOn, dueOn: due).isLate ? .submittedLate : .submitted
    }
}
