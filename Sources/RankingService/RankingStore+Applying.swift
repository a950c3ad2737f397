import Authority
import Contracts
import GRDB
import Ledger
import Regulation
import Wire

// What events write; called by the projections only.
extension RankingStore {
    func save(_ snapshot: RankingAPI.Snapshot) throws {
        try database.run(
            "INSERT INTO snapshots (id, number, series, payload) VALUES (?, ?, ?, ?)", .text(snapshot.id),
            .number(snapshot.number), .text(snapshot.series), .bytes(snapshot.serialized()))
    }

    func save(_ scheme: RankingAPI.SchemeLearnt) throws {
        try database.run(
            "INSERT INTO schemes (id, payload) VALUES (?, ?)", .text(scheme.schemeId),
            .bytes(scheme.serialized()))
    }

    func insert(_ computed: RankingAPI.RankingList, at position: Int64) throws {
        let list = try numbered(computed)
        try database.run(
            """
            INSERT INTO ranking_lists (id, scheme_id, year, notice_id, computed_at, published_at, payload)
            VALUES (?, ?, ?, '', ?, 0, ?)
            """,
            .text(list.id), .text(list.schemeId), .number(list.period?.year ?? 0), .number(position),
            .bytes(list.serialized()))
    }

    func save(_ bars: [RankingAPI.BarUsed], of listID: String) throws {
        for (ordinal, bar) in bars.enumerated() {
            try database.run(
                "INSERT INTO ranking_bars (list_id, ordinal, payload) VALUES (?, ?, ?)", .text(listID),
                .number(ordinal), .bytes(bar.serialized()))
        }
    }

    func change(rankingList id: String, _ change: (inout RankingAPI.RankingList) -> Void) throws {
        guard var list = try rankingList(id) else { return }
        change(&list)
        try database.run(
            "UPDATE ranking_lists SET notice_id = ?, payload = ? WHERE id = ?",
            .text(list.notice?.id ?? ""), .bytes(list.serialized()), .text(id))
    }

    func publish(rankingList id: String, at position: Int64) throws {
        try database.run(
            "UPDATE ranking_lists SET published_at = ? WHERE id = ?", .number(position), .text(id))
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
        try database.run(
            """
            INSERT INTO forerunner_lists
                (id, ranking_list_id, scheme_id, notice_id, chosen_at, payload, published_keys)
            VALUES (?, ?, ?, '', ?, ?, '')
            """,
            .text(list.id), .text(list.rankingListId), .text(list.schemeId), .number(event.position),
            .bytes(list.serialized()))
    }

    func change(forerunnerList id: String, _ change: (inout RankingAPI.ForerunnerList) -> Void) throws {
        guard var list = try forerunnerList(id) else { return }
        change(&list)
        try database.run(
            "UPDATE forerunner_lists SET notice_id = ?, payload = ? WHERE id = ?",
            .text(list.notice?.id ?? ""), .bytes(list.serialized()), .text(id))
    }

    /// Notes which forerunners a publication named.
    func publish(_ list: RankingAPI.ForerunnerList) throws {
        let keys = try publishedKeys(list.id).union(list.forerunners.map(\.entryKey))
        try database.run(
            "UPDATE forerunner_lists SET published_keys = ? WHERE id = ?",
            .text(keys.sorted().joined(separator: "\n")), .text(list.id))
    }

    func insert(_ lodged: RankingAPI.ObjectionLodged, at position: Int64) throws {
        let objection = lodged.objection ?? .init()
        try database.run(
            """
            INSERT INTO objections (id, subject_id, notice_id, lodged_at, founded, payload)
            VALUES (?, ?, ?, ?, NULL, ?)
            """,
            .text(objection.id), .text(lodged.subjectId), .text(objection.noticeId), .number(position),
            .bytes(objection.serialized()))
    }

    func change(
        objection id: String, founded: Bool? = nil, _ change: (inout CommonAPI.Objection) -> Void
    ) throws {
        guard var objection = try objection(id)?.objection else { return }
        change(&objection)
        try database.run(
            "UPDATE objections SET founded = coalesce(?, founded), payload = ? WHERE id = ?",
            founded.map { .number($0) } ?? .null, .bytes(objection.serialized()), .text(id))
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
