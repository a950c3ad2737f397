internal import Regulation

/// Reads declared standards into raw columns, one per indicator: which declaration decides, and by which
/// variant.
///
/// One pass over the rows. A source names its indicators in the same order row after row, so where an
/// indicator stood in the row before is tried before the dictionary.
struct ColumnLoader {
    private let plans: [IndicatorPlan]
    private let indexByCode: [String: Int]
    private var columns: RawColumns
    /// By position in a row: code and index of the indicator that stood there last.
    private var lastSeen: [(code: String, index: Int?)] = []
    /// By indicator: position of its declaration in the row, or one of the two marks below.
    private var positions: [Int]
    private static let undeclared = -1
    private static let repeated = -2

    /// By indicator: an earlier one has the same code. Never so in an examined scheme; read the slow
    /// way.
    private let sharesCode: [Bool]

    static func load(
        _ standards: [DeclaredStandard], _ rows: ArraySlice<Int>, _ plans: [IndicatorPlan]
    ) -> RawColumns {
        var loader = ColumnLoader(plans, rowCount: rows.count)
        for (place, row) in rows.enumerated() { loader.load(standards[row], place) }
        return loader.columns
    }

    private init(_ plans: [IndicatorPlan], rowCount: Int) {
        self.plans = plans
        let indexByCode = IndicatorPlan.indexByCode(plans)
        self.indexByCode = indexByCode
        sharesCode = plans.indices.map { indexByCode[plans[$0].indicator.code] != $0 }
        columns = RawColumns(plans, rowCount: rowCount)
        positions = Array(repeating: Self.undeclared, count: plans.count)
    }

    private mutating func load(_ standard: borrowing DeclaredStandard, _ row: Int) {
        locate(standard.declarations)
        for index in plans.indices {
            if positions[index] == Self.repeated || sharesCode[index] {
                columns.setPlainly(plans[index], in: copy standard, row, index)
            } else {
                read(standard.declarations, standard.attributes, row, index)
            }
        }
    }

    private mutating func locate(_ declarations: [Declaration]) {
        for index in positions.indices { positions[index] = Self.undeclared }
        for position in declarations.indices {
            guard let index = indicator(declarations[position].indicator, at: position) else { continue }
            positions[index] = positions[index] == Self.undeclared ? position : Self.repeated
        }
    }

    private mutating func indicator(_ code: String, at position: Int) -> Int? {
        if position < lastSeen.count, lastSeen[position].code == code { return lastSeen[position].index }
        let index = indexByCode[code]
        if position < lastSeen.count {
            lastSeen[position] = (code, index)
        } else if position == lastSeen.count {
            lastSeen.append((code, index))
        }
        return index
    }

    private mutating func read(
        _ declarations: [Declaration], _ attributes: [String: String], _ row: Int, _ index: Int
    ) {
        let plan = plans[index]
        let position = positions[index]
        guard position >= 0 else {
            if !plan.applies(to: attributes) { columns.set(notApplicable: row, index) }
            return
        }
        let value = plan.coding.code(
            declared: declarations[position].value, declarations[position].relation)
        guard let value else {
            if !plan.applies(to: attributes) { columns.set(notApplicable: row, index) }
            columns.set(unreadable: row, index)
            return
        }
        for variant in plan.variants.indices
        where plan.variants[variant].fits(
            method: declarations[position].testMethod, unit: declarations[position].unit)
            && plan.variants[variant].applies(to: attributes)
        {
            columns.set(value, variant: variant, declaration: position, row: row, index)
            return
        }
        if !plan.applies(to: attributes) { columns.set(notApplicable: row, index) }
    }
}

extension RawColumns {
    /// Whatever was set before. A standard that declares an indicator more than once is rare, and judged by
    /// the one that comes out worst.
    mutating func setPlainly(
        _ plan: IndicatorPlan, in standard: DeclaredStandard, _ row: Int, _ index: Int
    ) {
        reset(row, index)
        let judgement = IndicatorJudgement(plan.indicator, in: standard)
        if let deciding = judgement.deciding, let value = plan.coding.code(deciding.requirement) {
            // One that says the same is as good.
            let position = standard.declarations.firstIndex(of: deciding.declaration)
            set(
                value, variant: deciding.variantIndex, declaration: position ?? Int(RawValue.none), row: row,
                index)
        } else if !plan.applies(to: standard.attributes) {
            set(notApplicable: row, index)
        }
        if judgement.hasUnreadable { set(unreadable: row, index) }
    }
}
