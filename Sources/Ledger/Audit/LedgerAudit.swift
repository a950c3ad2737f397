import GRDB

/// An independent look at a whole store: everything that can be computed again is, and compared.
///
/// Checked, in this order: the file (SQLite's integrity check), application id, schema and mark; the chain
/// over all events, positions and versions without gaps; every request's answer and seal, and that the
/// requests account for every event and cursor; personal data against what events say of them; projection
/// tables row for row against a replay into an empty database; bulk rows by the projector's own check. All of
/// it in one read transaction, so a store may be served meanwhile.
package enum LedgerAudit {
    /// Throws only when the store cannot be looked at; everything found is in the report.
    package static func run(
        path: String, projector: any Projector,
        progress: @escaping @Sendable (LedgerProgress) -> Void = { _ in }
    ) throws(LedgerError) -> AuditReport {
        let path = StorePath.absolute(path)
        let store = try ReadOnlyStore(path)
        defer { store.close() }
        do {
            return try store.queue.read { database in
                var pass = AuditPass(
                    live: database, projector: projector, progress: progress,
                    report: AuditReport(path: path, isLive: store.isLive))
                pass.run()
                return pass.report
            }
        } catch {
            throw LedgerError(error, while: "auditing \(path)")
        }
    }
}

/// One audit in its read transaction.
struct AuditPass {
    let live: Database
    let projector: any Projector
    let progress: @Sendable (LedgerProgress) -> Void
    var report: AuditReport
    var personal = PersonalAccount()

    /// Each check goes on where the one before failed, as far as that makes sense.
    mutating func run() {
        attempt("file") { try $0.checkPages() }
        attempt("schema") { try $0.checkSchema() }
        attempt("store") { try $0.checkMark() }
        attempt("events") { try $0.checkEvents() }
        attempt("requests") { try $0.checkRequests() }
        attempt("cursors") { try $0.checkCursors() }
        attempt("personal") { try $0.checkPersonalData() }
        attempt("bulk") { try $0.checkBulk() }
    }

    private mutating func attempt(_ place: String, _ check: (inout AuditPass) throws -> Void) {
        do {
            try check(&self)
        } catch {
            report.report(place, "cannot be read: \(LedgerError(error, while: "auditing").message)")
        }
    }

    private mutating func checkPages() throws {
        progress(LedgerProgress(stage: .pages, done: 0, total: 1))
        let verdicts = try String.fetchAll(
            live, sql: "PRAGMA integrity_check(\(LedgerLimits.problemCountMax))")
        for verdict in verdicts where verdict != "ok" { report.report("file", verdict) }
        for row in try Row.fetchAll(live, sql: "PRAGMA foreign_key_check") {
            let table: String = row[0] ?? "unknown"
            report.report("projection \(table)", "a row refers to another that is not there")
        }
        progress(LedgerProgress(stage: .pages, done: 1, total: 1))
    }

    /// Tables, indexes and triggers as this release makes them, nothing missing and nothing added.
    private mutating func checkSchema() throws {
        let applicationID = try Int32.fetchOne(live, sql: "PRAGMA application_id")
        if applicationID != LedgerSchema.applicationID { report.report("file", "has another application id") }
        let version = try Int32.fetchOne(live, sql: "PRAGMA user_version")
        if version != LedgerSchema.version { report.report("file", "has another schema number") }
        guard try ProjectionTables.areCurrent(live, projector) else {
            report.report("schema", "projections were made by another release; rebuild them")
            return
        }
        guard try ProjectionTables.isBulkCurrent(live, projector) else {
            report.report("schema", "bulk tables were made by another release")
            return
        }
        let expected = try AuditReplay.emptyStore(projector).read { try Self.schema($0) }
        let found = try Self.schema(live)
        for (name, sql) in expected.sorted(by: { $0.key < $1.key }) where found[name] != sql {
            report.report("schema \(name)", found[name] == nil ? "is missing" : "was changed")
        }
        for name in found.keys.sorted() where expected[name] == nil {
            report.report("schema \(name)", "is not ours")
        }
    }

    /// Name of each table, index and trigger, with its table and the SQL that made it (none for automatic
    /// indexes).
    private static func schema(_ database: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT type || ' ' || name, tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema")
        return try Dictionary(rows.map { (try $0.stored(0), try $0.stored(1)) }) { first, _ in first }
    }

    private mutating func checkMark() throws {
        let known = Set(StoreKey.allCases.map(\.rawValue))
        let found = try String.fetchSet(live, sql: "SELECT key FROM store")
        for key in known.symmetricDifference(found).sorted() {
            report.report("store \(key)", known.contains(key) ? "is missing" : "is not ours")
        }
        if try ProjectionTables.recordedTables(live) != Set(projector.tables) {
            report.report("store \(StoreKey.projectionTables.rawValue)", "does not name the projections")
        }
        report.mark = try live.storeMark(report.path)
    }

    private mutating func checkBulk() throws {
        guard !projector.bulkTables.isEmpty else { return }
        progress(LedgerProgress(stage: .bulk, done: 0, total: 1))
        for problem in try projector.auditBulk(live) { report.report("bulk", problem) }
        progress(LedgerProgress(stage: .bulk, done: 1, total: 1))
    }
}
