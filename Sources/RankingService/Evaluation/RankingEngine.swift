package import Regulation

/// The evaluation for millions of standards, column by column: the same result as `PlainEvaluation`,
/// byte for byte.
///
/// 1. Order the rows neutrally, and read them into one column per indicator: number, scale, sign, and the
/// variant that decides (`ColumnLoader`).
/// 2. Put each column on one scale, in keys as narrow as it allows (`AlignedColumn`), and judge it: levels,
/// legal limits, scores (`LevelKernel`, `ScoreKernel`).
/// 3. Stop what the gates stop (`GateColumns`); grade or compose the rest.
/// 4. Order by keys of whole numbers, ties in the neutral order (`StableOrder`).
///
/// The law is not read here but in Regulation/3.2-Rankings.
package enum RankingEngine {
    /// Fewer rows than this are not worth a second thread.
    private static let coreRowCount = 2_000

    package static func evaluate(
        scheme: EvaluationScheme, standards: [DeclaredStandard], standing: Standing, cutoff: CivilDate
    ) -> RankingResult {
        let plans = scheme.indicators.map(IndicatorPlan.init)
        let cores = standards.count < coreRowCount ? 1 : 2
        let order = NeutralRows(standards)
        let raws = Cores.map(standards.count, onCores: cores) { places in
            ColumnLoader.load(places.map { standards[order.rows[$0]] }, plans)
        }
        let columns = plans.indices.map { index in
            IndicatorColumn(RawColumn(joining: raws.map { $0[index] }), plans[index])
        }
        let isStopped = order.rows.map {
            GateColumns.isStopped(standards[$0], scheme, standing, cutoff)
        }
        let evaluation = ColumnEvaluation(
            scheme.method, plans, columns, isStopped: isStopped, onCores: cores)
        return result(
            evaluation, standards, order, GateReasons(scheme, standing, cutoff, plans, columns))
    }

    private static func result(
        _ evaluation: ColumnEvaluation, _ standards: [DeclaredStandard], _ order: NeutralRows,
        _ reasons: GateReasons
    ) -> RankingResult {
        let entries = zip(evaluation.rows, evaluation.ranks).map { place, rank in
            let (place, row) = (Int(place), order.rows[Int(place)])
            return RankedEntry(
                row: row, rank: Int(rank), grade: evaluation.table.grade(place),
                composite: evaluation.table.composite(place),
                advancedCoreCount: evaluation.table.advancedCoreCount(place),
                levels: evaluation.levels.map { Level(rawValue: Int($0[place])) ?? .missing },
                occurrence: Int(order.occurrences[row]))
        }
        let exclusions = order.rows.indices.filter { evaluation.isStopped[$0] }.map { place in
            let row = order.rows[place]
            return ExcludedStandard(
                row: row, reasons: reasons.reasons(standards[row], row: place),
                occurrence: Int(order.occurrences[row]))
        }
        return RankingResult(standards: standards, entries: entries, exclusions: exclusions)
    }

    /// Why an entry stands where it stands; worked out when it is asked for.
    package static func explain(
        _ entry: RankedEntry, in result: RankingResult, under scheme: EvaluationScheme
    ) -> [IndicatorResult] {
        IndicatorResult.results(for: result.standard(of: entry), under: scheme)
    }
}
