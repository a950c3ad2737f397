package import Regulation

/// The evaluation for millions of standards, column by column: the same result as `PlainEvaluation`,
/// byte for byte.
///
/// 1. Order the rows neutrally, and read them into one column per indicator: number, scale, sign, and the
/// variant that decides (`ColumnLoader`, `StoredColumnLoader`).
/// 2. Put each column on one scale, in keys as narrow as it allows (`AlignedColumn`), and judge it: levels,
/// legal limits, scores (`LevelKernel`, `ScoreKernel`).
/// 3. Stop what the gates stop (`GateColumns`); grade or compose the rest.
/// 4. Order by keys of whole numbers, ties in the neutral order (`StableOrder`).
///
/// The law is not read here but in Regulation/3.2-Rankings.
package enum RankingEngine {
    package static func evaluate(
        scheme: EvaluationScheme, standards: [DeclaredStandard], standing: Standing, cutoff: CivilDate
    ) -> RankingResult {
        CategoryEvaluation(
            scheme: scheme, standards: ReadStandards(standards), standing: standing, cutoff: cutoff
        ).result
    }

    /// The result together with what explains it.
    package static func explainable(
        scheme: EvaluationScheme, standards: [DeclaredStandard], standing: Standing, cutoff: CivilDate
    ) -> CategoryEvaluation {
        CategoryEvaluation(
            scheme: scheme, standards: ReadStandards(standards), standing: standing, cutoff: cutoff,
            explains: true)
    }

    /// Why an entry stands where it stands; worked out when it is asked for.
    package static func explain(
        _ entry: RankedEntry, in result: RankingResult, under scheme: EvaluationScheme
    ) -> [IndicatorResult] {
        IndicatorResult.results(for: result.standard(of: entry), under: scheme)
    }
}
