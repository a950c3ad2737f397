internal import Regulation

/// The values of one indicator over all standards, as they were written: not yet on a common scale.
struct RawColumn {
    /// In `variants`: the indicator does not apply to the product.
    static let notApplicable: Int32 = -1
    /// In `variants`: nothing usable is declared.
    static let missing: Int32 = -2

    private(set) var significands: [Int64] = []
    private(set) var scales: [UInt8] = []
    private(set) var uppers: [ScaledNumber] = []
    private(set) var isStrict: [Bool] = []
    /// Index of the variant that decides, or one of the two constants above.
    private(set) var variants: [Int32] = []
    /// Something is declared that cannot be read.
    private(set) var isUnreadable: [Bool] = []
    /// Greatest magnitude by scale, to choose how wide a common scale has to be.
    private(set) var magnitudeMax = [UInt64](repeating: 0, count: Int(ExactDecimal.scaleMax) + 1)
    private let isInterval: Bool

    init(_ plan: IndicatorPlan, rowCount: Int) {
        isInterval = plan.coding.isInterval
        significands.reserveCapacity(rowCount)
        scales.reserveCapacity(rowCount)
        isStrict.reserveCapacity(rowCount)
        variants.reserveCapacity(rowCount)
        isUnreadable.reserveCapacity(rowCount)
        if isInterval { uppers.reserveCapacity(rowCount) }
        for limit in plan.variants.lazy.flatMap(\.limits) {
            if let limit { note(limit) }
        }
    }

    /// One column of several parts, in their order; of one indicator.
    init(joining parts: [RawColumn]) {
        self = parts[0]
        for part in parts.dropFirst() {
            significands += part.significands
            scales += part.scales
            uppers += part.uppers
            isStrict += part.isStrict
            variants += part.variants
            isUnreadable += part.isUnreadable
            for scale in magnitudeMax.indices {
                magnitudeMax[scale] = max(magnitudeMax[scale], part.magnitudeMax[scale])
            }
        }
    }

    mutating func append(_ value: CodedValue, variant: Int, isUnreadable unreadable: Bool) {
        note(value)
        append(value.number, upper: value.upper, isStrict: value.isStrict, Int32(variant), unreadable)
    }

    mutating func append(none variant: Int32, isUnreadable unreadable: Bool) {
        append(ScaledNumber(significand: 0, scale: 0), upper: nil, isStrict: false, variant, unreadable)
    }

    private mutating func append(
        _ number: ScaledNumber, upper: ScaledNumber?, isStrict strict: Bool, _ variant: Int32,
        _ unreadable: Bool
    ) {
        significands.append(number.significand)
        scales.append(number.scale)
        isStrict.append(strict)
        variants.append(variant)
        isUnreadable.append(unreadable)
        if isInterval { uppers.append(upper ?? ScaledNumber(significand: 0, scale: 0)) }
    }

    private mutating func note(_ value: CodedValue) {
        note(value.number)
        if let upper = value.upper { note(upper) }
    }

    private mutating func note(_ number: ScaledNumber) {
        let scale = Int(number.scale)
        magnitudeMax[scale] = max(magnitudeMax[scale], number.significand.magnitude)
    }

    /// The greatest scale in use, 0 where nothing is.
    var commonScale: UInt8 { UInt8(magnitudeMax.lastIndex { $0 > 0 } ?? 0) }

    /// Whether every value on the common scale has room in so many bits. A key is twice a value, and a
    /// difference of keys up to twice that, so 29 of 32 bits and 60 of 64 are few enough.
    func fits(bits: Int) -> Bool {
        let common = commonScale
        return magnitudeMax.enumerated().allSatisfy { scale, magnitude in
            guard magnitude > 0 else { return true }
            let factor = PowersOfTen.wide[Int(common) - scale]
            return Int128(magnitude) * factor < Int128(1) << Int128(bits)
        }
    }
}
