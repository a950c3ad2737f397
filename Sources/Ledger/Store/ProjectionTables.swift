import GRDB

/// Makes, drops and fills the tables of a projector.
enum ProjectionTables {
    /// Makes empty projection tables and notes what made them.
    static func create(_ database: Database, _ projector: any Projector) throws {
        try createExactly(projector.tables, database, sql: projector.schema, what: "schema")
        try database.setStoreValue(.projectionTables, projector.tables.joined(separator: "\n"))
        try database.setStoreValue(.projectionSchema, digest(of: projector.schema))
    }

    static func createBulk(_ database: Database, _ projector: any Projector) throws {
        try createExactly(projector.bulkTables, database, sql: projector.bulkSchema, what: "bulkSchema")
        try database.setStoreValue(.bulkSchema, digest(of: projector.bulkSchema))
    }

    /// Drops the projections that exist, whichever release made them, and makes them anew from all events.
    ///
    /// Runs inside the caller's transaction. The chain is recomputed beside: a record that does not fit its
    /// chain is not projected, for then this throws.
    static func rebuild(
        _ database: Database, _ path: String, _ projector: any Projector, mark: StoreMark,
        progress: (LedgerProgress) -> Void
    ) throws {
        let usualCacheSize = try Int.fetchOne(database, sql: "PRAGMA cache_size") ?? 0
        for table in try recordedTables(database) {
            try database.execute(sql: "DROP TABLE IF EXISTS \(table.quotedDatabaseIdentifier)")
        }
        try create(database, projector)
        // Rows come in any order: with the usual cache, pages would be written and read again and again.
        try database.execute(sql: "PRAGMA cache_size = -\(LedgerLimits.rebuildCacheByteCount >> 10)")
        defer { try? database.execute(sql: "PRAGMA cache_size = \(usualCacheSize)") }
        let head = try database.head(mark)
        let chain = ChainRecount(of: path, mark: mark)
        defer { chain.stop() }
        do {
            try replay(into: projector, database) { done in
                try chain.check()
                progress(LedgerProgress(stage: .replay, done: done, total: head.position))
            }
        } catch {
            // An event that cannot be projected may be one that does not fit the chain: that says more.
            try chain.finish()
            throw error
        }
        try chain.finish()
        progress(LedgerProgress(stage: .replay, done: head.position, total: head.position))
    }

    private static func replay(
        into projector: any Projector, _ database: Database, step: (Int64) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT \(StoredEvent.columns) FROM events ORDER BY position")
        while let row = try rows.next() {
            let event = try StoredEvent(row: row)
            try projector.apply(event, database)
            if event.position % LedgerLimits.progressStep == 0 { try step(event.position) }
        }
    }

    /// The projection tables that the store says it has.
    static func recordedTables(_ database: Database) throws -> Set<String> {
        Set((try database.storeValue(.projectionTables) ?? "").split(separator: "\n").map(String.init))
    }

    /// Whether the projections in the store were made by this projector's text.
    static func areCurrent(_ database: Database, _ projector: any Projector) throws -> Bool {
        try database.storeValue(.projectionSchema) == digest(of: projector.schema)
    }

    static func isBulkCurrent(_ database: Database, _ projector: any Projector) throws -> Bool {
        try database.storeValue(.bulkSchema) == digest(of: projector.bulkSchema)
    }

    private static func digest(of text: String) -> String {
        var encoding = CanonicalEncoding()
        encoding.append(text: text)
        let digits = Array("0123456789abcdef")
        return String(encoding.digest().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// Runs the text and checks that it made the tables the projector names, and no others.
    private static func createExactly(
        _ tables: [String], _ database: Database, sql: String, what: String
    ) throws {
        let before = try existingTables(database)
        try database.execute(sql: sql)
        let made = try existingTables(database).subtracting(before)
        guard made == Set(tables) else {
            throw LedgerError(
                .store,
                "the projector's \(what) makes the tables \(made.sorted()), but it names \(tables.sorted())")
        }
    }

    private static func existingTables(_ database: Database) throws -> Set<String> {
        try String.fetchSet(
            database,
            sql: """
                SELECT name FROM sqlite_schema
                WHERE type IN ('table', 'view', 'trigger') AND name NOT LIKE 'sqlite_%'
                """
        )
    }
}

/// How far a long operation is.
package struct LedgerProgress: Sendable, Hashable {
    package enum Stage: String, Sendable, CaseIterable {
        /// The pages of the file.
        case pages
        /// The events: chain and projection.
        case replay
        /// The recorded requests and their answers.
        case requests
        /// The rows of the projections.
        case projections
        /// The rows of the bulk tables.
        case bulk
    }

    package let stage: Stage
    package let done: Int64
    package let total: Int64
}
