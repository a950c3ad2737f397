package import Contracts
import Authority
import Foundation
package import GRDB
import Ledger
import Wire

/// Reads and writes SchemeService's projection rows; the only file with their SQL besides the schema.
package struct SchemeStore {
    let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func keyField(_ code: String) throws -> SchemeAPI.KeyField? {
        try one("SELECT payload FROM key_fields WHERE code = ?", code)
    }

    /// All key fields of a year, by code; year 0 means every year.
    package func keyFields(year: Int) throws -> [SchemeAPI.KeyField] {
        try all("SELECT payload FROM key_fields WHERE ?1 = 0 OR year = ?1 ORDER BY code", year)
    }

    package func expert(_ id: String) throws -> SchemeAPI.Expert? {
        try one("SELECT payload FROM experts WHERE id = ?", id)
    }

    /// The experts named, in that order; an unknown id is NOT_FOUND.
    package func experts(_ ids: [String]) throws -> [SchemeAPI.Expert] {
        try ids.map { try Fields.found(try expert($0), "expert", $0) }
    }

    /// Version of a stream as this snapshot sees it; 0 when nothing happened yet.
    package func version(of stream: String) throws -> Int64 {
        try EventRows.version(of: stream, in: database)
    }

    package func call(_ id: String) throws -> SchemeAPI.Call? {
        try one("SELECT payload FROM calls WHERE id = ?", id)
    }

    package func calls() throws -> [SchemeAPI.Call] {
        try all("SELECT payload FROM calls WHERE ? = 0 ORDER BY id", 0)
    }

    package func application(_ id: String) throws -> SchemeAPI.Application? {
        try one("SELECT payload FROM applications WHERE id = ?", id)
    }

    /// The application as it was handed in, less what was erased.
    package func withPersonalData(_ application: SchemeAPI.Application) throws -> SchemeAPI.Application {
        guard let data = try PersonalRows.data(application.id, in: database) else { return application }
        var application = application
        application.agency = application.agency?.with(try CommonAPI.PersonalData(serialized: data))
        return application
    }

    package func application(underNotice noticeID: String) throws -> SchemeAPI.Application? {
        try one("SELECT payload FROM applications WHERE notice_id = ?", noticeID)
    }

    package func application(withObjection objectionID: String) throws -> SchemeAPI.Application? {
        try one(
            """
            SELECT a.payload FROM objections o JOIN applications a ON a.id = o.application_id WHERE o.id = ?
            """, objectionID)
    }

    package func applicationsWithNotice() throws -> [SchemeAPI.Application] {
        try all("SELECT payload FROM applications WHERE notice_id <> ? ORDER BY id", "")
    }

    package func scheme(_ id: String) throws -> SchemeAPI.PublishedScheme? {
        try one("SELECT payload FROM schemes WHERE id = ?", id)
    }

    /// Published schemes of a key field, by id; an empty code means every field.
    package func schemes(keyField: String) throws -> [SchemeAPI.PublishedScheme] {
        try all("SELECT payload FROM schemes WHERE ?1 = '' OR key_field = ?1 ORDER BY id", keyField)
    }

    func save(_ keyField: SchemeAPI.KeyField) throws {
        try database.run(
            "INSERT INTO key_fields (code, year, payload) VALUES (?, ?, ?)", .text(keyField.code),
            .number(keyField.year), .bytes(keyField.serialized()))
    }

    func save(_ expert: SchemeAPI.Expert) throws {
        try database.run(
            "INSERT INTO experts (id, payload) VALUES (?, ?)", .text(expert.id), .bytes(expert.serialized()))
    }

    func save(_ call: SchemeAPI.Call) throws {
        try database.run(
            "INSERT INTO calls (id, key_field, payload) VALUES (?, ?, ?)", .text(call.id),
            .text(call.keyField), .bytes(call.serialized()))
    }

    func save(_ application: SchemeAPI.Application) throws {
        try database.run(
            """
            INSERT INTO applications (id, call_id, key_field, agency_code, notice_id, payload)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET notice_id = excluded.notice_id, payload = excluded.payload
            """,
            .text(application.id), .text(application.callId), .text(application.keyField),
            .text(application.agency?.institution?.creditCode ?? ""), .text(application.notice?.id ?? ""),
            .bytes(application.serialized()))
    }

    func save(_ scheme: SchemeAPI.PublishedScheme) throws {
        try database.run(
            "INSERT INTO schemes (id, key_field, payload) VALUES (?, ?, ?)", .text(scheme.id),
            .text(scheme.scheme?.keyField ?? ""), .bytes(scheme.serialized()))
    }

    func change(_ id: String, _ change: (inout SchemeAPI.Application) -> Void) throws {
        guard var application = try application(id) else { return }
        change(&application)
        try save(application)
    }

    func index(objection: String, of applicationID: String) throws {
        try database.run(
            "INSERT INTO objections (id, application_id) VALUES (?, ?)", .text(objection),
            .text(applicationID))
    }

    private func one<Message: WireMessage>(_ sql: String, _ argument: String) throws -> Message? {
        try Data.fetchOne(database, sql: sql, arguments: [argument]).map {
            try Message(serialized: Array($0))
        }
    }

    private func all<Message: WireMessage>(
        _ sql: String, _ argument: some DatabaseValueConvertible
    ) throws -> [Message] {
        try Data.fetchAll(database, sql: sql, arguments: [argument]).map {
            try Message(serialized: Array($0))
        }
    }
}
