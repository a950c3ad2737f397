import Authority
import Contracts
import Foundation
import GRDB
import Ledger
import Regulation
import Wire

// Answers of enterprises: the one that stands for each, and all that were ever recorded.
extension RankingStore {
    /// Later answers replace earlier ones, which stay on record; the head counts the enterprises that agree.
    func save(_ recorded: RankingAPI.ConsentsRecorded, at position: Int64) throws {
        for consent in recorded.consents {
            try database.run(
                """
                INSERT INTO consents (list_id, credit_code, given, given_on, position)
                VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (list_id, credit_code) DO UPDATE SET given = ?3, given_on = ?4, position = ?5
                """,
                .text(recorded.listId), .text(consent.enterpriseCode), .number(consent.given),
                .text(consent.givenOn), .number(position))
            let record = RankingAPI.ConsentRecord(
                consent: consent, recordedOn: recorded.recordedOn, recordedBy: recorded.recordedBy,
                position: position, resultDigest: recorded.resultDigest)
            try database.run(
                """
                INSERT INTO consent_answers (list_id, credit_code, position, payload) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (list_id, credit_code, position) DO UPDATE SET payload = ?4
                """,
                .text(recorded.listId), .text(consent.enterpriseCode), .number(position),
                .bytes(record.serialized()))
        }
        let count = try count(
            "SELECT count(*) FROM consents WHERE list_id = ? AND given = 1", [recorded.listId])
        // An answer is to either kind of list; there is none of the other kind with its id.
        try change(rankingList: recorded.listId) { $0.consentCount = UInt32(count) }
        try change(forerunnerList: recorded.listId) { $0.consentCount = UInt32(count) }
    }

    /// The answers that stand, by credit code.
    package func consents(_ listID: String) throws -> [String: Bool] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT credit_code, given FROM consents WHERE list_id = ?", arguments: [listID])
        return Dictionary(rows.map { ($0[0] as String, $0[1] as Bool) }) { first, _ in first }
    }

    /// Day of the answer that stands, by credit code.
    func consentDays(_ listID: String) throws -> [String: CivilDate] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT credit_code, given_on FROM consents WHERE list_id = ?",
            arguments: [listID])
        var days: [String: CivilDate] = [:]
        for row in rows { days[row[0]] = CivilDate(row[1] as String) }
        return days
    }

    /// Answers by credit code, then in the order of recording.
    func consentRecords(_ wanted: ConsentsWanted, _ page: PageBounds) throws -> [RankingAPI.ConsentRecord] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT a.payload, a.position = c.position FROM consent_answers a
                JOIN consents c ON c.list_id = a.list_id AND c.credit_code = a.credit_code
                WHERE \(ConsentsWanted.condition) ORDER BY a.credit_code, a.position LIMIT ?4 OFFSET ?5
                """, arguments: wanted.arguments + [page.limit, page.offset])
        return try rows.map { row in
            var record = try RankingAPI.ConsentRecord(serialized: Array(row[0] as Data))
            record.stands = row[1]
            return record
        }
    }

    func consentRecordCount(_ wanted: ConsentsWanted) throws -> Int {
        try count(
            """
            SELECT count(*) FROM consent_answers a
            JOIN consents c ON c.list_id = a.list_id AND c.credit_code = a.credit_code
            WHERE \(ConsentsWanted.condition)
            """, wanted.arguments)
    }

    /// Keys of an enterprise's entries on a list, in the list's order.
    func entryKeys(of listID: String, enterprise code: String) throws -> [String] {
        try String.fetchAll(
            database,
            sql: "SELECT key FROM ranking_entries WHERE list_id = ? AND credit_code = ? ORDER BY ordinal",
            arguments: [listID, code])
    }
}

/// Which answers are asked for.
struct ConsentsWanted {
    let listID: String
    /// Empty means all enterprises.
    let enterprise: String
    let standingOnly: Bool

    fileprivate static let condition = """
        a.list_id = ?1 AND (?2 = '' OR a.credit_code = ?2) AND (?3 = 0 OR a.position = c.position)
        """

    fileprivate var arguments: StatementArguments { [listID, enterprise, standingOnly] }
}
