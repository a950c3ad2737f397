package import Contracts

/// The language of a drawing's words.
package enum ChartLanguage: Sendable {
    case zh, en

    package func pick(zh: String, en: String) -> String {
        switch self {
        case .zh: zh
        case .en: en
        }
    }

    package func name(of level: RankingAPI.Level) -> String {
        switch level {
        case .advanced: pick(zh: "先进", en: "advanced")
        case .average: pick(zh: "平均", en: "average")
        case .baseline: pick(zh: "基准", en: "baseline")
        case .below: pick(zh: "低于基准", en: "below")
        case .notApplicable: pick(zh: "不适用", en: "not applicable")
        case .missing: pick(zh: "未声明", en: "not declared")
        case .unspecified, .unrecognized: "—"
        }
    }

    package func name(of kind: EvaluationAPI.IndicatorKind) -> String {
        switch kind {
        case .basic: pick(zh: "基础指标", en: "basic")
        case .core: pick(zh: "核心指标", en: "core")
        case .innovative: pick(zh: "创新性指标", en: "innovative")
        case .unspecified, .unrecognized: ""
        }
    }

    /// A declared word as shown: yes and no are words of the data.
    package func word(_ written: String) -> String {
        switch written {
        case "yes": pick(zh: "是", en: "yes")
        case "no": pick(zh: "否", en: "no")
        case "": pick(zh: "未注明", en: "not stated")
        default: written
        }
    }

    /// "5,299": groups of three, in both languages.
    package static func grouped(_ number: some BinaryInteger) -> String {
        let digits = Array(String(number))
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return grouped
    }

    /// Part of a whole in per cent with one decimal, rounded half up; empty for a whole of zero.
    package static func percent(_ part: some BinaryInteger, of whole: some BinaryInteger) -> String {
        let (part, whole) = (Int(part), Int(whole))
        guard whole > 0 else { return "" }
        let tenths = (part * 2000 + whole) / (2 * whole)
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
