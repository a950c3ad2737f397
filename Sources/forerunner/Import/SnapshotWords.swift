import Contracts

/// A snapshot in one line for people.
enum SnapshotWords {
    static func line(_ snapshot: RankingAPI.Snapshot, _ language: Language) -> String {
        let summary = snapshot.summary ?? .init()
        let changes = snapshot.changes ?? .init()
        return language.pick(
            zh: "\(snapshot.id)：共\(summary.total)条，接收\(summary.accepted)条，退回\(summary.rejected)条；"
                + "新增\(changes.added)，变更\(changes.changed)，撤出\(changes.withdrawn)，"
                + "未变\(changes.unchanged)；现有标准\(summary.standards)项",
            en: "\(snapshot.id): \(summary.total) rows, \(summary.accepted) accepted, "
                + "\(summary.rejected) rejected; \(changes.added) new, \(changes.changed) changed, "
                + "\(changes.withdrawn) withdrawn, \(changes.unchanged) unchanged; "
                + "\(summary.standards) standards now")
    }
}
