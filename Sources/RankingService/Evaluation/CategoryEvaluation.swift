package import Regulation

/// One category, evaluated: the result, and the columns that it was made of, by which it is explained.
package struct CategoryEvaluation: Sendable {
    /// Fewer rows than this are not worth a second thread.
    private static let coreRowCount = 2_000

    /// Its standards are the heads of those that were given.
    package let result: RankingResult
    let scheme: EvaluationScheme
    let standards: any RankedStandards
    let plans: [IndicatorPlan]
    /// In the neutral order.
    let values: RawParts
    let columns: ColumnEvaluation
    /// By row of the standards: place in the columns.
    let places: [Int32]
    let cores: Int

    /// `explains` asks for the score of every value, also where the method needs none.
    init(
        scheme: EvaluationScheme, standards: some RankedStandards, standing: Standing, cutoff: CivilDate,
        explains: Bool = false
    ) {
        let heads = standards.heads
        let plans = scheme.indicators.map(IndicatorPlan.init)
        let cores = heads.count < Self.coreRowCount ? 1 : 2
        let order = NeutralRows(standards, onCores: cores)
        let values = RawParts(
            Cores.map(heads.count, onCores: cores) { standards.columns(of: order.rows[$0], plans) })
        let input = Cores.map(plans.count, onCores: cores) { indices in
            indices.map { IndicatorColumn(values.column($0), plans[$0]) }
        }.flatMap(\.self)
        let isStopped = Cores.map(heads.count, onCores: cores) { places in
            heads.withUnsafeBufferPointer { heads in
                order.rows[places].map { GateColumns.isStopped(heads, $0, scheme, standing, cutoff) }
            }
        }.flatMap(\.self)
        let columns = ColumnEvaluation(
            scheme.method, plans, input, isStopped: isStopped, explains: explains, onCores: cores)
        result = RankingResult(
            standards: heads, entries: Self.entries(columns, order, cores),
            exclusions: Self.exclusions(columns, heads, order, isStopped, cores) { places in
                GateReasons(scheme, standing, cutoff, plans, input, places: places)
            })
        self.scheme = scheme
        self.standards = standards
        self.plans = plans
        self.values = values
        self.columns = columns
        self.cores = cores
        places = order.places
    }

    private static func entries(
        _ columns: ColumnEvaluation, _ order: NeutralRows, _ cores: Int
    ) -> [RankedEntry] {
        Cores.collect(columns.rows.count, onCores: cores) { entries, append in
            for entry in entries {
                let (place, rank) = (Int(columns.rows[entry]), columns.ranks[entry])
                let row = order.rows[place]
                append(
                    RankedEntry(
                        row: row, rank: Int(rank), grade: columns.table.grade(place),
                        composite: columns.table.composite(place),
                        advancedCoreCount: columns.table.advancedCoreCount(place),
                        levels: columns.levels.map { Level(rawValue: Int($0[place])) ?? .missing },
                        occurrence: Int(order.occurrences[row])))
            }
        }
    }

    private static func exclusions(
        _ columns: ColumnEvaluation, _ heads: [DeclaredStandard], _ order: NeutralRows,
        _ isStoppedItself: [Bool], _ cores: Int, _ gates: @Sendable (ArraySlice<Int>) -> GateReasons
    ) -> [ExcludedStandard] {
        let stopped = order.rows.indices.filter { columns.isStopped[$0] }
        return Cores.collect(stopped.count, onCores: cores) { places, append in
            var gates = gates(stopped[places])
            heads.withUnsafeBufferPointer { heads in
                for place in stopped[places] {
                    let row = order.rows[place]
                    append(
                        ExcludedStandard(
                            row: row, reasons: gates.next(heads, row, isSound: !isStoppedItself[place]),
                            occurrence: Int(order.occurrences[row])))
                }
            }
        }
    }
}
