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

    static func load(_ standards: [DeclaredStandard], _ plans: [IndicatorPlan]) -> [RawColumn] {
        var loader = ColumnLoader(plans, rowCount: standards.count)
        for row in standards.indices { loader.read(standards[row]) }
        return loader.columns
    }

    private init(_ plans: [IndicatorPlan], rowCount: Int) {
        self.plans = plans
        indexByCode = Dictionary(
            plans.enumerated().map { ($1.indicator.code, $0) }, uniquingKeysWith: { first, _ in first })
        columns = plans.map { RawColumn($0, rowCount: rowCount) }
        positions = Array(repeating: Self.undeclared, count: plans.count)
    }

    private mutating func read(_ standard: DeclaredStandard) {
        for index in positions.indices { positions[index] = Self.undeclared }
        for position in standard.declarations.indices {
            guard let index = indicator(standard.declarations[position].indicator, at: position) else {
                continue
            }
            positions[index] = positions[index] == Self.undeclared ? position : Self.repeated
        }
        for index in plans.indices {
            if positions[index] == Self.repeated || sharesCode(index) {
                readPlainly(standard, index)
            } else {
                read(standard, index, at: positions[index])
            }
        }
    }

    /// Codes are unique in an examined scheme; in any other the second of a kind is read the slow way.
    private func sharesCode(_ index: Int) -> Bool { indexByCode[plans[index].indicator.code] != index }

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

    private mutating func read(_ standard: DeclaredStandard, _ index: Int, at position: Int) {
        let plan = plans[index]
        guard position >= 0 else {
            columns[index].append(none: nothing(standard, plan), isUnreadable: false)
            return
        }
        guard let value = plan.coding.code(standard.declarations[position]) else {
            columns[index].append(none: nothing(standard, plan), isUnreadable: true)
            return
        }
        for (number, variant) in plan.variants.enumerated() {
            if fits(variant, standard.declarations[position]), applies(variant, to: standard) {
                columns[index].append(value, variant: number, isUnreadable: false)
                return
            }
        }
        columns[index].append(none: nothing(standard, plan), isUnreadable: false)
    }

    /// A standard that declares an indicator more than once is rare, and judged by the one that comes
    /// out worst.
    private mutating func readPlainly(_ standard: DeclaredStandard, _ index: Int) {
        let plan = plans[index]
        let judgement = IndicatorJudgement(plan.indicator, in: standard)
        guard let deciding = judgement.deciding, let value = plan.coding.code(deciding.requirement) else {
            columns[index].append(none: nothing(standard, plan), isUnreadable: judgement.hasUnreadable)
            return
        }
        columns[index].append(value, variant: deciding.variantIndex, isUnreadable: judgement.hasUnreadable)
    }

    /// What it means that nothing usable is declared.
    private func nothing(_ standard: DeclaredStandard, _ plan: IndicatorPlan) -> Int32 {
        for variant in plan.variants where applies(variant, to: standard) { return RawColumn.missing }
        return RawColumn.notApplicable
    }

    private func fits(_ variant: VariantPlan, _ declaration: borrowing Declaration) -> Bool {
        guard variant.testMethod.isEmpty || variant.testMethod == declaration.testMethod else { return false }
        return variant.unit.isEmpty || declaration.unit.isEmpty || variant.unit == declaration.unit
    }

    private func applies(_ variant: VariantPlan, to standard: DeclaredStandard) -> Bool {
        variant.conditions.allSatisfy { $0.holds(for: standard.attributes[$0.attribute] ?? "") }
    }
}
