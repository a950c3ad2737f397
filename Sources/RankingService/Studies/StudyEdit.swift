package import Regulation

/// One change to what a ranking is computed from, to see what it moves.
package enum StudyEdit: Sendable, Hashable {
    /// A requirement of one standard, by the key of its entry or exclusion. Its sign, method and unit stay;
    /// where nothing is declared it is declared by the first variant that applies.
    case value(key: String, indicator: String, RequirementValue)
    case weight(indicator: String, ExactDecimal)
    /// A limit of one variant, counted from 1; nil takes it away.
    case limit(indicator: String, variant: Int, LimitName, RequirementValue?)

    package enum LimitName: String, Sendable, Hashable, CaseIterable {
        case legal, baseline, average, advanced
    }
}

/// Why an edit cannot be made.
package enum StudyFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    case unreadable(String, form: String)
    case noIndicator(String, known: [String])
    case noVariant(indicator: String, variant: Int, count: Int)
    case noStandard(String)
    case notApplicable(key: String, indicator: String)
    case wrongKind(indicator: String, value: String, wanted: String)

    package var description: String {
        switch self {
        case .unreadable(let text, let form): "“\(text)” cannot be read; write \(form)"
        case .noIndicator(let code, let known):
            "the scheme has no indicator “\(code)”; it has: \(known.joined(separator: ", "))"
        case .noVariant(let indicator, let variant, let count):
            variant == 0
                ? "indicator “\(indicator)” has \(count) variants; say which, as in \(indicator)[1].legal=…"
                : "indicator “\(indicator)” has \(count) variant(s), and none numbered \(variant)"
        case .noStandard(let key): "no standard has the key “\(key)”; `forerunner explain` shows keys"
        case .notApplicable(let key, let indicator):
            "indicator “\(indicator)” does not apply to “\(key)”"
        case .wrongKind(let indicator, let value, let wanted):
            "indicator “\(indicator)” takes \(wanted), not “\(value)”"
        }
    }
}

extension StudyEdit {
    /// "efficacy=95@KEY".
    package static func value(
        _ text: String, in scheme: EvaluationScheme
    ) throws(StudyFlaw) -> StudyEdit {
        let form = "INDICATOR=VALUE@KEY, as in efficacy=95@91310000…/Q/ABC 1—2024/M1"
        guard let equals = text.firstIndex(of: "="), let at = text[equals...].firstIndex(of: "@") else {
            throw .unreadable(text, form: form)
        }
        let indicator = try indicator(String(text[..<equals]), in: scheme)
        let value = try requirement(String(text[text.index(after: equals)..<at]), indicator)
        return .value(key: String(text[text.index(after: at)...]), indicator: indicator.code, value)
    }

    /// "efficacy=40".
    package static func weight(
        _ text: String, in scheme: EvaluationScheme
    ) throws(StudyFlaw) -> StudyEdit {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let weight = ExactDecimal(parts[1]), weight >= .zero else {
            throw .unreadable(text, form: "INDICATOR=WEIGHT, as in efficacy=40")
        }
        return .weight(indicator: try indicator(String(parts[0]), in: scheme).code, weight)
    }

    /// "efficacy.advanced=100", "efficacy[2].advanced=100", "efficacy.legal=none".
    package static func limit(
        _ text: String, in scheme: EvaluationScheme
    ) throws(StudyFlaw) -> StudyEdit {
        let form =
            "INDICATOR[VARIANT].LIMIT=VALUE with legal, baseline, average or advanced, as in life.average=9"
        guard let equals = text.firstIndex(of: "="), let dot = text[..<equals].lastIndex(of: "."),
            let name = LimitName(rawValue: String(text[text.index(after: dot)..<equals]))
        else { throw .unreadable(text, form: form) }
        var code = text[..<dot]
        var number: Int?
        if code.hasSuffix("]"), let open = code.lastIndex(of: "[") {
            guard let asked = Int(code[code.index(after: open)...].dropLast()), asked > 0 else {
                throw .unreadable(text, form: form)
            }
            number = asked
            code = code[..<open]
        }
        let indicator = try indicator(String(code), in: scheme)
        let count = indicator.variants.count
        let variant = number ?? (count == 1 ? 1 : 0)
        guard (1...max(count, 1)).contains(variant), count > 0 else {
            throw .noVariant(indicator: indicator.code, variant: variant, count: count)
        }
        let written = String(text[text.index(after: equals)...])
        let value = written == "none" ? nil : try requirement(written, indicator)
        return .limit(indicator: indicator.code, variant: variant, name, value)
    }

    private static func indicator(
        _ code: String, in scheme: EvaluationScheme
    ) throws(StudyFlaw) -> Indicator {
        guard let indicator = scheme.indicators.first(where: { $0.code == code }) else {
            throw .noIndicator(code, known: scheme.indicators.map(\.code))
        }
        return indicator
    }

    private static func requirement(
        _ text: String, _ indicator: Indicator
    ) throws(StudyFlaw) -> RequirementValue {
        func wrong(_ wanted: String) -> StudyFlaw {
            .wrongKind(indicator: indicator.code, value: text, wanted: wanted)
        }
        switch indicator.direction {
        case .lower, .higher:
            guard let number = ExactDecimal(text) else { throw wrong("a number") }
            return .number(number)
        case .interval:
            let ends = text.split(separator: "~").map { ExactDecimal($0) }
            guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
                throw wrong("an interval, as in 2~3")
            }
            return .interval(low, high)
        case .ordinal(let grades):
            guard grades.contains(text) else { throw wrong("one of \(grades.joined(separator: ", "))") }
            return .word(text)
        case .yesNo:
            guard text == "yes" || text == "no" else { throw wrong("yes or no") }
            return .flag(text == "yes")
        }
    }
}
