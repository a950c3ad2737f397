import Contracts
import Foundation
import GRDB
import Ledger
import Wire

/// Reads and writes the projection rows of credentials.
struct CredentialStore {
    struct Row {
        let credential: ComplianceAPI.Credential
        /// Position of the event that issued it.
        let position: Int64
    }

    let database: Database

    func credential(of titleID: String) throws -> Row? {
        let row = try GRDB.Row.fetchOne(
            database, sql: "SELECT payload, position FROM credentials WHERE title_id = ?",
            arguments: [titleID])
        return try row.map { row in
            Row(
                credential: try ComplianceAPI.Credential(serialized: Array(row["payload"] as Data)),
                position: row["position"])
        }
    }

    /// Titles that have no credential yet, by id, after one. Looks at every title behind it.
    func titlesWithout(after id: String, limit: Int) throws -> [ComplianceAPI.Title] {
        try Data.fetchAll(
            database,
            sql: """
                SELECT payload FROM titles
                WHERE id > ? AND NOT EXISTS (SELECT 1 FROM credentials WHERE title_id = titles.id)
                ORDER BY id LIMIT ?
                """,
            arguments: [id, limit]
        ).map { try ComplianceAPI.Title(serialized: Array($0)) }
    }

    /// Number of the list that is being filled, and how many titles it has.
    func lastList() throws -> (number: Int, count: Int) {
        let row = try GRDB.Row.fetchOne(
            database, sql: "SELECT number, title_count FROM status_lists ORDER BY number DESC LIMIT 1")
        return row.map { ($0["number"], $0["title_count"]) } ?? (0, 0)
    }

    func isFree(list: Int, index: Int) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT NOT EXISTS (SELECT 1 FROM credentials WHERE list = ? AND place = ?)",
            arguments: [list, index]) ?? false
    }

    /// Places of a list whose titles were cancelled.
    func ended(inList number: Int) throws -> [Int] {
        try Int.fetchAll(
            database, sql: "SELECT place FROM credentials WHERE list = ? AND is_ended = 1",
            arguments: [number])
    }

    /// How many titles were cancelled: the lists are as new as this number.
    func endedCount() throws -> Int {
        try Int.fetchOne(database, sql: "SELECT sum(ended_count) FROM status_lists") ?? 0
    }

    func save(_ credential: ComplianceAPI.Credential, at position: Int64) throws {
        let isEnded = try TitleStore(database: database).title(credential.titleId)?.state == .cancelled
        try database.run(
            """
            INSERT INTO credentials (title_id, list, place, is_ended, position, payload)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            .text(credential.titleId), .number(credential.statusList), .number(credential.statusIndex),
            .number(isEnded), .number(position), .bytes(credential.serialized()))
        try count(list: Int(credential.statusList), titles: 1, ended: isEnded ? 1 : 0)
    }

    /// Does nothing for a title that was not handed out: it is ended from the first when it is.
    func end(_ titleID: String) throws {
        let list = try Int.fetchOne(
            database,
            sql: "UPDATE credentials SET is_ended = 1 WHERE title_id = ? AND is_ended = 0 RETURNING list",
            arguments: [titleID])
        if let list { try count(list: list, titles: 0, ended: 1) }
    }

    private func count(list: Int, titles: Int, ended: Int) throws {
        try database.run(
            """
            INSERT INTO status_lists (number, title_count, ended_count) VALUES (?, ?, ?)
            ON CONFLICT (number) DO UPDATE SET title_count = title_count + excluded.title_count,
                ended_count = ended_count + excluded.ended_count
            """, .number(list), .number(titles), .number(ended))
    }
}
