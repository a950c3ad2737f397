import Foundation
package import GRDB

/// Personal data, from inside a read snapshot.
package enum PersonalRows {
    /// The data kept under `id`, or nil when there never were any or they were erased.
    package static func data(_ id: String, in database: Database) throws -> [UInt8]? {
        try database.personalPart(id)?.data
    }
}

extension Database {
    func personalPart(_ id: String) throws -> PersonalPart? {
        let statement = try cachedStatement(sql: "SELECT id, salt, data FROM personal WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map { try PersonalPart(row: $0) }
    }

    func insert(_ part: PersonalPart) throws {
        try run(
            "INSERT INTO personal (id, salt, data) VALUES (?, ?, ?)", .text(part.id), .bytes(part.salt),
            .bytes(part.data))
    }

    func erasePersonalPart(_ id: String) throws {
        try run("DELETE FROM personal WHERE id = ?", .text(id))
    }
}

extension PersonalPart {
    /// Reads the columns `id, salt, data`.
    init(row: Row) throws(LedgerError) {
        self.init(
            id: try row.stored(0), salt: Array(try row.stored(1) as Data),
            data: Array(try row.stored(2) as Data))
    }
}
