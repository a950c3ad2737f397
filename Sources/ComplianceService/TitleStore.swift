import Authority
package import Contracts
import Foundation
package import GRDB
import Ledger
import Wire

/// Reads and writes ComplianceService's projection rows; the only file with their SQL besides the schema.
package struct TitleStore {
    let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func title(_ id: String) throws -> ComplianceAPI.Title? {
        try one("SELECT payload FROM titles WHERE id = ?", id)
    }

    /// Titles found by id, credit code, name, standard number or model, by id; an empty query finds all.
    package func titles(
        matching query: String, offset: Int, limit: Int
    ) throws -> (titles: [ComplianceAPI.Title], total: Int) {
        let query = query.trimmingCharacters(in: .whitespacesAndNewlines)
        let condition = """
            FROM titles WHERE ?1 = '' OR id = ?1 OR enterprise_code = ?1
                OR instr(lower(enterprise_name), lower(?1)) > 0
                OR instr(
                    lower(replace(replace(standard_number, ' ', ''), '—', '-')),
                    lower(replace(replace(?1, ' ', ''), '—', '-'))) > 0
                OR instr(lower(models), lower(?1)) > 0
            """
        let total = try Int.fetchOne(database, sql: "SELECT count(*) \(condition)", arguments: [query]) ?? 0
        let titles: [ComplianceAPI.Title] = try Data.fetchAll(
            database, sql: "SELECT payload \(condition) ORDER BY id LIMIT ?2 OFFSET ?3",
            arguments: [query, limit, offset]
        ).map { try ComplianceAPI.Title(serialized: Array($0)) }
        return (titles, total)
    }

    package func spotChecks(of titleID: String) throws -> [ComplianceAPI.SpotCheck] {
        try Data.fetchAll(
            database, sql: "SELECT payload FROM spot_checks WHERE title_id = ? ORDER BY id",
            arguments: [titleID]
        ).map { try ComplianceAPI.SpotCheck(serialized: Array($0)) }
    }

    /// Bars whose last day has not passed on a day, by enterprise and title.
    package func bars(on day: String) throws -> [ComplianceAPI.Bar] {
        try Data.fetchAll(
            database,
            sql: """
                SELECT payload FROM bars WHERE decided_on <= ?1 AND last_day >= ?1
                ORDER BY enterprise_code, title_id
                """,
            arguments: [day]
        ).map { try ComplianceAPI.Bar(serialized: Array($0)) }
    }

    package func version(of stream: String) throws -> Int64 {
        try EventRows.version(of: stream, in: database)
    }

    func save(_ title: ComplianceAPI.Title) throws {
        let forerunner = title.forerunner ?? .init()
        try database.run(
            """
            INSERT INTO titles (id, enterprise_code, enterprise_name, standard_number, models,
                forerunner_list_id, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET payload = excluded.payload
            """,
            .text(title.id), .text(forerunner.enterprise?.creditCode ?? ""),
            .text(forerunner.enterprise?.name ?? ""), .text(forerunner.standardNumber),
            .text(forerunner.models.joined(separator: "\n")), .text(title.forerunnerListId),
            .bytes(title.serialized()))
    }

    func save(_ check: ComplianceAPI.SpotCheck) throws {
        try database.run(
            "INSERT INTO spot_checks (id, title_id, payload) VALUES (?, ?, ?)", .text(check.id),
            .text(check.titleId), .bytes(check.serialized()))
    }

    func save(_ bar: ComplianceAPI.Bar) throws {
        try database.run(
            """
            INSERT INTO bars (title_id, enterprise_code, decided_on, last_day, payload) VALUES (?, ?, ?, ?, ?)
            """,
            .text(bar.titleId), .text(bar.enterprise?.creditCode ?? ""), .text(bar.decidedOn),
            .text(bar.lastDay), .bytes(bar.serialized()))
    }

    func change(_ id: String, _ change: (inout ComplianceAPI.Title) -> Void) throws {
        guard var title = try title(id) else { return }
        change(&title)
        try save(title)
    }

    /// R19: the enterprise's other titles stay and say that their holder is barred.
    func flagOtherTitles(of bar: ComplianceAPI.Bar) throws {
        let others = try String.fetchAll(
            database, sql: "SELECT id FROM titles WHERE enterprise_code = ? AND id <> ?",
            arguments: [bar.enterprise?.creditCode ?? "", bar.titleId])
        for id in others { try change(id) { $0.holderBarred = true } }
    }

    /// R19 holds also for a title that was under way when its enterprise was barred.
    func isBarred(_ title: ComplianceAPI.Title) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM bars WHERE enterprise_code = ? AND last_day >= ?)",
            arguments: [title.forerunner?.enterprise?.creditCode ?? "", title.validFrom]) ?? false
    }

    private func one<Message: WireMessage>(_ sql: String, _ argument: String) throws -> Message? {
        try Data.fetchOne(database, sql: sql, arguments: [argument]).map {
            try Message(serialized: Array($0))
        }
    }
}
