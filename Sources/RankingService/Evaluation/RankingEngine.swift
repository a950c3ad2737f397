package import Regulation

/// The evaluation for millions of standards, column by column: the same result as `PlainEvaluation`,
/// byte for byte.
///
/// 1. Read the rows into one column per indicator: number, scale, sign, and the variant that decides
/// (`ColumnLoader`).
/// 2. Put each column on one scale and judge it: levels, legal limits, scores (`JudgedColumn`).
/// 3. Stop what the gates stop (`GateColumns`); grade or compose the rest.
/// 4. Order by keys of whole numbers, ties in the neutral order.
///
/// The law is not read here but in Regulation/3.2-Rankings.
package enum RankingEngine {
    package static func evaluate(
        scheme: EvaluationScheme, standards: [DeclaredStandard], standing: Standing, cutoff: CivilDate
    ) -> RankingResult {
        let plans = scheme.indicators.map(IndicatorPlan.init)
        let needsScores = ScoreNeeds(scheme.method)
        let columns = zip(ColumnLoader.load(standards, plans), plans).map { (raw, plan) -> JudgedColumn in
            JudgedColumn(
                raw, plan, needsScores: needsScores.composite,
                isOrderKey: needsScores.orderIndicators.contains(plan.indicator.code))
        }
        let gates = GateColumns(standards, scheme, standing, cutoff, plans, columns)
        let order = NeutralRows(standards)
        let table = RankingTable(scheme.method, plans, columns, rowCount: standards.count)
        let ranked = table.order(order.rows.filter { !gates.isStopped[$0] })
        let entries = ranked.map { row, rank in
            RankedEntry(
                row: row, rank: rank, grade: table.grade(row), composite: table.composite(row),
                advancedCoreCount: table.advancedCoreCount(row), levels: columns.map { $0.levels[row] },
                occurrence: Int(order.occurrences[row]))
        }
        let exclusions = order.rows.filter { gates.isStopped[$0] }.map { row in
            ExcludedStandard(row: row, reasons: gates.reasons(row), occurrence: Int(order.occurrences[row]))
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

/// What a method wants of the columns.
private struct ScoreNeeds {
    let composite: Bool
    let orderIndicators: Set<String>

    init(_ method: Method) {
        var codes: Set<String> = []
        var hasScoreKey = false
        for key in method.orderWithinGrade {
            switch key {
            case .indicator(let code): codes.insert(code)
            case .weightedScore: hasScoreKey = true
            case .advancedCoreCount: break
            }
        }
        switch method.model {
        case .graded:
            composite = hasScoreKey
            orderIndicators = codes
        case .weighted:
            composite = true
            orderIndicators = []
        case .tiered:
            composite = false
            orderIndicators = []
        }
    }
}
