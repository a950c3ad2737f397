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
        let scale = raw.commonScale
        let factors = Self.factors(upTo: scale)
        keys = [Key](unsafeUninitializedCapacity: raw.significands.count) { keys, count in
            for row in raw.significands.indices {
                let number = Key(truncatingIfNeeded: raw.significands[row]) * factors[Int(raw.scales[row])]
                keys.initializeElement(at: row, to: number * 2 + (raw.isStrict[row] ? 1 : 0))
            }
            count = raw.significands.count
        }
        uppers = raw.uppers.map { Key(truncatingIfNeeded: $0.significand) * factors[Int($0.scale)] * 2 }
        limits = plan.variants.map { VariantKeys($0, factors) }
        deciding = DecidingVariants(raw.variants, unreadable: raw.isUnreadable)
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

    init(_ variants: [Int32], unreadable: [Bool]) {
        let isUniform = variants.allSatisfy { $0 == 0 }
        self.init(
            count: variants.count,
            codes: isUniform
                ? []
                : variants.map { variant in
                    variant == RawColumn.notApplicable
                        ? Self.notApplicable : variant == RawColumn.missing ? Self.missing : UInt16(variant)
                }, isUnreadable: unreadable.contains(true) ? unreadable : [])
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
