import Authority
import Contracts
import Foundation
import GRDB
import Ledger
import Regulation
import Wire

// What events write; called by the projections only.
extension RankingStore {
    func save(_ snapshot: RankingAPI.Snapshot) throws {
        try database.execute(
            sql: "INSERT INTO snapshots (id, number, series, payload) VALUES (?, ?, ?, ?)",
            arguments: [
                snapshot.id, Int(snapshot.number), snapshot.series, Data(snapshot.serialized()),
            ])
    }

    func save(_ scheme: RankingAPI.SchemeLearnt) throws {
        try database.execute(
            sql: "INSERT INTO schemes (id, payload) VALUES (?, ?)",
            arguments: [scheme.schemeId, Data(scheme.serialized())])
    }

    func insert(_ computed: RankingAPI.RankingList, at position: Int64) throws {
        let list = try numbered(computed)
        try database.execute(
            sql: """
                INSERT INTO ranking_lists (id, scheme_id, year, notice_id, computed_at, published_at, payload)
                VALUES (?, ?, ?, '', ?, 0, ?)
                """,
            arguments: [
                list.id, list.schemeId, Int(list.period?.year ?? 0), position, Data(list.serialized()),
            ])
    }

    func save(_ bars: [RankingAPI.BarUsed], of listID: String) throws {
        for (ordinal, bar) in bars.enumerated() {
            try database.execute(
                sql: "INSERT INTO ranking_bars (list_id, ordinal, payload) VALUES (?, ?, ?)",
                arguments: [listID, ordinal, Data(bar.serialized())])
        }
    }

    func change(rankingList id: String, _ change: (inout RankingAPI.RankingList) -> Void) throws {
        guard var list = try rankingList(id) else { return }
        change(&list)
        try database.execute(
            sql: "UPDATE ranking_lists SET notice_id = ?, payload = ? WHERE id = ?",
            arguments: [list.notice?.id ?? "", Data(list.serialized()), id])
    }

    func publish(rankingList id: String, at position: Int64) throws {
        try database.execute(
            sql: "UPDATE ranking_lists SET published_at = ? WHERE id = ?", arguments: [position, id])
    }

    /// A list chosen before lists of forerunners had consents of their own says neither what an answer to it
    /// names nor when it was chosen; both follow from its event.
    func insert(_ chosen: RankingAPI.ForerunnerList, by event: StoredEvent) throws {
        var list = chosen
        if list.digest.isEmpty {
            list.digest = ForerunnerDigest.digest(of: list)
            list.chosenOn = Instant(utcMicroseconds: event.moment).shanghaiDate.description
            list.enterpriseCount = UInt32(ForerunnerDecisions.enterprises(of: list).count)
        }
        try database.execute(
            sql: """
                INSERT INTO forerunner_lists
                    (id, ranking_list_id, scheme_id, notice_id, chosen_at, payload, published_keys)
                VALUES (?, ?, ?, '', ?, ?, '')
                """,
            arguments: [
                list.id, list.rankingListId, list.schemeId, event.position, Data(list.serialized()),
            ])
    }

    func change(forerunnerList id: String, _ change: (inout RankingAPI.ForerunnerList) -> Void) throws {
        guard var list = try forerunnerList(id) else { return }
        change(&list)
        try database.execute(
            sql: "UPDATE forerunner_lists SET notice_id = ?, payload = ? WHERE id = ?",
            arguments: [list.notice?.id ?? "", Data(list.serialized()), id])
    }

    /// Notes which forerunners a publication named.
    func publish(_ list: RankingAPI.ForerunnerList) throws {
        let keys = try publishedKeys(list.id).union(list.forerunners.map(\.entryKey))
        try database.execute(
            sql: "UPDATE forerunner_lists SET published_keys = ? WHERE id = ?",
            arguments: [keys.sorted().joined(separator: "\n"), list.id])
    }

    func insert(_ lodged: RankingAPI.ObjectionLodged, at position: Int64) throws {
        let objection = lodged.objection ?? .init()
        try database.execute(
            sql: """
                INSERT INTO objections (id, subject_id, notice_id, lodged_at, founded, payload)
                VALUES (?, ?, ?, ?, NULL, ?)
                """,
            arguments: [
                objection.id, lodged.subjectId, objection.noticeId, position, Data(objection.serialized()),
            ])
    }

    func change(
        objection id: String, founded: Bool? = nil, _ change: (inout CommonAPI.Objection) -> Void
    ) throws {
        guard var objection = try objection(id)?.objection else { return }
        change(&objection)
        try database.execute(
            sql: "UPDATE objections SET founded = coalesce(?, founded), payload = ? WHERE id = ?",
            arguments: [founded, Data(objection.serialized()), id])
    }

    /// A decision on the whole of a list ends its notice: upheld withdraws it, amend sends it back (R6).
    func decide(_ decided: RankingAPI.ObjectionDecided) throws {
        guard let objection = try objection(decided.objectionId)?.objection, objection.entries.isEmpty,
            let state = decided.outcome.stateOfWholeList
        else { return }
        try change(rankingList: decided.subjectId) {
            $0.state = state
            $0.notice?.state = .closed
        }
        try change(forerunnerList: decided.subjectId) {
            $0.state = state
            $0.notice?.state = .closed
        }
    }
}

extension CommonAPI.ObjectionState {
    /// What becomes of a list when an objection to the whole of it comes out like this; nil when it goes on.
    var stateOfWholeList: RankingAPI.ListState? {
        switch self {
        case .upheld: .withdrawn
        case .amend: .returned
        case .rejected, .received, .opinionGiven, .unspecified, .unrecognized: nil
        }
    }
}
