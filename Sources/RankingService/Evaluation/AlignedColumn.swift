internal import Regulation

/// The values of one indicator on a common scale, as keys: twice the number, plus one where the sign is
/// strict.
///
/// With keys turned so that more is better, "at least as strict as" is one comparison of whole numbers:
/// "< 5" against "≤ 5", with less being better, is -9 against -10.
struct AlignedColumn<Key: FixedWidthInteger & SignedInteger & Sendable>: Sendable {
    let keys: [Key]
    /// The upper ends of intervals; empty for everything else.
    let uppers: [Key]
    let limits: [VariantKeys<Key>]
    let deciding: DecidingVariants

    init(_ raw: RawColumn, _ plan: IndicatorPlan) {
        let factors = Self.factors(upTo: raw.commonScale)
        keys = [Key](unsafeUninitializedCapacity: raw.rowCount) { keys, count in
            for part in raw.values {
                for value in part {
                    let number = Key(truncatingIfNeeded: value.significand) * factors[Int(value.scale)]
                    keys.initializeElement(at: count, to: number * 2 + (value.isStrict ? 1 : 0))
                    count += 1
                }
            }
        }
        uppers = raw.uppers.flatMap { part in
            part.map { Key(truncatingIfNeeded: $0.significand) * factors[Int($0.scale)] * 2 }
        }
        limits = plan.variants.map { VariantKeys($0, factors) }
        deciding = DecidingVariants(raw)
    }

    /// Numbers that are on one scale already, no less than that of any limit, and none of them strict.
    init(numbers: [Int64], scale: UInt8, deciding: DecidingVariants, _ plan: IndicatorPlan) {
        let sign: Int64 = plan.coding.isTurned ? -1 : 1
        keys = numbers.map { Key(truncatingIfNeeded: $0 * sign * 2) }
        uppers = []
        let factors = Self.factors(upTo: scale)
        limits = plan.variants.map { VariantKeys($0, factors) }
        self.deciding = deciding
    }

    /// By scale: what a number of that scale is multiplied by.
    private static func factors(upTo scale: UInt8) -> [Key] {
        (0...scale).map { Key(truncatingIfNeeded: PowersOfTen.wide[Int(scale - $0)]) }
    }
}

/// Which variant decides each row of a column.
struct DecidingVariants: Sendable {
    /// The indicator does not apply to the product.
    static let notApplicable = UInt16.max
    /// Nothing usable is declared.
    static let missing = UInt16.max - 1

    let count: Int
    /// By row: index of the variant, or one of the two above. Empty when the first one decides everywhere.
    let codes: [UInt16]
    /// By row: something is declared that cannot be read. Empty when nothing is.
    let isUnreadable: [Bool]

    init(count: Int, codes: [UInt16], isUnreadable: [Bool] = []) {
        self.count = count
        self.codes = codes
        self.isUnreadable = isUnreadable
    }

    init(_ raw: RawColumn) {
        let isUniform = raw.values.allSatisfy { $0.allSatisfy { $0.variant == 0 } }
        let isReadable = raw.values.allSatisfy { $0.allSatisfy { !$0.isUnreadable } }
        self.init(
            count: raw.rowCount,
            codes: isUniform ? [] : raw.values.flatMap { $0.map { Self.code($0.variant) } },
            isUnreadable: isReadable ? [] : raw.values.flatMap { $0.map(\.isUnreadable) })
    }

    private static func code(_ variant: Int32) -> UInt16 {
        switch variant {
        case RawValue.notApplicable: notApplicable
        case RawValue.missing: missing
        default: UInt16(variant)
        }
    }

    /// Nil where none decides.
    func variant(_ row: Int) -> Int? {
        guard !codes.isEmpty else { return 0 }
        return codes[row] < Self.missing ? Int(codes[row]) : nil
    }

    func isNotApplicable(_ row: Int) -> Bool { !codes.isEmpty && codes[row] == Self.notApplicable }
    func isUnreadable(_ row: Int) -> Bool { !isUnreadable.isEmpty && isUnreadable[row] }
}

/// The limits of one variant, as keys.
struct VariantKeys<Key: FixedWidthInteger & SignedInteger & Sendable>: Sendable {
    let legal: LimitKey<Key>?
    let baseline: LimitKey<Key>?
    let average: LimitKey<Key>?
    let advanced: LimitKey<Key>?

    init(_ variant: VariantPlan, _ factors: [Key]) {
        legal = variant.legal.map { LimitKey($0, factors) }
        baseline = variant.baseline.map { LimitKey($0, factors) }
        average = variant.average.map { LimitKey($0, factors) }
        advanced = variant.advanced.map { LimitKey($0, factors) }
    }
}

struct LimitKey<Key: FixedWidthInteger & SignedInteger & Sendable>: Sendable {
    let key: Key
    /// Zero, and compared with zeros, but for intervals.
    let upper: Key

    init(_ value: CodedValue, _ factors: [Key]) {
        let number = Key(truncatingIfNeeded: value.number.significand) * factors[Int(value.number.scale)]
        key = number * 2 + (value.isStrict ? 1 : 0)
        upper =
            value.upper.map { Key(truncatingIfNeeded: $0.significand) * factors[Int($0.scale)] * 2 } ?? 0
    }

    @inline(__always)
    func isMet(by key: Key, _ upper: Key) -> Bool { key >= self.key && upper >= self.upper }
}
