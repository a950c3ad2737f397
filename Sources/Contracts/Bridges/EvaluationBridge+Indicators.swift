import Regulation

// Indicators, variants, limits and conditions of a scheme.
extension SchemeReader {
    mutating func indicator(_ message: EvaluationAPI.Indicator, _ path: String) -> Indicator {
        let direction = direction(message, path)
        return Indicator(
            code: message.code, name: message.name, kind: kind(message.kind, path), direction: direction,
            weight: collector.decimal(message.weight, "\(path).weight"),
            isConsumerConcern: message.consumerConcern, isUpgradeNeed: message.upgradeNeed,
            reason: message.reason, source: message.source,
            variants: message.variants.enumerated().map {
                variant($1, of: direction, "\(path).variants[\($0)]")
            })
    }

    private mutating func kind(_ message: EvaluationAPI.IndicatorKind, _ path: String) -> IndicatorKind {
        switch message {
        case .basic: return .basic
        case .core: return .core
        case .innovative: return .innovative
        case .unspecified, .unrecognized:
            collector.note("\(path).kind", "is not stated; an indicator is basic, core or innovative")
            return .basic
        }
    }

    private mutating func direction(_ message: EvaluationAPI.Indicator, _ path: String) -> Direction {
        if message.direction != .ordinal, !message.grades.isEmpty {
            collector.note("\(path).grades", "only an ordinal indicator has grades")
        }
        switch message.direction {
        case .lower: return .lower
        case .higher: return .higher
        case .interval: return .interval
        case .ordinal: return .ordinal(grades: message.grades)
        case .yesNo: return .yesNo
        case .unspecified, .unrecognized:
            collector.note("\(path).direction", "is not stated")
            return .higher
        }
    }

    private mutating func variant(
        _ message: EvaluationAPI.Variant, of direction: Direction, _ path: String
    ) -> Variant {
        Variant(
            testMethod: message.testMethod, unit: message.unit,
            conditions: message.conditions.enumerated().compactMap {
                collector.condition($1, "\(path).conditions[\($0)]")
            }, legal: limit(message.legal, of: direction, "\(path).legal"),
            legalSource: message.legalSource,
            baseline: limit(message.baseline, of: direction, "\(path).baseline"),
            average: limit(message.average, of: direction, "\(path).average"),
            advanced: limit(message.advanced, of: direction, "\(path).advanced"))
    }

    private mutating func limit(
        _ message: EvaluationAPI.Limit?, of direction: Direction, _ path: String
    ) -> Limit? {
        guard let message else { return nil }
        if !message.upper.isEmpty, direction != .interval {
            collector.note("\(path).upper", "only the limit of an interval has an upper end")
        }
        guard let value = RequirementText.value(message.value, upper: message.upper, direction) else {
            collector.note(
                "\(path).value", "“\(message.value)” does not fit the indicator's direction")
            return nil
        }
        return Limit(value: value, isStrict: message.strict)
    }
}

/// Texts of requirements as values.
enum RequirementText {
    /// Nil when the text is not of the direction's kind.
    static func value(_ text: String, upper: String, _ direction: Direction) -> RequirementValue? {
        switch direction {
        case .lower, .higher: ExactDecimal(text).map { .number($0) }
        case .interval: interval(text, upper)
        case .ordinal: text.isEmpty ? nil : .word(text)
        case .yesNo: flag(text).map { .flag($0) }
        }
    }

    static func interval(_ lower: String, _ upper: String) -> RequirementValue? {
        guard let low = ExactDecimal(lower), let high = ExactDecimal(upper), low <= high else { return nil }
        return .interval(low, high)
    }

    static func flag(_ text: String) -> Bool? {
        switch text {
        case "yes": true
        case "no": false
        default: nil
        }
    }
}
