internal import Regulation

/// What standards are ordered by, as whole numbers: the smaller the better, most important column
/// first.
struct RankingTable {
    private let model: Model
    private let grades: GradeColumn
    private let composites: CompositeColumn?
    private let keys: [[Int128]]

    init(_ method: Method, _ plans: [IndicatorPlan], _ columns: [JudgedColumn], rowCount: Int) {
        model = method.model
        grades = GradeColumn(plans, columns, method, rowCount: rowCount)
        switch method.model {
        case .graded:
            let composites =
                method.orderWithinGrade.contains(.weightedScore)
                ? Self.weighted(plans, columns, rowCount) : nil
            self.composites = composites
            var keys = [grades.grades.map { Int128($0) }]
            for key in method.orderWithinGrade {
                switch key {
                case .advancedCoreCount: keys.append(grades.advancedCore.map { -Int128($0) })
                case .weightedScore: keys.append(Self.descending(composites))
                case .indicator(let code):
                    let index = plans.firstIndex { $0.indicator.code == code }
                    keys += index.map { columns[$0].orderKeys } ?? []
                }
            }
            self.keys = keys
        case .weighted:
            let composites = Self.weighted(plans, columns, rowCount)
            self.composites = composites
            keys = [Self.descending(composites)]
        case .tiered:
            let composites = CompositeColumn(plans, columns, rowCount: rowCount) { column, row in
                Int64(TieredModel.tier(of: column.levels[row]) * JudgedColumn.unit)
            }
            self.composites = composites
            keys = [composites.units.map { $0.map { Int128($0) } ?? .max }]
        }
    }

    private static func weighted(
        _ plans: [IndicatorPlan], _ columns: [JudgedColumn], _ rowCount: Int
    ) -> CompositeColumn {
        CompositeColumn(plans, columns, rowCount: rowCount) { column, row in Int64(column.scores[row]) }
    }

    private static func descending(_ composites: CompositeColumn?) -> [Int128] {
        composites?.units.map { $0.map { -Int128($0) } ?? .max } ?? []
    }

    /// `rows`, in neutral order, by rank; competition ranks.
    func order(_ rows: [Int]) -> [(row: Int, rank: Int)] {
        // Row by row in one array: sorting compares neighbours in memory.
        let width = keys.count
        var table = [Int128](repeating: 0, count: rows.count * width)
        for (place, column) in keys.enumerated() {
            for (position, row) in rows.enumerated() { table[position * width + place] = column[row] }
        }
        return table.withUnsafeBufferPointer { table in
            let order = rows.indices.sorted { left, right in
                for place in 0..<width {
                    let (mine, theirs) = (table[left * width + place], table[right * width + place])
                    if mine != theirs { return mine < theirs }
                }
                return left < right
            }
            var ranked: [(row: Int, rank: Int)] = []
            ranked.reserveCapacity(order.count)
            for (place, position) in order.enumerated() {
                let sharesRank =
                    place > 0
                    && (0..<width).allSatisfy {
                        table[order[place - 1] * width + $0] == table[position * width + $0]
                    }
                ranked.append((rows[position], sharesRank ? ranked[place - 1].rank : place + 1))
            }
            return ranked
        }
    }

    func grade(_ row: Int) -> Int? {
        switch model {
        case .graded: Int(grades.grades[row])
        case .weighted, .tiered: nil
        }
    }

    func composite(_ row: Int) -> ExactDecimal? {
        guard let units = composites?.units[row] else { return nil }
        return .roundedHalfEven(
            numerator: Int128(units), denominator: Int128(JudgedColumn.unit),
            fractionDigits: IndicatorScore.fractionDigits)
    }

    func advancedCoreCount(_ row: Int) -> Int { Int(grades.advancedCore[row]) }
}
