import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Why a standard has its rank, or was left out (S3.2.2-b: reasons for everything).
extension RankingService {
    /// Explanations of one answer at most, also where more are asked for: each takes a search.
    private static let explanationCountMax = 20
    /// Standards of one enterprise in one snapshot that are looked at.
    private static let enterpriseStandardCountMax = 5000

    package func explain(
        _ request: RankingAPI.ExplainRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ExplainResponse {
        guard request.entryKey.isEmpty != request.creditCode.isEmpty else {
            throw RPCStatus(
                code: .invalidArgument,
                message: "give either entryKey, as GetRankingList and ListExclusions have it, or creditCode")
        }
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let actor = Actor(call)
            let list = try store.visibleList(request.listId, to: actor)
            let desk = try ExplanationDesk(list, for: actor, store)
            let subjects =
                request.entryKey.isEmpty
                ? try desk.subjects(ofEnterprise: request.creditCode, limit: Self.enterpriseStandardCountMax)
                : try desk.subject(key: request.entryKey).map { [$0] } ?? []
            guard !subjects.isEmpty else {
                throw RPCStatus(
                    code: .notFound,
                    message: "the list has no such standard, or does not name it to you")
            }
            let page = PageBounds(request.page)
            let shown = subjects.dropFirst(page.offset).prefix(min(page.limit, Self.explanationCountMax))
            return RankingAPI.ExplainResponse(
                explanations: try shown.map(desk.explanation), total: UInt32(subjects.count))
        }
    }
}

/// Explains standards of one stored list to one caller, who is told no more than the list tells (R13).
private struct ExplanationDesk {
    struct Subject {
        let standard: DeclaredStandard
        let key: String
        let position: Int?
    }

    private let list: RankingAPI.RankingList
    private let store: RankingStore
    private let view: ListView
    private let places: StoredPlaces
    private let explainer: Explainer

    init(_ list: RankingAPI.RankingList, for actor: Actor, _ store: RankingStore) throws {
        self.list = list
        self.store = store
        view = try store.view(of: list, for: actor)
        let learnt = try Fields.found(try store.scheme(list.schemeId), "scheme", list.schemeId)
        let scheme = try EvaluationScheme(learnt.scheme ?? .init())
        places = StoredPlaces(store: store, list: list, scheme: scheme)
        let trial = StandardTrial(
            scheme: scheme, standing: try Standing(try store.bars(usedBy: list.id)),
            cutoff: try Fields.date(list.cutoff, "cutoff"))
        explainer = Explainer(trial: trial, places: places)
    }

    /// Nil for what the list does not have, or does not name to the caller.
    func subject(key: String) throws -> Subject? {
        if let position = try store.position(ofEntry: key, in: list.id) {
            guard try isNamed(key), let standard = try places.standard(key: key) else { return nil }
            return Subject(standard: standard, key: key, position: position)
        }
        return try places.standard(key: key).map { Subject(standard: $0, key: key, position: nil) }
    }

    func subjects(ofEnterprise code: String, limit: Int) throws -> [Subject] {
        let entries = try store.positions(ofEnterprise: code, in: list.id)
        var subjects = try entries.compactMap { entry -> Subject? in
            guard try isNamed(entry.key), let standard = try places.standard(key: entry.key) else {
                return nil
            }
            return Subject(standard: standard, key: entry.key, position: entry.position)
        }
        let ranked = Set(entries.map(\.key))
        let declared = try store.standards(of: list.snapshotId, enterprise: code, limit: limit)
        guard declared.total <= limit else {
            throw RPCStatus(
                code: .resourceExhausted,
                message: "the enterprise has more than \(limit) standards; ask by entryKey")
        }
        let category = places.scheme.scope.category
        let inScope = declared.standards.filter { category.isEmpty || $0.category == category }
        var occurrences: [String: Int] = [:]
        let ordered = RecordedForm.read(inScope, under: places.scheme)
            .sorted { NeutralOrder.compare($0, $1) < 0 }
        for standard in ordered {
            let plain = standard.key
            let occurrence = occurrences[plain, default: 0] + 1
            occurrences[plain] = occurrence
            let key = occurrence == 1 ? plain : "\(plain)#\(occurrence)"
            guard !ranked.contains(key) else { continue }
            subjects.append(Subject(standard: standard, key: key, position: nil))
        }
        return subjects
    }

    func explanation(of subject: Subject) throws -> RankingAPI.Explanation {
        let explained = try explainer.explanation(
            of: subject.standard, key: subject.key, at: subject.position)
        var namesAhead = true
        if case .ranked(let place) = explained.outcome, let ahead = place.ahead {
            namesAhead = try isNamed(ahead.key)
        }
        return ExplanationMessages.message(explained) { [namesAhead] _ in namesAhead }
    }

    /// An entry that the caller may not see has no key in what is shown.
    private func isNamed(_ key: String) throws -> Bool {
        guard let entry = try store.entry(key: key, in: list.id) else { return false }
        return !view.entry(entry).key.isEmpty
    }
}
