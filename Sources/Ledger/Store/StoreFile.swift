import GRDB

/// Opens the SQLite file of a store, in steps of which each refuses before the next could do harm.
enum StoreFile {
    /// Refuses what is plainly not a store of ours, looking at the file's first bytes only.
    ///
    /// Opening a file with SQLite may change it (journal mode, recovery), so strangers are refused before.
    /// The header is written once, with the schema, in rollback mode; it is never only in the write-ahead
    /// log. Tells whether the creation of the store was finished.
    static func checkHeader(_ path: String) throws(LedgerError) -> Bool {
        let header = StorePath.prefix(path, byteCount: 100)
        if header.isEmpty { return false }
        guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw LedgerError(.foreign, "\(path) is not a store; give the path of one, or of a new file")
        }
        let applicationID = bigEndian(header[68..<72])
        // 0 is a database that was not finished: the journal beside it takes the creation back.
        guard applicationID == LedgerSchema.applicationID || applicationID == 0 else {
            throw LedgerError(.foreign, "\(path) belongs to another application; give the path of a store")
        }
        if applicationID != 0 { try checkVersion(bigEndian(header[60..<64]), path) }
        return applicationID != 0 && StorePath.byteCount(path + "-journal") == nil
    }

    /// Settings of every connection; readers are read-only beside.
    static func configuration(readonly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "ledger"
        configuration.readonly = readonly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(LedgerLimits.busySeconds)
        configuration.maximumReaderCount = LedgerLimits.readerCountMax
        configuration.prepareDatabase { database in
            // The schema is not trusted with functions that have effects; cells are checked when pages are
            // read; no memory mapping (a race has damaged files that were mapped); nothing temporary on disk;
            // what is deleted or moved within a page is overwritten, so that erased data are gone.
            try database.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA mmap_size = 0;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA recursive_triggers = ON;
                    PRAGMA secure_delete = ON;
                    """)
            if database.configuration.readonly {
                try database.execute(sql: "PRAGMA query_only = 1")
            } else {
                // KiB. The pages that a load of bulk rows touches again and again, of a thousand categories.
                try database.execute(sql: "PRAGMA cache_size = -32768")
                // Pages that several commits touch are then copied once.
                let pageCount = LedgerLimits.checkpointPageCount
                try database.execute(sql: "PRAGMA wal_autocheckpoint = \(pageCount)")
            }
        }
        return configuration
    }

    /// Makes the tables of a new store, all or nothing, before the write-ahead log is turned on.
    static func create(_ path: String, mark: StoreMark, projector: any Projector) throws(LedgerError) {
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration(readonly: false))
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = EXTRA") }
            try queue.write { database in
                guard try database.isEmpty() else { return }
                try database.execute(sql: LedgerSchema.sql)
                try database.setStoreValue(.role, mark.role)
                try database.setStoreValue(.timeKind, mark.timeKind.word)
                try database.setStoreValue(.clockID, mark.timeKind.clockID)
                try ProjectionTables.createBulk(database, projector)
                try ProjectionTables.create(database, projector)
                try database.execute(sql: "PRAGMA application_id = \(LedgerSchema.applicationID)")
                try database.execute(sql: "PRAGMA user_version = \(LedgerSchema.version)")
            }
            try queue.close()
        } catch {
            throw LedgerError(error, while: "creating \(path)")
        }
    }

    /// Opens the connections of a store that exists: one writer, which also checkpoints, and readers.
    static func connect(_ path: String) throws(LedgerError) -> DatabasePool {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration(readonly: false))
            try pool.writeWithoutTransaction { database in
                // GRDB has lowered `synchronous` while it turned the write-ahead log on. With NORMAL the last
                // acknowledged commits are lost when the power fails.
                try database.execute(
                    sql: """
                        PRAGMA synchronous = FULL;
                        PRAGMA journal_size_limit = \(LedgerLimits.walByteCountMax);
                        """)
                guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2,
                    try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal"
                else {
                    throw LedgerError(
                        .store, "\(path) cannot be written durably; put it on a local file system")
                }
            }
            return pool
        } catch {
            throw LedgerError(error, while: "opening \(path)")
        }
    }

    /// Checks what an open store says of itself.
    static func checkIdentity(_ database: Database, _ path: String) throws {
        let applicationID = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard applicationID == LedgerSchema.applicationID else {
            throw try database.isEmpty() ? unfinished(path) : foreign(path)
        }
        try checkVersion(try Int32.fetchOne(database, sql: "PRAGMA user_version") ?? 0, path)
    }

    static func unfinished(_ path: String) -> LedgerError {
        LedgerError(.missing, "\(path) is empty: its creation was not finished; create the store again")
    }

    private static func foreign(_ path: String) -> LedgerError {
        LedgerError(.foreign, "\(path) belongs to another application; give the path of a store")
    }

    private static func checkVersion(_ version: Int32, _ path: String) throws(LedgerError) {
        guard version <= LedgerSchema.version else {
            throw LedgerError(
                .newerSchema,
                "\(path) has schema \(version), this release knows \(LedgerSchema.version); use the newer one"
            )
        }
        guard version == LedgerSchema.version else {
            throw LedgerError(
                .otherSchema,
                "\(path) has schema \(version), from before the first release; make the store anew")
        }
    }

    private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int32 {
        Int32(bitPattern: bytes.reduce(0) { $0 << 8 | UInt32($1) })
    }
}

extension Database {
    /// Whether nothing was ever created in it.
    func isEmpty() throws -> Bool {
        try Int.fetchOne(self, sql: "SELECT count(*) FROM sqlite_schema") == 0
    }

    func storeValue(_ key: StoreKey) throws -> String? {
        try String.fetchOne(self, sql: "SELECT value FROM store WHERE key = ?", arguments: [key.rawValue])
    }

    func setStoreValue(_ key: StoreKey, _ value: String) throws {
        try execute(
            sql:
                """
                INSERT INTO store (key, value) VALUES (?, ?)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value
                """,
            arguments: [key.rawValue, value])
    }

    /// The mark written at creation.
    func storeMark(_ path: String) throws -> StoreMark {
        guard let role = try storeValue(.role), let word = try storeValue(.timeKind),
            let clockID = try storeValue(.clockID), let timeKind = TimeKind(word: word, clockID: clockID)
        else {
            throw LedgerError(.damaged, "\(path) has no readable mark; restore it from a backup")
        }
        return StoreMark(role: role, timeKind: timeKind)
    }
}
