internal import Regulation

/// Reads declared standards into one raw column per indicator: which declaration decides, and by which
/// variant.
///
/// One pass over the rows. A source names its indicators in the same order row after row, so where an
/// indicator stood in the row before is tried before the dictionary.
struct ColumnLoader {
    private let plans: [IndicatorPlan]
    private let indexByCode: [String: Int]
    private var columns: [RawColumn]
    /// By position in a row: code and index of the indicator that stood there last.
    private var lastSeen: [(code: String, index: Int?)] = []
    /// By indicator: position of its declaration in the row, or one of the two marks below.
    private var positions: [Int]
    private static let undeclared = -1
    private static let repeated = -2

    /// By indicator: an earlier one has the same code. Never so in an examined scheme; read the slow
    /// way.
    private let sharesCode: [Bool]

    static func load(_ standards: [DeclaredStandard], _ plans: [IndicatorPlan]) -> [RawColumn] {
        var loader = ColumnLoader(plans, rowCount: standards.count)
        for row in standards.indices {
            let declarations = standards[row].declarations
            loader.locate(declarations)
            for index in plans.indices {
                if loader.positions[index] == repeated || loader.sharesCode[index] {
                    loader.readPlainly(standards[row], index)
                } else {
                    loader.read(declarations, standards[row].attributes, index)
                }
            }
        }
        return loader.columns
    }

    private init(_ plans: [IndicatorPlan], rowCount: Int) {
        self.plans = plans
        let indexByCode = Dictionary(
            plans.enumerated().map { ($1.indicator.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.indexByCode = indexByCode
        sharesCode = plans.indices.map { indexByCode[plans[$0].indicator.code] != $0 }
        columns = plans.map { RawColumn($0, rowCount: rowCount) }
        positions = Array(repeating: Self.undeclared, count: plans.count)
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
        _ declarations: [Declaration], _ attributes: [String: String], _ index: Int
    ) {
        let plan = plans[index]
        let position = positions[index]
        guard position >= 0 else {
            columns[index].append(none: Self.nothing(attributes, plan), isUnreadable: false)
            return
        }
        let value = plan.coding.code(
            declared: declarations[position].value, declarations[position].relation)
        guard let value else {
            columns[index].append(none: Self.nothing(attributes, plan), isUnreadable: true)
            return
        }
        for variant in plan.variants.indices
        where Self.fits(plan.variants[variant], declarations[position])
            && Self.applies(plan.variants[variant].conditions, to: attributes)
        {
            columns[index].append(value, variant: variant, isUnreadable: false)
            return
        }
        columns[index].append(none: Self.nothing(attributes, plan), isUnreadable: false)
    }

    /// A standard that declares an indicator more than once is rare, and judged by the one that comes
    /// out worst.
    private mutating func readPlainly(_ standard: DeclaredStandard, _ index: Int) {
        let plan = plans[index]
        let judgement = IndicatorJudgement(plan.indicator, in: standard)
        guard let deciding = judgement.deciding, let value = plan.coding.code(deciding.requirement) else {
            columns[index].append(
                none: Self.nothing(standard.attributes, plan), isUnreadable: judgement.hasUnreadable)
            return
        }
        columns[index].append(value, variant: deciding.variantIndex, isUnreadable: judgement.hasUnreadable)
    }

    /// What it means that nothing usable is declared.
    private static func nothing(_ attributes: [String: String], _ plan: IndicatorPlan) -> Int32 {
        for variant in plan.variants.indices where applies(plan.variants[variant].conditions, to: attributes)
        {
            return RawColumn.missing
        }
        return RawColumn.notApplicable
    }

    @inline(__always)
    private static func fits(_ variant: borrowing VariantPlan, _ declaration: borrowing Declaration) -> Bool {
        guard variant.testMethod.isEmpty || variant.testMethod == declaration.testMethod else { return false }
        return variant.unit.isEmpty || declaration.unit.isEmpty || variant.unit == declaration.unit
    }

    private static func applies(_ conditions: [Condition], to attributes: [String: String]) -> Bool {
        for condition in conditions where !condition.holds(for: attributes[condition.attribute] ?? "") {
            return false
        }
        return true
    }
}
