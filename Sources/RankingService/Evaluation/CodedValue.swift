internal import Regulation

/// A requirement or a limit as whole numbers, turned so that more is always better.
///
/// A number where less is better is negated; a grade is its place in the order, negated; "yes" is 1 and
/// "no" 0. An interval has its lower end here and its upper end, negated, in `upper`: lying inside is
/// then "at least" at both ends.
struct CodedValue: Sendable {
    var number: ScaledNumber
    /// For intervals only.
    var upper: ScaledNumber?
    var isStrict: Bool
}

/// `significand` / 10^`scale`.
struct ScaledNumber: Sendable {
    var significand: Int64
    var scale: UInt8
}

extension ScaledNumber {
    /// Times 10^`scale`, which is no smaller than the number's own.
    func scaled(to scale: UInt8) -> Int128 {
        Int128(significand) * PowersOfTen.wide[Int(scale - self.scale)]
    }
}

/// How the values of one indicator are coded.
enum ValueCoding: Sendable {
    /// `sign` is -1 where less is better.
    case number(sign: Int64)
    case interval
    case grade([String])
    case flag

    init(_ direction: Direction) {
        switch direction {
        case .lower: self = .number(sign: -1)
        case .higher: self = .number(sign: 1)
        case .interval: self = .interval
        case .ordinal(let grades): self = .grade(grades)
        case .yesNo: self = .flag
        }
    }

    var isInterval: Bool {
        switch self {
        case .interval: true
        case .number, .grade, .flag: false
        }
    }

    /// Whether numbers are negated, less being better.
    var isTurned: Bool {
        switch self {
        case .number(let sign): sign < 0
        case .interval, .grade, .flag: false
        }
    }

    /// Only numbers score on lines between limits.
    var isNumber: Bool {
        switch self {
        case .number: true
        case .interval, .grade, .flag: false
        }
    }

    /// Nil for a limit of another kind, which counts as none.
    func code(_ limit: Limit?) -> CodedValue? {
        guard let limit else { return nil }
        switch (self, limit.value) {
        case (.number(let sign), .number(let number)):
            return CodedValue(number: Self.scaled(number, sign: sign), isStrict: limit.isStrict)
        case (.interval, .interval(let low, let high)):
            return Self.coded(from: low, to: high)
        case (.grade(let grades), .word(let word)):
            return Self.coded(word, in: grades)
        case (.flag, .flag(let flag)):
            return Self.coded(flag)
        case (.number, _), (.interval, _), (.grade, _), (.flag, _):
            return nil
        }
    }

    /// Nil for a declaration that sets no limit in the indicator's direction.
    func code(declared value: RequirementValue, _ relation: Relation) -> CodedValue? {
        switch (self, value) {
        case (.number(let sign), .number(let number)):
            let bindsBelow = relation == .atMost || relation == .below
            let bindsAbove = relation == .atLeast || relation == .above
            guard sign > 0 ? !bindsBelow : !bindsAbove else { return nil }
            let isStrict = relation == .below || relation == .above
            return CodedValue(number: Self.scaled(number, sign: sign), isStrict: isStrict)
        case (.interval, .interval(let low, let high)):
            return low <= high ? Self.coded(from: low, to: high) : nil
        case (.interval, .number(let number)):
            return relation == .equal ? Self.coded(from: number, to: number) : nil
        case (.grade(let grades), .word(let word)):
            return Self.coded(word, in: grades)
        case (.flag, .flag(let flag)):
            return Self.coded(flag)
        case (.number, _), (.interval, _), (.grade, _), (.flag, _):
            return nil
        }
    }

    private static func scaled(_ number: ExactDecimal, sign: Int64) -> ScaledNumber {
        ScaledNumber(significand: number.significand * sign, scale: number.scale)
    }

    private static func coded(from low: ExactDecimal, to high: ExactDecimal) -> CodedValue {
        CodedValue(number: scaled(low, sign: 1), upper: scaled(high, sign: -1), isStrict: false)
    }

    private static func coded(_ word: String, in grades: [String]) -> CodedValue? {
        grades.firstIndex(of: word).map {
            CodedValue(number: ScaledNumber(significand: -Int64($0), scale: 0), isStrict: false)
        }
    }

    private static func coded(_ flag: Bool) -> CodedValue {
        CodedValue(number: ScaledNumber(significand: flag ? 1 : 0, scale: 0), isStrict: false)
    }
}
