import Authority
package import Contracts
import Regulation
import Wire

/// One evaluation, as the record states and stores it.
package struct Calculation: Sendable {
    package let entries: [RankingAPI.Entry]
    package let exclusions: [RankingAPI.Exclusion]
    package let digests: RankingAPI.ResultDigests
    private let indicators: [RankingAPI.IndicatorHead]
    private let hasSyntheticCodes: Bool

    /// `standards` gives the snapshot's of the scheme's category, as the scheme reads them. The result
    /// depends on nothing else than what is given.
    init(
        scheme learnt: RankingAPI.SchemeLearnt, snapshot: RankingAPI.Snapshot, bars: [RankingAPI.BarUsed],
        standards read: (EvaluationScheme) throws -> some RankedStandards
    ) throws {
        let scheme = try EvaluationScheme(learnt.scheme ?? .init())
        let standing = try Standing(bars)
        let cutoff = try Fields.date(snapshot.cutoff, "snapshot.cutoff")
        let evaluation = CategoryEvaluation(
            scheme: scheme, standards: try read(scheme), standing: standing, cutoff: cutoff, explains: true)
        let result = evaluation.result
        let explanation = ResultMessages(evaluation)
        entries = explanation.entries
        exclusions = explanation.exclusions
        let inputs = InputDigests(
            scheme: learnt.digest, snapshot: snapshot.summary?.snapshotDigest ?? [],
            standing: EvaluationDigest.standing(standing))
        digests = RankingAPI.ResultDigests(
            scheme: inputs.scheme, snapshot: inputs.snapshot, standing: inputs.standing,
            result: EvaluationDigest.result(result, scheme: scheme, cutoff: cutoff, inputs: inputs))
        indicators = scheme.indicators.map { indicator in
            RankingAPI.IndicatorHead(
                code: indicator.code, name: indicator.name, unit: indicator.variants.first?.unit ?? "")
        }
        hasSyntheticCodes = result.standards.contains(where: \.codeIsSynthetic)
    }

    /// The head of the list that this evaluation makes.
    func head(
        id: String, scheme learnt: RankingAPI.SchemeLearnt, snapshot: RankingAPI.Snapshot,
        period: RankingAPI.Period, on day: CivilDate
    ) -> RankingAPI.RankingList {
        let scheme = learnt.scheme ?? .init()
        let model = scheme.method?.model ?? .unspecified
        return RankingAPI.RankingList(
            id: id, schemeId: learnt.schemeId, snapshotId: snapshot.id, period: period,
            product: scheme.scope?.items.map(\.name).joined(separator: "、") ?? scheme.title,
            keyField: scheme.keyField, agency: learnt.agency, state: .computed, digests: digests,
            entryCount: UInt32(entries.count), exclusionCount: UInt32(exclusions.count),
            enterpriseCount: UInt32(Set(entries.map { $0.enterprise?.creditCode ?? "" }).count),
            computedOn: day.description,
            model: model == .unspecified ? EvaluationAPI.Model.graded.name : model.name,
            syntheticCodes: hasSyntheticCodes, cutoff: snapshot.cutoff, indicators: indicators,
            dueOn: RankingPeriod(year: Int(period.year), quarter: Int(period.quarter))
                .map { RankingSchedule.dueDay(of: $0).description } ?? "")
    }
}

extension Standing {
    /// Who was barred, as the record states it.
    init(_ bars: [RankingAPI.BarUsed]) throws {
        self.init()
        for bar in bars {
            let code = try Fields.creditCode(bar.creditCode, "bars.creditCode")
            if bar.blacklisted { blacklisted.insert(code) }
            if !bar.lastDay.isEmpty { self.bars[code] = try Fields.date(bar.lastDay, "bars.lastDay") }
        }
    }
}
