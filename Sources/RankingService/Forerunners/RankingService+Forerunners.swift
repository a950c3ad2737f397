import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// From the annual ranking to the published list of forerunners (3.2.3, 3.2.4).
extension RankingService {
    package func recordEvidence(
        _ request: RankingAPI.RecordEvidenceRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await changeRanking(request, call, request.listId) { store, list, command in
            let entries = try store.evidencedEntries(EvidenceDecisions.keys(of: request), of: list)
            let (event, remarks) = try EvidenceDecisions.record(
                request, for: list, entries: entries, by: command.actor, on: command.today)
            return (event, try ResultState(list).name, remarks)
        }
    }

    package func chooseForerunners(
        _ request: RankingAPI.ChooseForerunnersRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let standing = await askStanding(call)
        return try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let list = try Fields.found(
                try store.rankingList(request.listId), "ranking list", request.listId)
            let choice = try store.choice(from: list, barred: try standing.barred())
            let scheme = try EvaluationScheme(choice.scheme)
            let id = command.derivedID("FORERUNNERS")
            let (event, remarks) = try ForerunnerDecisions.choose(
                request, from: choice, id: id, by: command.actor, on: command.today,
                describe: { try store.forerunner(of: $0, in: list, under: scheme) })
            // Two choices from one ranking at once must not both succeed: the ranking's stream is looked at
            // too.
            let (stream, ranking) = (Stream.forerunnerList(id), Stream.rankingList(list.id))
            return Decision(
                [EventDraft(stream, event)],
                seen: [stream: 0, ranking: try store.version(of: ranking)], id: id,
                state: ResultState.computed.name, remarks: remarks)
        }
    }

    package func submitForerunners(
        _ request: RankingAPI.SubmitForerunnersRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await changeForerunners(request, call, request.forerunnerListId) { store, list, command in
            let letter = try Letters.forerunners(list, store, dated: command.today.description)
            let event = try ForerunnerDecisions.submit(
                request, list, consents: try store.consents(list.id),
                later: try store.choiceAfter(list)?.id, letterDigest: Letters.digest(of: letter),
                by: command.actor, on: command.today)
            return (event, "SUBMITTED", [])
        }
    }

    package func reviewForerunners(
        _ request: RankingAPI.ReviewForerunnersRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let standing = await askStanding(call)
        return try await changeForerunners(request, call, request.forerunnerListId) { store, list, _ in
            let ranking = try Fields.found(
                try store.rankingList(list.rankingListId), "ranking list", list.rankingListId)
            let barred = request.pass ? try standing.barred() : []
            let event = try ForerunnerDecisions.review(
                request, list, from: try store.choice(from: ranking, barred: barred), barred: barred)
            return (event, request.pass ? "REVIEWED" : "RETURNED", [])
        }
    }

    package func openForerunnerNotice(
        _ request: RankingAPI.OpenForerunnerNoticeRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let calendar = calendar
        return try await changeForerunners(request, call, request.forerunnerListId) { store, list, command in
            let opened = try ResultNoticeDecisions.open(
                try store.subject(list), workingDays: request.workingDays, departures: request.departures,
                noticeID: command.derivedID("NOTICE"), on: command.today, calendar: calendar)
            let event = RankingAPI.ForerunnerNoticeOpened(
                forerunnerListId: list.id, notice: opened.notice, departures: opened.departures)
            return (event, "UNDER_NOTICE", opened.remarks)
        }
    }

    package func publishForerunners(
        _ request: RankingAPI.PublishForerunnersRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        let calendar = calendar
        let standing = await askStanding(call)
        return try await changeForerunners(request, call, request.forerunnerListId) { store, list, command in
            let event = try ForerunnerDecisions.publish(
                list, subject: try store.subject(list), published: try store.publishedKeys(list.id),
                declining: try store.declining(list.id), barred: try standing.barred(), on: command.today,
                calendar: calendar)
            return (event, "PUBLISHED", [])
        }
    }
}

extension RankingStore {
    func evidencedEntries(
        _ keys: Set<String>, of list: RankingAPI.RankingList
    ) throws -> [String: EvidencedEntry] {
        let scheme = try evaluationScheme(of: list)
        var entries: [String: EvidencedEntry] = [:]
        for key in keys {
            guard let entry = try entry(key: key, in: list.id) else { continue }
            let standard = try standard(of: key, in: list)
            let core = try CoreDeclarations(standard, under: scheme)
            entries[key] = EvidencedEntry(
                enterprise: entry.enterprise?.creditCode ?? "", models: entry.models,
                declaredOn: try Fields.date(standard.declaredOn, "declaredOn"),
                requirements: core.requirements)
        }
        return entries
    }

    /// Keys of the entries of which every model has its report.
    private func reportedEntries(of listID: String) throws -> Set<String> {
        let reported = try reportedModels(listID)
        return Set(
            try reported.filter { key, models in
                let entry = try entry(key: key, in: listID)
                return entry.map { ReportedModels.missing(of: $0.models, in: models).isEmpty } ?? false
            }.keys)
    }

    func evaluationScheme(of list: RankingAPI.RankingList) throws -> EvaluationScheme {
        let learnt = try Fields.found(try scheme(list.schemeId), "scheme", list.schemeId)
        return try EvaluationScheme(learnt.scheme ?? .init())
    }

    /// Everything on record that the choice of forerunners rests on.
    func choice(from list: RankingAPI.RankingList, barred: Set<String>) throws -> ForerunnerChoice {
        let learnt = try Fields.found(try scheme(list.schemeId), "scheme", list.schemeId)
        let consents = try consents(list.id)
        let effect = ObjectionEffect(try objections(to: list.id).map(LodgedObjection.init))
        let reported = try reportedEntries(of: list.id)
        let supplemented = try evidencedKeys(list.id, .supplement)
        let committed = try evidencedKeys(list.id, .commitment)
        let candidates = try entryKeys(of: list.id).compactMap { row -> ForerunnerCandidate? in
            guard let code = try? CreditCode(row.enterprise) else { return nil }
            return ForerunnerCandidate(
                key: row.key, rank: row.rank, enterprise: code, hasReport: reported.contains(row.key),
                hasSupplement: supplemented.contains(row.key), hasCommitment: committed.contains(row.key),
                hasConsent: consents[row.enterprise] == true, isBarred: barred.contains(row.enterprise),
                isHeldBack: effect.heldBack.contains(row.key) || effect.removed.contains(row.key))
        }
        return ForerunnerChoice(
            ranking: list, scheme: learnt.scheme ?? .init(), candidates: candidates,
            isLastOfYear: try isLastOfYear(list),
            earlier: try pendingLists(ranking: list.id))
    }

    /// Lists of forerunners that can still come to be published, so that no other may be chosen beside
    /// them: not those that were returned, withdrawn, declined by an enterprise before the submission (R14),
    /// or followed by another choice.
    private func pendingLists(ranking id: String) throws -> [RankingAPI.ForerunnerList] {
        let lists = try forerunnerLists(ranking: id)
        return try lists.filter { list in
            switch list.state {
            case .returned, .withdrawn: false
            case .computed: try list.id == lists.last?.id && declining(list.id).isEmpty
            case .submitted, .reviewed, .underNotice, .published, .unspecified, .unrecognized: true
            }
        }
    }

    /// The list of forerunners that was chosen from the same ranking after this one.
    fileprivate func choiceAfter(
        _ list: RankingAPI.ForerunnerList
    ) throws -> RankingAPI.ForerunnerList? {
        let lists = try forerunnerLists(ranking: list.rankingListId)
        return lists.last?.id == list.id ? nil : lists.last
    }
}
