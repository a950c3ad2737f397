import Charts
import Contracts
import RankingService
import Regulation
import Transparency

/// What an enterprise's standards still miss, as a study reports it.
struct GapReport {
    let analysis: GapAnalysis
    let standards: [DeclaredStandard]
    let language: Language

    var report: StudyReport {
        StudyReport(
            summary: analysis.subjects.flatMap(summary),
            head: [
                "key", "rank", "aim", "indicator", "declared", "needed", "unit", "distance",
                "relative_distance", "level_before", "level_after",
            ],
            rows: analysis.subjects.flatMap { subject in
                subject.gaps.flatMap { gap in gap.missed.map { row(subject, gap, $0) } }
            }, json: json)
    }

    private func summary(_ subject: GapAnalysis.Subject) -> [String] {
        let standard = standards[subject.row]
        let place =
            subject.rank.map { language.pick(zh: "第 \($0) 名", en: "rank \($0)") }
            ?? language.pick(zh: "未入榜", en: "left out")
        let models = standard.models.joined(separator: "、")
        let head = "\(standard.enterpriseName) \(standard.number) \(models): \(place)"
        let reasons = subject.reasons.map {
            "  - " + language.pick(zh: $0.messageZH, en: $0.messageEN) + " (\($0.code))"
        }
        let gaps = subject.gaps.map { gap -> String in
            let count = gap.missed.count
            guard gap.isReachable else {
                return "  "
                    + language.pick(zh: "\(words(gap.aim))：靠指标要求达不到", en: "\(words(gap.aim)): out of reach")
            }
            guard count > 0 else {
                return "  " + language.pick(zh: "\(words(gap.aim))：已达到", en: "\(words(gap.aim)): reached")
            }
            let limits = gap.missed.map { "\($0.indicator.code) \($0.needed)" }.joined(separator: ", ")
            return "  "
                + language.pick(
                    zh: "距\(words(gap.aim))还差 \(count) 项：\(limits)",
                    en: "\(count) limit(s) from \(words(gap.aim)): \(limits)")
        }
        return [head] + reasons + gaps
    }

    private func words(_ aim: GapAnalysis.Aim) -> String {
        switch aim {
        case .admission: language.pick(zh: "入榜", en: "being ranked")
        case .grade(let grade): language.pick(zh: "\(grade) 级", en: "grade \(grade)")
        case .forerunnerCut(let rank):
            language.pick(zh: "领跑者（前 \(rank) 名）", en: "forerunner (rank \(rank) or better)")
        case .allAdvanced: language.pick(zh: "全部先进", en: "all advanced")
        }
    }

    private static func code(_ aim: GapAnalysis.Aim) -> String {
        switch aim {
        case .admission: "ADMISSION"
        case .grade(let grade): "GRADE \(grade)"
        case .forerunnerCut(let rank): "FORERUNNER \(rank)"
        case .allAdvanced: "ALL_ADVANCED"
        }
    }

    private func row(
        _ subject: GapAnalysis.Subject, _ gap: GapAnalysis.Gap, _ change: RequirementChange
    ) -> [String] {
        [
            subject.key, subject.rank.map { "\($0)" } ?? "", Self.code(gap.aim), change.indicator.code,
            change.declared, change.needed, change.unit, change.distance?.description ?? "",
            change.relativeDistance?.description ?? "", word(change.levelBefore), word(change.levelAfter),
        ]
    }

    private func word(_ level: Level) -> String {
        language.chart.name(of: RankingAPI.Level(rawValue: Int32(level.rawValue)))
    }

    private var json: CanonicalJSON {
        .object([
            "cutRank": .count(UInt32(analysis.cutRank)),
            "standards": .list(
                analysis.subjects.map { subject in
                    var members: JSONMembers = [
                        "key": .text(subject.key),
                        "reasons": .list(subject.reasons.map { .text($0.code) }),
                        "gaps": .list(subject.gaps.map(json)),
                    ]
                    members["rank"] = subject.rank.map { .count(UInt32($0)) }
                    members["grade"] = subject.grade.map { .count(UInt32($0)) }
                    return .object(members)
                }),
        ])
    }

    private func json(_ gap: GapAnalysis.Gap) -> CanonicalJSON {
        .object([
            "aim": .text(Self.code(gap.aim)), "reachable": .truth(gap.isReachable),
            "missedCount": .count(UInt32(gap.missed.count)),
            "missed": .list(
                gap.missed.map { change in
                    .object([
                        "indicator": .text(change.indicator.code), "declared": .text(change.declared),
                        "needed": .text(change.needed), "unit": .text(change.unit),
                        "distance": .text(change.distance?.description ?? ""),
                        "relativeDistance": .text(change.relativeDistance?.description ?? ""),
                    ])
                }),
        ])
    }
}
