import Authority
package import Contracts
import Foundation
package import GRDB
import Ledger
import Wire

/// Reads and writes RankingService's projection rows. `RankingStore+Rows` holds the bulk rows.
package struct RankingStore {
    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Version of a stream as this snapshot sees it; 0 when nothing happened yet.
    package func version(of stream: String) throws -> Int64 {
        try EventRows.version(of: stream, in: database)
    }

    // MARK: Reading

    package func snapshot(_ id: String) throws -> RankingAPI.Snapshot? {
        try one("SELECT payload FROM snapshots WHERE id = ?", [id])
    }

    package func snapshots() throws -> [RankingAPI.Snapshot] {
        try all("SELECT payload FROM snapshots ORDER BY id", [])
    }

    /// The last snapshot of a series.
    func lastSnapshot(of series: String) throws -> RankingAPI.Snapshot? {
        try one("SELECT payload FROM snapshots WHERE series = ? ORDER BY number DESC LIMIT 1", [series])
    }

    package func scheme(_ id: String) throws -> RankingAPI.SchemeLearnt? {
        try one("SELECT payload FROM schemes WHERE id = ?", [id])
    }

    /// Every scheme learnt, by id.
    package func schemes() throws -> [RankingAPI.SchemeLearnt] {
        try all("SELECT payload FROM schemes ORDER BY id", [])
    }

    package func rankingList(_ id: String) throws -> RankingAPI.RankingList? {
        try one("SELECT payload FROM ranking_lists WHERE id = ?", [id])
    }

    package func rankingList(underNotice id: String) throws -> RankingAPI.RankingList? {
        try one("SELECT payload FROM ranking_lists WHERE notice_id = ? AND notice_id <> ''", [id])
    }

    /// Lists of a scheme in the order in which they were computed; an empty id means every scheme.
    package func rankingLists(scheme: String) throws -> [RankingAPI.RankingList] {
        try all(
            "SELECT payload FROM ranking_lists WHERE ?1 = '' OR scheme_id = ?1 ORDER BY computed_at", [scheme]
        )
    }

    /// Whether another list of the scheme and year was published later than this one.
    package func isLastOfYear(_ list: RankingAPI.RankingList) throws -> Bool {
        let later = try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM ranking_lists WHERE scheme_id = ?1 AND year = ?2 AND published_at >
                    (SELECT published_at FROM ranking_lists WHERE id = ?3)
                """, arguments: [list.schemeId, Int(list.period?.year ?? 0), list.id])
        return later == 0
    }

    package func bars(usedBy listID: String) throws -> [RankingAPI.BarUsed] {
        try all("SELECT payload FROM ranking_bars WHERE list_id = ? ORDER BY ordinal", [listID])
    }

    package func forerunnerList(_ id: String) throws -> RankingAPI.ForerunnerList? {
        try one("SELECT payload FROM forerunner_lists WHERE id = ?", [id])
    }

    package func forerunnerList(underNotice id: String) throws -> RankingAPI.ForerunnerList? {
        try one("SELECT payload FROM forerunner_lists WHERE notice_id = ? AND notice_id <> ''", [id])
    }

    /// Lists of a scheme in the order of choosing; an empty id means every scheme.
    package func forerunnerLists(scheme: String) throws -> [RankingAPI.ForerunnerList] {
        try all(
            "SELECT payload FROM forerunner_lists WHERE ?1 = '' OR scheme_id = ?1 ORDER BY chosen_at",
            [scheme])
    }

    package func forerunnerLists(ranking id: String) throws -> [RankingAPI.ForerunnerList] {
        try all("SELECT payload FROM forerunner_lists WHERE ranking_list_id = ? ORDER BY chosen_at", [id])
    }

    /// Keys of the forerunners that publications of the list have named so far.
    package func publishedKeys(_ id: String) throws -> Set<String> {
        let text = try String.fetchOne(
            database, sql: "SELECT published_keys FROM forerunner_lists WHERE id = ?", arguments: [id])
        return Set((text ?? "").split(separator: "\n").map(String.init))
    }

    package func objection(_ id: String) throws -> (
        objection: CommonAPI.Objection, subject: String, founded: Bool?
    )? {
        let row = try Row.fetchOne(
            database, sql: "SELECT payload, subject_id, founded FROM objections WHERE id = ?", arguments: [id]
        )
        guard let row else { return nil }
        return (try CommonAPI.Objection(serialized: Array(row[0] as Data)), row[1], row[2])
    }

    /// Objections to a list in the order in which they came, of all its notices.
    package func objections(to subjectID: String) throws -> [CommonAPI.Objection] {
        try all("SELECT payload FROM objections WHERE subject_id = ? ORDER BY lodged_at", [subjectID])
    }

    func one<Message: WireMessage>(_ sql: String, _ arguments: StatementArguments) throws -> Message? {
        try Data.fetchOne(database, sql: sql, arguments: arguments).map {
            try Message(serialized: Array($0))
        }
    }

    func all<Message: WireMessage>(_ sql: String, _ arguments: StatementArguments) throws -> [Message] {
        try Data.fetchAll(database, sql: sql, arguments: arguments).map {
            try Message(serialized: Array($0))
        }
    }
}
