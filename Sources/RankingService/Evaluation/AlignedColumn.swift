internal import Regulation

/// The values of one indicator on a common scale, as keys: twice the number, plus one where the sign is
/// strict.
///
/// With keys turned so that more is better, "at least as strict as" is one comparison of whole numbers:
/// "< 5" against "≤ 5", with less being better, is -9 against -10.
struct AlignedColumn<Key: FixedWidthInteger & SignedInteger & Sendable> {
    let keys: [Key]
    /// The upper ends of intervals; empty for everything else.
    let uppers: [Key]
    let limits: [VariantKeys<Key>]

    init(_ raw: RawColumn, _ plan: IndicatorPlan) {
        let scale = raw.commonScale
        let factors = (0...scale).map { Key(truncatingIfNeeded: PowersOfTen.wide[Int(scale - $0)]) }
        var keys: [Key] = []
        keys.reserveCapacity(raw.significands.count)
        for row in raw.significands.indices {
            let number = Key(truncatingIfNeeded: raw.significands[row]) * factors[Int(raw.scales[row])]
            keys.append(number * 2 + (raw.isStrict[row] ? 1 : 0))
        }
        self.keys = keys
        uppers = raw.uppers.map { Key(truncatingIfNeeded: $0.significand) * factors[Int($0.scale)] * 2 }
        limits = plan.variants.map { VariantKeys($0, factors) }
    }
}

/// The limits of one variant, as keys.
struct VariantKeys<Key: FixedWidthInteger & SignedInteger & Sendable> {
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

struct LimitKey<Key: FixedWidthInteger & SignedInteger & Sendable> {
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
