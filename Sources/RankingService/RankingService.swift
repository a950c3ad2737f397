package import Authority
import Contracts
import GRDB
import Ledger
import Logging
package import Regulation
import Wire

/// The authority over snapshots of declared standards, ranking lists and lists of forerunners (3.2.1 to
/// 3.2.5).
///
/// Handlers translate, decide on a snapshot of the projections, append through the desk and answer.
package struct RankingService: RankingServiceProtocol {
    let desk: CommandDesk
    let standing: any StandingSource
    let staging: ImportStaging
    let runner = ImportRunner()
    let calendar: WorkingDayCalendar
    /// By list and the earlier snapshot: enough for the lists of some years.
    let statistics = AnswerCache<RankingAPI.ListStatistics>(countMax: 256)
    /// By list and the version of its stream.
    let letters = AnswerCache<LetterSum>(countMax: 256)
    /// By both lists with their versions and what the caller sees of them; sixteen bytes a change.
    let differences = AnswerCache<DiffIndex>(countMax: 32)

    /// `dataFolder` is the folder of the store; files that are being sent are kept in `imports/` below it.
    package init(
        desk: CommandDesk, standing: any StandingSource, dataFolder: String,
        calendar: WorkingDayCalendar = .official
    ) {
        var desk = desk
        // Nearly all its decisions go through lists of thousands of enterprises.
        desk.place = .apart
        self.desk = desk
        self.standing = standing
        staging = ImportStaging(folder: dataFolder + "/imports")
        self.calendar = calendar
    }

    /// What follows here from an event of SchemeService: a published scheme is learnt, once.
    package static let schemeConsequence: FeedFollower.Consequence = { event, ledger, _ in
        guard event.type == SchemeAPI.SchemePublished.fullName,
            let published = try SchemeAPI.SchemePublished(serialized: event.payload).scheme
        else { return [] }
        let isKnown = try await ledger.read { database in
            try RankingStore(database: database).scheme(published.id) != nil
        }
        guard !isKnown else { return [] }
        let learnt = RankingAPI.SchemeLearnt(
            schemeId: published.id, agency: published.agency, scheme: published.scheme,
            digest: published.digest, sourcePosition: event.position, publishedOn: published.publishedOn,
            keyFieldName: published.keyFieldName)
        return [EventDraft(Stream.scheme(published.id), learnt)]
    }

    /// Asks who is barred today. A failure surfaces only where the decision needs the answer, so that a
    /// command sent again gets its first answer also while ComplianceService is away.
    func askStanding(_ call: CallContext) async -> StandingAnswer {
        do throws(RPCStatus) {
            let today = try desk.today(for: call)
            return StandingAnswer(.success(try await standing.bars(on: today, call: call)))
        } catch {
            return StandingAnswer(.failure(error))
        }
    }
}

extension RankingService {
    /// A command on one ranking list: loads it, decides, appends one event to its stream.
    func changeRanking<Request: WireMessage>(
        _ request: Request, _ call: CallContext, _ listID: String,
        _ decide:
            @escaping @Sendable (RankingStore, RankingAPI.RankingList, CommandContext) throws -> (
                event: any WireMessage, state: String, remarks: [Finding]
            )
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let list = try Fields.found(try store.rankingList(listID), "ranking list", listID)
            let decided = try decide(store, list, command)
            let stream = Stream.rankingList(listID)
            return Decision(
                [EventDraft(stream, decided.event)], seen: [stream: try store.version(of: stream)],
                id: listID, state: decided.state, remarks: decided.remarks)
        }
    }

    /// A command on one list of forerunners.
    func changeForerunners<Request: WireMessage>(
        _ request: Request, _ call: CallContext, _ listID: String,
        _ decide:
            @escaping @Sendable (RankingStore, RankingAPI.ForerunnerList, CommandContext) throws -> (
                event: any WireMessage, state: String, remarks: [Finding]
            )
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let list = try Fields.found(try store.forerunnerList(listID), "list of forerunners", listID)
            let decided = try decide(store, list, command)
            let stream = Stream.forerunnerList(listID)
            return Decision(
                [EventDraft(stream, decided.event)], seen: [stream: try store.version(of: stream)],
                id: listID, state: decided.state, remarks: decided.remarks)
        }
    }
}
