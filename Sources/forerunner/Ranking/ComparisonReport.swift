import Charts
import Contracts
import RankingService
import Regulation
import Transparency

/// A comparison of two results, as a study reports it.
struct ComparisonReport {
    let comparison: ResultComparison
    let before: RankingResult
    let after: RankingResult
    let language: Language

    func report(_ title: String, remarks: [String]) -> StudyReport {
        let moves = [("entered", comparison.entered), ("left", comparison.left), ("moved", comparison.moved)]
        let rises = comparison.rises.map { rise in
            language.pick(
                zh: "\(rise.indicator)：\(rise.risen) 项上升，\(rise.fallen) 项下降",
                en: "\(rise.indicator): \(rise.risen) rose, \(rise.fallen) fell")
        }
        let counts = language.pick(
            zh: "\(title)：新入榜 \(comparison.entered.count) 项，退出 \(comparison.left.count) 项，变动 "
                + "\(comparison.moved.count) 项，不变 \(comparison.unchangedCount) 项",
            en: "\(title): \(comparison.entered.count) entered, \(comparison.left.count) left, "
                + "\(comparison.moved.count) moved, \(comparison.unchangedCount) unchanged")
        return StudyReport(
            summary: [counts] + rises + remarks,
            head: [
                "change", "rank_before", "rank_after", "grade_before", "grade_after", "score_before",
                "score_after", "enterprise", "standard", "key", "levels",
            ],
            rows: moves.flatMap { name, moves in moves.map { row(name, $0) } }, json: json(moves))
    }

    private func standard(of move: ResultComparison.Move) -> DeclaredStandard? {
        move.afterRow.map { after.standards[$0] } ?? move.beforeRow.map { before.standards[$0] }
    }

    private func row(_ name: String, _ move: ResultComparison.Move) -> [String] {
        let standard = standard(of: move)
        return [
            name, move.before.map { "\($0.rank)" } ?? "", move.after.map { "\($0.rank)" } ?? "",
            move.before?.grade.map { "\($0)" } ?? "", move.after?.grade.map { "\($0)" } ?? "",
            move.before?.composite?.description ?? "", move.after?.composite?.description ?? "",
            standard?.enterpriseName ?? "", standard?.number.text ?? "", move.key,
            move.levelChanges.map { "\($0.indicator): \(word($0.before)) → \(word($0.after))" }
                .joined(separator: "; "),
        ]
    }

    private func word(_ level: Level) -> String {
        language.chart.name(of: RankingAPI.Level(rawValue: Int32(level.rawValue)))
    }

    private func json(_ moves: [(String, [ResultComparison.Move])]) -> CanonicalJSON {
        var members = JSONMembers()
        for (name, moves) in moves { members[name] = .list(moves.map(json)) }
        members["unchanged"] = .count(UInt32(comparison.unchangedCount))
        members["levels"] = .list(
            comparison.rises.map { rise in
                .object([
                    "indicator": .text(rise.indicator), "risen": .count(UInt32(rise.risen)),
                    "fallen": .count(UInt32(rise.fallen)),
                ])
            })
        return .object(members)
    }

    private func json(_ move: ResultComparison.Move) -> CanonicalJSON {
        var members: JSONMembers = ["key": .text(move.key)]
        members["before"] = move.before.map(json)
        members["after"] = move.after.map(json)
        if !move.levelChanges.isEmpty {
            members["levels"] = .list(
                move.levelChanges.map { change in
                    .object([
                        "indicator": .text(change.indicator), "before": .text("\(change.before)"),
                        "after": .text("\(change.after)"),
                    ])
                })
        }
        return .object(members)
    }

    private func json(_ entry: RankedEntry) -> CanonicalJSON {
        var members: JSONMembers = ["rank": .count(UInt32(entry.rank))]
        members["grade"] = entry.grade.map { .count(UInt32($0)) }
        members["score"] = entry.composite.map {
            .text($0.text(fractionDigits: IndicatorScore.fractionDigits))
        }
        return .object(members)
    }
}
