internal import Regulation

/// What standards are ordered by, as whole numbers: the smaller the better, most important column
/// first.
struct RankingTable: Sendable {
    private let model: Model
    private let grades: GradeColumn
    private let composites: CompositeColumn?
    let order: StableOrder

    init(
        _ method: Method, _ plans: [IndicatorPlan], _ columns: [JudgedColumn], _ input: [IndicatorColumn],
        rowCount: Int
    ) {
        model = method.model
        grades = GradeColumn(plans, columns, method, rowCount: rowCount)
        let needsScores = method.model == .weighted || method.ordersByScore
        let composites =
            needsScores || method.model == .tiered
            ? CompositeColumn(plans, columns, input, rowCount: rowCount, needsScores ? .score : .tier) : nil
        self.composites = composites
        switch method.model {
        case .graded:
            var keys = [OrderColumn.narrow(grades.grades.map { Int64($0) })]
            for key in method.orderWithinGrade {
                switch key {
                case .advancedCoreCount: keys.append(.narrow(grades.advancedCore.map { -Int64($0) }))
                case .weightedScore: keys.append(Self.descending(composites))
                case .indicator(let code):
                    let index = plans.firstIndex { $0.indicator.code == code }
                    keys += index.map { columns[$0].orderKeys } ?? []
                }
            }
            order = StableOrder(columns: keys)
        case .weighted:
            order = StableOrder(columns: [Self.descending(composites)])
        case .tiered:
            order = StableOrder(columns: [.narrow(composites?.units ?? [])])
        }
    }

    /// The greatest composite first, none last.
    private static func descending(_ composites: CompositeColumn?) -> OrderColumn {
        .narrow((composites?.units ?? []).map { $0 == CompositeColumn.none ? .max : -$0 })
    }

    func grade(_ row: Int) -> Int? {
        switch model {
        case .graded: Int(grades.grades[row])
        case .weighted, .tiered: nil
        }
    }

    /// In ten-thousandths; nil where the method composes none.
    func compositeUnits(_ row: Int) -> Int64? {
        guard let units = composites?.units[row], units != CompositeColumn.none else { return nil }
        return units
    }

    func composite(_ row: Int) -> ExactDecimal? {
        compositeUnits(row).map {
            .roundedHalfEven(
                numerator: Int128($0), denominator: Int128(JudgedColumn.unit),
                fractionDigits: IndicatorScore.fractionDigits)
        }
    }

    func advancedCoreCount(_ row: Int) -> Int { Int(grades.advancedCore[row]) }
}

extension Method {
    /// Whether grades are ordered by the weighted score.
    var ordersByScore: Bool { model == .graded && orderWithinGrade.contains(.weightedScore) }

    /// Indicators that grades are ordered by.
    var orderIndicators: Set<String> {
        guard model == .graded else { return [] }
        return Set(
            orderWithinGrade.compactMap { key in
                switch key {
                case .indicator(let code): code
                case .weightedScore, .advancedCoreCount: nil
                }
            })
    }
}
