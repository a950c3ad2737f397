package import Contracts
import Foundation
package import GRDB
package import Regulation
import Wire

/// Reads the register of declared standards (企业标准自我声明公开): the rows of every snapshot, each stored once
/// for as long as it stays the same.
///
/// A row stands from the delivery `since` until the delivery `until`, 0 while it still does. The snapshot of
/// delivery n is what stands at n in the categories of its series.
package struct RegisterStore {
    let database: Database

    package init(database: Database) { self.database = database }

    /// A snapshot as the register knows it.
    package struct Place: Sendable, Hashable {
        package let series: String
        /// Number of the delivery, from 1.
        package let number: Int

        package init(_ snapshot: RankingAPI.Snapshot) {
            series = snapshot.series
            number = Int(snapshot.number)
        }
    }

    /// What `read` reads, in its order.
    static let selection = """
        SELECT standards.id, standards.number, standards.payload, standard_enterprises.credit_code
        FROM standards CROSS JOIN standard_enterprises ON standard_enterprises.id = standards.enterprise
        """

    // MARK: Standards of a snapshot

    /// The standards of one category, in the order in which they first came; an empty one means all.
    package func standards(of place: Place, category: String) throws -> [DeclaredStandard] {
        let rows = try rows(of: place, category: category)
        return try rows.rows.map { try rows.standard($0, withDeclarations: true) }
    }

    /// Some standards of a category behind an id, and the id of the last one.
    func standards(
        of place: Place, category: String, behind id: Int64?, limit: Int
    ) throws -> (standards: [DeclaredStandard], last: Int64)? {
        guard let number = try self.category(category, in: place.series) else { return nil }
        let rows = try read(
            """
            \(Self.selection)
            WHERE standards.id BETWEEN ? AND ? AND since <= ? AND (until = 0 OR until > ?)
            ORDER BY standards.id LIMIT \(limit)
            """, bounds(number, behind: id, place), category: { _ in category })
        guard let last = rows.last else { return nil }
        return (rows.map(\.standard), last.id)
    }

    private func bounds(_ category: Int, behind id: Int64?, _ place: Place) -> StatementArguments {
        let range = RegisterID.range(ofCategory: category)
        return [max(range.lowerBound, (id ?? 0) + 1), range.upperBound, place.number, place.number]
    }

    /// All standards of a key as `DeclaredStandard.key` writes it, in the order in which they first came.
    package func standards(key: String, of place: Place) throws -> [DeclaredStandard] {
        let code = String(key.prefix(CreditCode.characterCount))
        guard let enterprise = try enterprise(code) else { return [] }
        let names = try categoryNames()
        let wanted = key.filter { $0 != " " }.dropFirst(CreditCode.characterCount + 1)
        let rows = try read(
            """
            \(Self.selection)
            WHERE standards.id IN
                    (SELECT id FROM standard_numbers WHERE enterprise = ?1 AND instr(?2, number) = 1)
                AND since <= ?3 AND (until = 0 OR until > ?3)
            ORDER BY standards.id
            """, [enterprise, String(wanted), place.number],
            category: { names[$0]?.name ?? "" })
        return rows.filter { row in
            names[RegisterID(rawValue: row.id).category]?.series == place.series && row.standard.key == key
        }.map(\.standard)
    }

    // MARK: What rows point to

    func enterprise(_ code: String) throws -> Int? {
        try Int.fetchOne(
            database, sql: "SELECT id FROM standard_enterprises WHERE credit_code = ?", arguments: [code])
    }

    func category(_ name: String, in series: String) throws -> Int? {
        try Int.fetchOne(
            database, sql: "SELECT number FROM standard_categories WHERE series = ? AND name = ?",
            arguments: [series, name])
    }

    func categoryNames() throws -> [Int: (series: String, name: String)] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT number, series, name FROM standard_categories")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], ($0[1], $0[2])) })
    }

    func categories(of series: String) throws -> [(number: Int, name: String)] {
        try Row.fetchAll(
            database, sql: "SELECT number, name FROM standard_categories WHERE series = ? ORDER BY number",
            arguments: [series]
        ).map { ($0[0], $0[1]) }
    }

    /// What stands in a category, by its digest alone.
    func digests(inCategory number: Int, at delivery: Int) throws -> [StandardDigest] {
        let range = RegisterID.range(ofCategory: number)
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT digest FROM standards
                WHERE id BETWEEN ? AND ? AND since <= ? AND (until = 0 OR until > ?)
                """, arguments: [range.lowerBound, range.upperBound, delivery, delivery])
        var digests: [StandardDigest] = []
        while let row = try rows.next() {
            let digest = try row.withUnsafeData(atIndex: 0) { $0.flatMap { StandardDigest($0) } }
            guard let digest else { throw RowDamage.unknown("digest") }
            digests.append(digest)
        }
        return digests
    }

    // MARK: Rows

    struct StoredRow {
        let id: Int64
        let standard: DeclaredStandard
    }

    /// `sql` begins with `selection`, or selects the same.
    func read(
        _ sql: String, _ arguments: StatementArguments, category: (Int) -> String
    ) throws -> [StoredRow] {
        let tables = StoredTables(database)
        let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
        var standards: [StoredRow] = []
        while let row = try rows.next() {
            let id: Int64 = row[0]
            let code = try tables.creditCode(row[3])
            let standard = try row.withUnsafeData(atIndex: 2) { data -> DeclaredStandard? in
                try data?.withUnsafeBytes { bytes in
                    try StandardCoding.read(
                        bytes, enterprise: code, matchKey: row[1],
                        category: category(RegisterID(rawValue: id).category), tables)
                }
            }
            guard let standard else { throw RowDamage.cut }
            standards.append(StoredRow(id: id, standard: standard))
        }
        return standards
    }
}

/// Texts and shapes, looked up once each.
final class StoredTables: RegisterTables {
    private let database: Database
    private var shapes: [Int: StandardShape] = [:]
    private var texts: [Int: String] = [:]
    private var codes: [String: CreditCode] = [:]

    init(_ database: Database) { self.database = database }

    func shape(_ number: Int) throws -> StandardShape {
        if let known = shapes[number] { return known }
        let payload = try Data.fetchOne(
            database.cachedStatement(sql: "SELECT payload FROM standard_shapes WHERE id = ?"),
            arguments: [number])
        guard let payload,
            let shape = StandardShape(try StandardsAPI.DeclaredStandard(serialized: Array(payload)))
        else { throw RowDamage.unknown("shape \(number)") }
        shapes[number] = shape
        return shape
    }

    func text(_ place: Int) throws -> String {
        if let known = texts[place] { return known }
        let text = try String.fetchOne(
            database.cachedStatement(sql: "SELECT text FROM standard_texts WHERE id = ?"),
            arguments: [place])
        guard let text else { throw RowDamage.unknown("text \(place)") }
        texts[place] = text
        return text
    }

    func creditCode(_ text: String) throws -> CreditCode {
        if let known = codes[text] { return known }
        let code = try CreditCode(text)
        codes[text] = code
        return code
    }
}
