internal import Regulation

/// What a standard says of one indicator, as it was written: not yet on a common scale.
struct RawValue: Sendable {
    /// In `variant`: the indicator does not apply to the product.
    static let notApplicable: Int32 = -1
    /// In `variant`: nothing usable is declared.
    static let missing: Int32 = -2
    /// In `declaration`.
    static let none: Int32 = -1

    fileprivate(set) var significand: Int64 = 0
    /// Index of the variant that decides, or one of the two constants above.
    fileprivate(set) var variant = missing
    /// Which of the standard's declarations decides.
    fileprivate(set) var declaration = none
    fileprivate(set) var scale: UInt8 = 0
    fileprivate(set) var isStrict = false
    /// Something is declared that cannot be read.
    fileprivate(set) var isUnreadable = false
}

/// The values of all indicators over some standards.
struct RawColumns: Sendable {
    private static let scaleCount = Int(ExactDecimal.scaleMax) + 1

    let rowCount: Int
    /// Column behind column.
    private var values: [RawValue]
    /// By indicator: the upper ends of intervals; empty for everything else.
    private var uppers: [[ScaledNumber]]
    /// Greatest magnitude by indicator and scale, to choose how wide a common scale has to be.
    private var magnitudeMax: [UInt64]

    /// Nothing is declared, and every indicator applies.
    init(_ plans: [IndicatorPlan], rowCount: Int) {
        self.rowCount = rowCount
        values = Array(repeating: RawValue(), count: rowCount * plans.count)
        let zero = ScaledNumber(significand: 0, scale: 0)
        uppers = plans.map { $0.coding.isInterval ? Array(repeating: zero, count: rowCount) : [] }
        magnitudeMax = Array(repeating: 0, count: plans.count * Self.scaleCount)
        for (indicator, plan) in plans.enumerated() {
            for limit in plan.variants.lazy.flatMap(\.limits) {
                guard let limit else { continue }
                note(limit.number, indicator)
                if let upper = limit.upper { note(upper, indicator) }
            }
        }
    }

    @inline(__always)
    mutating func set(
        _ number: ScaledNumber, isStrict: Bool, variant: Int, declaration: Int, row: Int, _ indicator: Int
    ) {
        values[indicator * rowCount + row] = RawValue(
            significand: number.significand, variant: Int32(variant), declaration: Int32(declaration),
            scale: number.scale, isStrict: isStrict)
        note(number, indicator)
    }

    mutating func set(_ value: CodedValue, variant: Int, declaration: Int, row: Int, _ indicator: Int) {
        set(
            value.number, isStrict: value.isStrict, variant: variant, declaration: declaration, row: row,
            indicator)
        guard let upper = value.upper else { return }
        uppers[indicator][row] = upper
        note(upper, indicator)
    }

    /// Nothing is declared, and the indicator applies.
    mutating func reset(_ row: Int, _ indicator: Int) { values[indicator * rowCount + row] = RawValue() }

    mutating func set(notApplicable row: Int, _ indicator: Int) {
        values[indicator * rowCount + row].variant = RawValue.notApplicable
    }

    mutating func set(unreadable row: Int, _ indicator: Int) {
        values[indicator * rowCount + row].isUnreadable = true
    }

    @inline(__always)
    private mutating func note(_ number: ScaledNumber, _ indicator: Int) {
        let place = indicator * Self.scaleCount + Int(number.scale)
        magnitudeMax[place] = max(magnitudeMax[place], number.significand.magnitude)
    }

    func value(_ row: Int, _ indicator: Int) -> RawValue { values[indicator * rowCount + row] }

    func values(of indicator: Int) -> ArraySlice<RawValue> {
        values[indicator * rowCount..<(indicator + 1) * rowCount]
    }

    func uppers(of indicator: Int) -> [ScaledNumber] { uppers[indicator] }

    /// By scale.
    fileprivate func magnitudes(of indicator: Int) -> ArraySlice<UInt64> {
        magnitudeMax[indicator * Self.scaleCount..<(indicator + 1) * Self.scaleCount]
    }
}

/// The columns of a category, in as many parts as cores read them, in the order of the rows.
struct RawParts: Sendable {
    let parts: [RawColumns]
    let rowCount: Int

    init(_ parts: [RawColumns]) {
        self.parts = parts
        rowCount = parts.reduce(0) { $0 + $1.rowCount }
    }

    func value(_ row: Int, _ indicator: Int) -> RawValue {
        var row = row
        for part in parts {
            if row < part.rowCount { return part.value(row, indicator) }
            row -= part.rowCount
        }
        preconditionFailure("a row is one of the parts'")
    }

    /// The values of one indicator.
    func column(_ indicator: Int) -> RawColumn { RawColumn(parts: parts, indicator: indicator) }
}

/// The values of one indicator over all standards.
struct RawColumn: Sendable {
    let values: [ArraySlice<RawValue>]
    let uppers: [[ScaledNumber]]
    let rowCount: Int
    private let magnitudeMax: [UInt64]

    fileprivate init(parts: [RawColumns], indicator: Int) {
        values = parts.map { $0.values(of: indicator) }
        uppers = parts.map { $0.uppers(of: indicator) }
        rowCount = parts.reduce(0) { $0 + $1.rowCount }
        magnitudeMax = parts.reduce(into: []) { greatest, part in
            let magnitudes = part.magnitudes(of: indicator)
            greatest = greatest.isEmpty ? Array(magnitudes) : zip(greatest, magnitudes).map { max($0, $1) }
        }
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
