import Authority
package import Contracts
import GRDB
import Ledger
import Regulation
package import Wire

// Computing a ranking list from a scheme, a snapshot and who is barred (3.2.2).
extension RankingService {
    package func computeRanking(
        _ request: RankingAPI.ComputeRankingRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let standing = await askStanding(call)
        return try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let scheme = try Fields.found(try store.scheme(request.schemeId), "scheme", request.schemeId)
            try RankingDecisions.requireAgency(command.actor, scheme.agency, "scheme \(scheme.schemeId)")
            let snapshot = try Fields.found(
                try store.snapshot(request.snapshotId), "snapshot", request.snapshotId)
            let period = try Self.period(request.period, of: scheme, on: command.today)
            let bars = try standing.bars()
            let calculation = try store.calculate(scheme: scheme, snapshot: snapshot, bars: bars)
            let list = calculation.head(
                id: command.derivedID("LIST"), scheme: scheme, snapshot: snapshot, period: period,
                on: command.today)
            let stream = Stream.rankingList(list.id)
            let event = RankingAPI.RankingComputed(list: list, bars: bars)
            return Decision(
                [EventDraft(stream, event)], seen: [stream: 0],
                bulk: { database in
                    try RankingStore(database: database).insert(
                        calculation.entries, calculation.exclusions, of: list.id)
                }
            ) { events in
                CommonAPI.Receipt(
                    id: list.id, state: ResultState.computed.name, position: events.last?.position ?? 0,
                    momentUtcUs: events.last?.moment ?? 0)
            }
        }
    }

    /// A period that exists, that the scheme's cycle has, and that has begun.
    private static func period(
        _ message: RankingAPI.Period?, of learnt: RankingAPI.SchemeLearnt, on day: CivilDate
    ) throws -> RankingAPI.Period {
        let message = try Fields.present(message, "period")
        guard let period = RankingPeriod(year: Int(message.year), quarter: Int(message.quarter)) else {
            throw RPCStatus(
                code: .invalidArgument,
                message:
                    "period: year \(message.year), quarter \(message.quarter); the programme began in "
                    + "\(RankingPeriod.yearMin), quarters are 1 to 4 and 0 means the whole year")
        }
        let scheme = try EvaluationScheme(learnt.scheme ?? .init())
        let choice = PeriodChoice(
            period: period, cycle: scheme.cycle, schemeYear: scheme.year, computedOn: day)
        _ = try examine(choice, against: [RankingPeriodRule()])
        return message
    }
}

extension RankingStore {
    /// Evaluates the snapshot's standards of the scheme's category.
    package func calculate(
        scheme: RankingAPI.SchemeLearnt, snapshot: RankingAPI.Snapshot, bars: [RankingAPI.BarUsed]
    ) throws -> Calculation {
        try Calculation(scheme: scheme, snapshot: snapshot, bars: bars) { scheme in
            let rows = try RegisterStore(database: database).rows(
                of: .init(snapshot), category: scheme.scope.category)
            return try StoredStandards(rows, under: scheme)
        }
    }

    /// The same evaluation once more, from the record alone.
    func recalculate(_ list: RankingAPI.RankingList) throws -> Calculation {
        let scheme = try Fields.found(try scheme(list.schemeId), "scheme", list.schemeId)
        let snapshot = try Fields.found(try snapshot(list.snapshotId), "snapshot", list.snapshotId)
        return try calculate(scheme: scheme, snapshot: snapshot, bars: try bars(usedBy: list.id))
    }
}
