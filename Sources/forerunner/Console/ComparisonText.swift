import Contracts
import Regulation
import Transparency

/// A comparison of two lists in lines for people: one head, the inputs, and a line for each change.
struct ComparisonText {
    private let comparison: RankingAPI.CompareRankingsResponse
    private let language: Language

    init(_ comparison: RankingAPI.CompareRankingsResponse, _ language: Language) {
        self.comparison = comparison
        self.language = language
    }

    var text: String {
        var lines = [head(comparison.before, "-"), head(comparison.after, "+")]
        lines += comparison.inputs.map(text)
        lines.append(counts)
        lines += comparison.changes.flatMap(text)
        return lines.map { $0 + "\n" }.joined()
    }

    private func head(_ list: RankingAPI.RankingList?, _ sign: String) -> String {
        guard let list else { return sign }
        let quarter = list.period?.quarter ?? 0
        let period = "\(list.period?.year ?? 0)" + (quarter == 0 ? "" : "Q\(quarter)")
        let version = language.pick(zh: "第\(list.version)版", en: "version \(list.version)")
        let entries = language.pick(zh: "入榜\(list.entryCount)项", en: "\(list.entryCount) entries")
        return "\(sign) \(list.id)\t\(list.product)\t\(period)\t\(version)\t\(entries)\t\(list.computedOn)"
    }

    private func text(_ input: RankingAPI.InputChange) -> String {
        let name =
            switch input.name {
            case "SCHEME": language.pick(zh: "评估方案", en: "scheme")
            case "SNAPSHOT": language.pick(zh: "标准快照", en: "snapshot")
            case "STANDING": language.pick(zh: "限制名单", en: "standing")
            default: language.pick(zh: "结果", en: "result")
            }
        let before = Self.short(input.before)
        guard input.changed else {
            return "  \(name)\t" + language.pick(zh: "相同", en: "the same") + "\t\(before)"
        }
        return "  \(name)\t" + language.pick(zh: "不同", en: "differs")
            + "\t\(before) → \(Self.short(input.after))"
    }

    private var counts: String {
        let parts = comparison.counts.map { "\(Self.name($0.kind, language)) \($0.count)" }
        let same = language.pick(zh: "未变", en: "unchanged")
        return "  " + (parts + ["\(same) \(comparison.unchanged)"]).joined(separator: ", ")
    }

    private func text(_ change: RankingAPI.EntryChange) -> [String] {
        let models = change.models.joined(separator: "、")
        let place = [change.before, change.after].map { $0.map(Self.place) ?? "—" }
            .joined(separator: " → ")
        let head =
            "\(Self.name(change.kind, language))\t\(place)\t\(change.enterprise?.name ?? "")\t"
            + "\(change.standardNumber)\t\(models)"
        let values = change.indicators.map { indicator in
            "    \(indicator.name)\t\(side(indicator.declaredBefore, indicator.levelBefore)) → "
                + side(indicator.declaredAfter, indicator.levelAfter)
        }
        let reasons = change.reasons.map { reason in
            "    \(reason.citation) \(reason.code)\t" + language.pick(zh: reason.textZh, en: reason.textEn)
        }
        return [head] + values + reasons
    }

    private func side(_ declared: String, _ level: RankingAPI.Level) -> String {
        let level =
            switch level {
            case .advanced: language.pick(zh: "先进", en: "advanced")
            case .average: language.pick(zh: "平均", en: "average")
            case .baseline: language.pick(zh: "基准", en: "baseline")
            case .below: language.pick(zh: "低于基准", en: "below baseline")
            case .missing: language.pick(zh: "未声明", en: "not declared")
            case .notApplicable: language.pick(zh: "不适用", en: "not applicable")
            case .unspecified, .unrecognized: "—"
            }
        return declared.isEmpty ? level : "\(declared) (\(level))"
    }

    private static func place(_ place: RankingAPI.EntryPlace) -> String {
        place.score.isEmpty ? "\(place.rank)" : "\(place.rank) (\(place.score))"
    }

    private static func name(_ kind: RankingAPI.ChangeKind, _ language: Language) -> String {
        switch kind {
        case .entered: language.pick(zh: "新入榜", en: "entered")
        case .left: language.pick(zh: "退出", en: "left")
        case .movedUp: language.pick(zh: "上升", en: "up")
        case .movedDown: language.pick(zh: "下降", en: "down")
        case .values: language.pick(zh: "数值变化", en: "values")
        case .unspecified, .unrecognized: "?"
        }
    }

    private static func short(_ digest: [UInt8]) -> String {
        String(HexText.text(digest).prefix(12))
    }
}
