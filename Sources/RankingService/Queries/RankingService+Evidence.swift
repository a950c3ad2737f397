import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// The papers of shortlisted enterprises, each measured value beside what was declared (3.2.3).
extension RankingService {
    package func listEvidence(
        _ request: RankingAPI.ListEvidenceRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ListEvidenceResponse {
        try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let actor = Actor(call)
            let list = try store.listConcerning(actor, request.listId).list
            let enterprise = actor.role == .enterprise ? actor.institutionCode : ""
            let keys = try store.evidencedEntries(
                list.id, key: request.entryKey, enterprise: enterprise, PageBounds(request.page))
            let scheme = try store.evaluationScheme(of: list)
            return RankingAPI.ListEvidenceResponse(
                entries: try keys.map { try store.evidence(for: $0, in: list, under: scheme) },
                total: UInt32(
                    try store.evidencedEntryCount(list.id, key: request.entryKey, enterprise: enterprise)))
        }
    }
}

extension RankingStore {
    fileprivate func evidence(
        for key: String, in list: RankingAPI.RankingList, under scheme: EvaluationScheme
    ) throws -> RankingAPI.EntryEvidence {
        let entry = try Fields.found(try entry(key: key, in: list.id), "entry", key)
        let core = try CoreDeclarations(try standard(of: key, in: list), under: scheme)
        let reports: [RankingAPI.ConformityReport] = try papers(list.id, key, .report)
        let supplements: [RankingAPI.Supplement] = try papers(list.id, key, .supplement)
        let commitments: [RankingAPI.QualityCommitment] = try papers(list.id, key, .commitment)
        return RankingAPI.EntryEvidence(
            entryKey: key, enterprise: entry.enterprise,
            reports: reports.map { report in
                .init(report: report, values: core.requirements.map { $0.beside(report) })
            }, supplement: supplements.first, commitment: commitments.first,
            unreportedModels: ReportedModels.missing(of: entry.models, in: Set(reports.map(\.model))))
    }
}

extension CoreRequirement {
    /// What a report measured of the requirement; without a measurement it is not met.
    fileprivate func beside(_ report: RankingAPI.ConformityReport) -> RankingAPI.MeasuredAgainst {
        let measured = report.measured.first { $0.indicator == declaration.indicator }
        let judgement = measured.map {
            SpotCheckJudgement(measured: $0.value, declaration: declaration, direction: direction)
        }
        return RankingAPI.MeasuredAgainst(
            indicator: declaration.indicator, name: name, declared: declaration.signed,
            measured: measured?.value ?? "", unit: declaration.unit,
            meets: judgement == .meets && measured?.unit == declaration.unit)
    }
}
