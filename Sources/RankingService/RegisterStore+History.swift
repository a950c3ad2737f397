import Contracts
import Foundation
import GRDB
import Regulation
import Wire

// Pages of a snapshot, and what became of a standard from delivery to delivery.
extension RegisterStore {
    /// Versions that one answer has at most: one a delivery and model.
    private static let versionCountMax = 500

    /// A page of one category, and how many standards it has.
    func standards(
        of place: Place, category: String, offset: Int, limit: Int
    ) throws -> (standards: [DeclaredStandard], total: Int) {
        guard let number = try self.category(category, in: place.series) else { return ([], 0) }
        let range = RegisterID.range(ofCategory: number)
        let found = """
            FROM standards WHERE standards.id BETWEEN ?1 AND ?2
                AND since <= ?3 AND (until = 0 OR until > ?3)
            """
        let arguments: StatementArguments = [range.lowerBound, range.upperBound, place.number]
        return try page(found, arguments, offset, limit) { _ in category }
    }

    /// A page of what one enterprise declared in the series, and how much it is.
    func standards(
        of place: Place, enterprise code: String, offset: Int, limit: Int
    ) throws -> (standards: [DeclaredStandard], total: Int) {
        guard let enterprise = try self.enterprise(code) else { return ([], 0) }
        let names = try categoryNames()
        let found = """
            FROM standards WHERE standards.id IN (SELECT id FROM standard_numbers WHERE enterprise = ?1)
                AND since <= ?3 AND (until = 0 OR until > ?3)
                AND standards.id >> \(RegisterID.placeBits) IN
                    (SELECT number FROM standard_categories WHERE series = ?2)
            """
        return try page(found, [enterprise, place.series, place.number], offset, limit) {
            names[$0]?.name ?? ""
        }
    }

    private func page(
        _ found: String, _ arguments: StatementArguments, _ offset: Int, _ limit: Int,
        _ category: (Int) -> String
    ) throws -> (standards: [DeclaredStandard], total: Int) {
        let total = try Int.fetchOne(database, sql: "SELECT count(*) \(found)", arguments: arguments)
        let rows = try read(
            """
            SELECT rows.id, rows.number, rows.payload, standard_enterprises.credit_code
            FROM (SELECT * \(found) ORDER BY standards.id LIMIT \(limit) OFFSET \(offset)) AS rows
                CROSS JOIN standard_enterprises ON standard_enterprises.id = rows.enterprise
            ORDER BY rows.id
            """, arguments, category: category)
        return (rows.map(\.standard), total ?? 0)
    }

    /// Every version of an enterprise's standard, in the order of the deliveries that brought them.
    func versions(of subject: (enterprise: Int, number: String)) throws -> [RankingAPI.StandardVersion] {
        let names = try categoryNames()
        let rows = try read(
            """
            \(Self.selection)
            WHERE standards.id IN (SELECT id FROM standard_numbers WHERE enterprise = ? AND number = ?)
                AND since IN (SELECT number FROM snapshots)
            ORDER BY since, standards.id LIMIT \(Self.versionCountMax)
            """, [subject.enterprise, subject.number]
        ) { names[$0]?.name ?? "" }
        return try rows.map { row in
            let place = try Row.fetchOne(
                database,
                sql: """
                    SELECT origin, first.payload, last.payload FROM standards
                        LEFT JOIN snapshots AS first ON first.number = since
                        LEFT JOIN snapshots AS last ON last.number = until
                    WHERE standards.id = ?
                    """, arguments: [row.id])
            guard let place else { throw RowDamage.unknown("row \(row.id)") }
            let first = try (place[1] as Data?).map { try RankingAPI.Snapshot(serialized: Array($0)) }
            let last = try (place[2] as Data?).map { try RankingAPI.Snapshot(serialized: Array($0)) }
            let origin: Int64 = place[0]
            return RankingAPI.StandardVersion(
                standardId: origin == 0 ? row.id : origin, standard: .init(row.standard),
                sinceSnapshot: first?.id ?? "", untilSnapshot: last?.id ?? "",
                sinceCutoff: first?.cutoff ?? "", untilCutoff: last?.cutoff ?? "")
        }
    }

    /// Numbers of the enterprise that differ from this one in the year alone.
    func editions(
        of subject: (enterprise: Int, number: String)
    ) throws -> (earlier: [String], later: [String]) {
        guard let number = try? StandardNumber(subject.number), let year = number.year else {
            return ([], [])
        }
        let keys = try Row.fetchAll(
            database,
            sql: """
                SELECT number, min(id) FROM standards
                WHERE id IN (SELECT id FROM standard_numbers WHERE enterprise = ?)
                    AND since IN (SELECT number FROM snapshots)
                GROUP BY number ORDER BY number
                """, arguments: [subject.enterprise])
        let stem = number.withoutYear
        let ids = keys.compactMap { row -> Int64? in
            let other = try? StandardNumber(row[0] as String)
            return other?.withoutYear == stem && other?.year != year ? row[1] : nil
        }
        // As they are printed, which a match key does not tell.
        let others = try ids.flatMap { id in
            try read(
                """
                \(Self.selection)
                WHERE standards.id = ?
                """, [id]
            ) { _ in "" }
        }.map(\.standard.number)
        return (
            others.filter { $0.year ?? 0 < year }.map(\.text),
            others.filter { $0.year ?? 0 > year }.map(\.text)
        )
    }
}

extension StandardNumber {
    /// The match key up to the dash before the year.
    fileprivate var withoutYear: Substring {
        matchKey.lastIndex(of: "—").map { matchKey[..<$0] } ?? matchKey[...]
    }
}
