package import Contracts

/// The sentences of an explanation, the same in text and on a page.
package struct ExplanationWords: Sendable {
    private let language: ChartLanguage

    package init(_ language: ChartLanguage) {
        self.language = language
    }

    private func pick(_ zh: String, _ en: String) -> String { language.pick(zh: zh, en: en) }

    package func title(_ explanation: RankingAPI.Explanation) -> String {
        [
            explanation.enterprise?.name ?? "", explanation.standardNumber,
            explanation.models.joined(separator: "、"),
        ].joined(separator: " · ")
    }

    package func standing(_ explanation: RankingAPI.Explanation) -> String {
        guard explanation.rank > 0 else {
            return pick(
                "未入榜：\(explanation.reasons.count) 条原因", "left out: \(explanation.reasons.count) reason(s)")
        }
        var parts = [
            pick(
                "第 \(explanation.rank) 名，共 \(explanation.entryCount) 项",
                "rank \(explanation.rank) of \(explanation.entryCount)")
        ]
        if explanation.sharedBy > 1 {
            parts.append(
                pick("\(explanation.sharedBy) 项并列", "shared by \(explanation.sharedBy)"))
        }
        if explanation.grade > 0 {
            parts.append(pick("\(explanation.grade) 级", "grade \(explanation.grade)"))
        }
        if !explanation.score.isEmpty { parts.append(pick("综合值 ", "composite ") + explanation.score) }
        parts.append(
            pick(
                "\(explanation.advancedCore) 项核心指标先进", "\(explanation.advancedCore) core indicators advanced")
        )
        return parts.joined(separator: pick("，", ", "))
    }

    /// Declared value with its unit and, where it is adopted, of what; "—" without one.
    package func declared(_ indicator: RankingAPI.IndicatorExplanation) -> String {
        guard !indicator.declared.isEmpty else { return "—" }
        let unit = indicator.unit.isEmpty ? "" : " \(indicator.unit)"
        let source =
            indicator.provenance.isEmpty
            ? "" : pick("（\(indicator.provenance)）", " (\(indicator.provenance))")
        return language.word(indicator.declared) + unit + source
    }

    package func reason(_ reason: RankingAPI.ExclusionReason) -> String {
        pick(reason.textZh, reason.textEn) + " (\(reason.citation) \(reason.code))"
    }

    package func ahead(_ ahead: RankingAPI.AheadExplanation, _ explanation: RankingAPI.Explanation) -> String
    {
        let whose =
            ahead.enterprise.isEmpty
            ? pick("（不具名）", "(not named)") : "\(ahead.enterprise) \(ahead.key.dropFirst(19))"
        let others =
            ahead.sharedBy > 1 ? pick("等 \(ahead.sharedBy) 项", " and \(ahead.sharedBy - 1) more") : ""
        let what = deciding(ahead, explanation)
        let own = ahead.own.isEmpty ? pick("无", "none") : ahead.own
        return pick(
            "前一名次为第 \(ahead.rank) 名：\(whose)\(others)；决定先后的是\(what)：本项 \(own)，前者 \(ahead.better)",
            "the nearest better rank is \(ahead.rank): \(whose)\(others); what decides is \(what): "
                + "\(own) here, \(ahead.better) there")
    }

    private func deciding(
        _ ahead: RankingAPI.AheadExplanation, _ explanation: RankingAPI.Explanation
    ) -> String {
        let name =
            explanation.indicators.first { $0.indicator == ahead.decidingIndicator }?.name
            ?? ahead.decidingIndicator
        switch ahead.deciding {
        case "GRADE": return pick("等级", "the grade")
        case "ADVANCED_CORE_COUNT": return pick("先进的核心指标数", "the number of advanced core indicators")
        case "COMPOSITE": return pick("综合值", "the composite")
        case "SIGN": return pick("“\(name)”的符号或得分", "the sign or score of “\(name)”")
        default: return pick("“\(name)”", "“\(name)”")
        }
    }

    package func headline(_ improvement: RankingAPI.Improvement, _ aim: String) -> String {
        switch improvement.kind {
        case .anyOf: pick("\(aim)，以下任一项即可：", "\(aim), any one of these suffices:")
        case .allOf:
            pick(
                "\(aim)，没有单独一项足够；以下各项须一并达到，缺一不可",
                "\(aim), no single change suffices; all of these together do, and none can be left out")
                + (improvement.rank > 0
                    ? pick("（第 \(improvement.rank) 名）", " (rank \(improvement.rank))") : "")
                + pick("：", ":")
        case .unreachable, .unspecified, .unrecognized:
            pick("\(aim)：改变任何指标的要求都做不到。", "\(aim): no requirements on the scheme's indicators suffice.")
        }
    }

    package func change(_ change: RankingAPI.RequirementChange) -> String {
        let unit = change.unit.isEmpty ? "" : " \(change.unit)"
        let from = change.declared.isEmpty ? pick("未声明", "nothing declared") : "\(change.declared)\(unit)"
        var text = "\(change.name): \(from) → \(change.needed)\(unit)"
        if !change.distance.isEmpty {
            let percent = change.relativeDistance.isEmpty ? "" : ", \(Self.percent(change.relativeDistance))"
            text += pick("（差 \(change.distance)\(percent)）", " (by \(change.distance)\(percent))")
        }
        if change.levelAfter != change.levelBefore {
            text += pick("，达到", ", reaches ") + language.name(of: change.levelAfter)
        }
        if change.rank > 0 { text += pick("，第 \(change.rank) 名", ", rank \(change.rank)") }
        return text
    }

    /// "0.0326" as "3.26 %": the point two places on, nothing rounded.
    package static func percent(_ share: String) -> String {
        var parts = share.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 1 { parts.append("") }
        let fraction = parts[1] + String(repeating: "0", count: max(0, 2 - parts[1].count))
        let whole = String((parts[0] + fraction.prefix(2)).drop { $0 == "0" })
        let rest = fraction.dropFirst(2)
        return (whole.isEmpty ? "0" : whole) + (rest.isEmpty ? "" : "." + rest) + " %"
    }
}
