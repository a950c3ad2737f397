import Regulation

/// Reads stored rows into raw columns, as `ColumnLoader` reads standards.
///
/// What depends on the shape alone is settled once for each: which indicator a declaration is of, whether its
/// sign binds, and by which variant it is read, if no variant before that has a condition.
struct StoredColumnLoader {
    private(set) var columns: RawColumns
    private let plans: [IndicatorPlan]
    private let tables: StoredRows.Tables
    /// By place of the shape.
    private let shapes: [Shape]
    /// Indicators that apply only under conditions.
    private let conditional: [Int]
    /// Indicators that share their code. Never so in an examined scheme; judged by the whole standard.
    private let sharing: [Int]

    private struct Shape {
        let heads: [Head]
        /// By declaration: what is asked only where a value is not a plain number, or its variant has
        /// conditions.
        let rest: [Rest]
        /// Indicators that a standard may declare several times, and their declarations.
        let repeated: [(indicator: Int, places: [Int])]
    }

    /// Of one declaration, without anything that is counted by reference: it is copied for every value.
    private struct Head {
        /// -1 where the scheme has none.
        var indicator: Int32 = -1
        /// Of the variant that decides, if it is the first that fits and has no conditions; else -1.
        var variant: Int32 = -1
        /// What a number is multiplied by: 1, or -1 where less is better; 0 where it is not read as one.
        var sign: Int64 = 0
        var isStrict = false
    }

    private struct Rest {
        let relation: Relation
        let isWord: Bool
        /// Those that fit, in their order.
        var variants: [Int] = []
    }

    init(_ rows: StoredRows, _ plans: [IndicatorPlan], _ scheme: EvaluationScheme, rowCount: Int) {
        self.plans = plans
        tables = rows.tables
        let words = RecordedForm.wordCodes(of: scheme)
        shapes = rows.shapes.map { Self.shape($0, plans, words) }
        conditional = plans.indices.filter { index in
            plans[index].variants.allSatisfy { !$0.conditions.isEmpty }
        }
        let codes = Dictionary(plans.map { ($0.indicator.code, 1) }, uniquingKeysWith: +)
        sharing = plans.indices.filter { codes[plans[$0].indicator.code] ?? 0 > 1 }
        columns = RawColumns(plans, rowCount: rowCount)
    }

    private static func shape(
        _ shape: StandardShape, _ plans: [IndicatorPlan], _ words: Set<String>
    ) -> Shape {
        let indexByCode = IndicatorPlan.indexByCode(plans)
        let places = Dictionary(grouping: shape.declarations.indices) { shape.declarations[$0].indicator }
        let repeated = plans.indices.compactMap { index in
            places[plans[index].indicator.code].flatMap {
                $0.count > 1 ? (indicator: index, places: $0) : nil
            }
        }
        var rest = shape.declarations.map {
            Rest(relation: $0.relation, isWord: words.contains($0.indicator))
        }
        let heads = shape.declarations.enumerated().map { place, declared in
            guard let index = indexByCode[declared.indicator] else { return Head() }
            let plan = plans[index]
            rest[place].variants = plan.variants.indices.filter {
                plan.variants[$0].fits(method: declared.testMethod, unit: declared.unit)
            }
            var head = Head(
                indicator: Int32(index),
                isStrict: declared.relation == .below || declared.relation == .above)
            if let first = rest[place].variants.first, plan.variants[first].conditions.isEmpty {
                head.variant = Int32(first)
            }
            if case .number(let sign) = plan.coding,
                plan.coding.code(declared: .number(.zero), declared.relation) != nil
            {
                head.sign = sign
            }
            return head
        }
        return Shape(heads: heads, rest: rest, repeated: repeated)
    }

    /// Reads the declarations of one row; `whole` is its standard with them.
    mutating func load(
        _ values: inout RowReading, _ place: Int, _ attributes: @autoclosure () -> [String: String],
        _ row: Int, whole: () -> DeclaredStandard
    ) throws {
        let count = shapes[place].heads.count
        let bits = try StandardCoding.bits(&values, count: count)
        var declaration = 0
        for index in 0..<count where StandardCoding.isSet(index, bits) {
            let head = shapes[place].heads[index]
            if try !loadPlainly(&values, head, declaration, row) {
                try load(&values, head, shapes[place].rest[index], declaration, attributes(), row)
            }
            declaration += 1
        }
        for (index, places) in shapes[place].repeated
        where places.count(where: { StandardCoding.isSet($0, bits) }) > 1 {
            columns.setPlainly(plans[index], in: whole(), row, index)
        }
        for index in sharing { columns.setPlainly(plans[index], in: whole(), row, index) }
        for index in conditional
        where columns.value(row, index).variant == RawValue.missing
            && !plans[index].applies(to: attributes())
        {
            columns.set(notApplicable: row, index)
        }
    }

    /// A plain number that is read by a variant without conditions, as most are; false, and nothing read, for
    /// another value.
    @inline(__always)
    private mutating func loadPlainly(
        _ values: inout RowReading, _ head: Head, _ declaration: Int, _ row: Int
    ) throws -> Bool {
        guard head.sign != 0, head.variant >= 0 else { return false }
        var reading = values
        let scale = try reading.byte()
        guard scale <= ExactDecimal.scaleMax,
            let number = ExactDecimal(significand: try reading.signed(), scale: scale)
        else { return false }
        values = reading
        columns.set(
            ScaledNumber(significand: number.significand * head.sign, scale: number.scale),
            isStrict: head.isStrict, variant: Int(head.variant), declaration: declaration, row: row,
            Int(head.indicator))
        return true
    }

    private mutating func load(
        _ values: inout RowReading, _ head: Head, _ rest: Rest, _ declaration: Int,
        _ attributes: @autoclosure () -> [String: String], _ row: Int
    ) throws {
        guard head.indicator >= 0 else { return try StandardCoding.walkValue(&values) { _ in } }
        let indicator = Int(head.indicator)
        var (value, written) = try StandardCoding.value(&values, tables)
        if rest.isWord { value = value.asWord(written) }
        guard let code = plans[indicator].coding.code(declared: value, rest.relation) else {
            return columns.set(unreadable: row, indicator)
        }
        let attributes = attributes()
        for variant in rest.variants where plans[indicator].variants[variant].applies(to: attributes) {
            return columns.set(code, variant: variant, declaration: declaration, row: row, indicator)
        }
    }
}
