import RankingService
import Regulation
import Transparency

/// How much a ranking depends on its weights, as a study reports it.
struct SensitivityReport {
    let sensitivity: Sensitivity
    let standards: [DeclaredStandard]
    let language: Language

    var report: StudyReport {
        StudyReport(
            summary: summary,
            head: ["rank", "best_rank", "worst_rank", "top_runs", "runs", "enterprise", "standard", "key"],
            rows: sensitivity.entries.map { entry in
                let standard = standards[entry.row]
                return [
                    "\(entry.rank)", "\(entry.bestRank)", "\(entry.worstRank)", "\(entry.topRunCount)",
                    "\(sensitivity.runs.count)", standard.enterpriseName, standard.number.text, entry.key,
                ]
            }, json: json)
    }

    private var summary: [String] {
        guard sensitivity.usesWeights, !sensitivity.indicators.isEmpty else {
            return [
                language.pick(
                    zh: "该方案的排序不使用权重，改变权重不影响名次。",
                    en: "this scheme's method orders by no weight, so no weight moves anything.")
            ]
        }
        let kept = sensitivity.runs.map(\.keptInTop).min() ?? 0
        let still = sensitivity.entries.count { $0.bestRank == $0.worstRank }
        let lines = sensitivity.runs.map { run in
            let changes = zip(sensitivity.indicators, run.changes).filter { $0.1 != 0 }
                .map { "\($0) \($1 > 0 ? "+" : "")\($1) %" }
            let agreement = run.agreement
            return language.pick(
                zh: "  \(changes.joined(separator: ", "))：τ \(agreement.tau)，\(agreement.discordant) / "
                    + "\(agreement.pairCount) 对换位，保留 \(run.keptInTop) / \(sensitivity.topCount)",
                en: "  \(changes.joined(separator: ", ")): τ \(agreement.tau), \(agreement.discordant) of "
                    + "\(agreement.pairCount) pairs swapped, \(run.keptInTop) of \(sensitivity.topCount) kept"
            )
        }
        return [
            language.pick(
                zh: "\(sensitivity.runs.count) 次计算：\(still) 项名次从未变动；"
                    + "前 \(sensitivity.top) 名的 \(sensitivity.topCount) 项至少保留 \(kept) 项",
                en: "\(sensitivity.runs.count) runs: \(still) entries never change rank; of the "
                    + "\(sensitivity.topCount) with rank \(sensitivity.top) or better at least \(kept) stay")
        ] + lines
    }

    private var json: CanonicalJSON {
        .object([
            "usesWeights": .truth(sensitivity.usesWeights), "top": .count(UInt32(sensitivity.top)),
            "topCount": .count(UInt32(sensitivity.topCount)),
            "indicators": .list(sensitivity.indicators.map { .text($0) }),
            "runs": .list(
                sensitivity.runs.map { run in
                    .object([
                        "changesPercent": .list(run.changes.map { .text("\($0)") }),
                        "tau": .text(run.agreement.tau.description),
                        "concordant": .text("\(run.agreement.concordant)"),
                        "discordant": .text("\(run.agreement.discordant)"),
                        "tied": .text("\(run.agreement.tied)"), "keptInTop": .count(UInt32(run.keptInTop)),
                    ])
                }),
            "entries": .list(
                sensitivity.entries.map { entry in
                    .object([
                        "key": .text(entry.key), "rank": .count(UInt32(entry.rank)),
                        "bestRank": .count(UInt32(entry.bestRank)),
                        "worstRank": .count(UInt32(entry.worstRank)),
                        "topRuns": .count(UInt32(entry.topRunCount)),
                    ])
                }),
        ])
    }
}
