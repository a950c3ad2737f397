/// The record's own tables. Everything but `store`, `cursors` and `personal` is append-only, and the database
/// itself refuses a change.
enum LedgerSchema {
    /// "FRLG": tells a store of ours from any other SQLite file.
    static let applicationID: Int32 = 0x4652_4C47
    /// Kept in `user_version`; a higher one was written by a newer release. 1 had personal data in events and
    /// was in no release.
    static let version: Int32 = 2

    static let tables = ["store", "events", "requests", "cursors", "personal"]

    static let sql = """
        CREATE TABLE store (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE events (
            position INTEGER PRIMARY KEY,
            stream TEXT NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            moment_utc_us INTEGER NOT NULL,
            actor TEXT NOT NULL,
            request_id TEXT NOT NULL,
            rule_edition TEXT NOT NULL,
            payload BLOB NOT NULL,
            chain BLOB NOT NULL CHECK (length(chain) = 32),
            UNIQUE (stream, version)
        ) STRICT;
        CREATE TRIGGER events_follow BEFORE INSERT ON events BEGIN
            SELECT RAISE(ABORT, 'an event follows the last one')
            WHERE NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM events)
                OR NEW.version <> (
                    SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream);
        END;
        CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN
            SELECT RAISE(ABORT, 'events are never changed');
        END;
        CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN
            SELECT RAISE(ABORT, 'events are never removed');
        END;

        -- One row for each request that was recorded, in their order. The events of a request are the last
        -- event_count ones up to last_position. seal: see RequestSeal.
        CREATE TABLE requests (
            number INTEGER PRIMARY KEY,
            requester TEXT NOT NULL,
            request_id TEXT NOT NULL,
            digest BLOB NOT NULL,
            answer BLOB NOT NULL,
            event_count INTEGER NOT NULL,
            last_position INTEGER NOT NULL,
            cursor_source TEXT NOT NULL,
            cursor_position INTEGER NOT NULL,
            seal BLOB NOT NULL CHECK (length(seal) = 32),
            UNIQUE (requester, request_id)
        ) STRICT;
        CREATE TRIGGER requests_stay BEFORE UPDATE ON requests BEGIN
            SELECT RAISE(ABORT, 'requests are never changed');
        END;
        CREATE TRIGGER requests_remain BEFORE DELETE ON requests BEGIN
            SELECT RAISE(ABORT, 'requests are never removed');
        END;

        -- How far the feeds of other services were followed: the last move of each source in requests.
        CREATE TABLE cursors (
            source TEXT PRIMARY KEY,
            position INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Personal data that came with events, and the salt of what the events say of them. The only rows
        -- that are ever removed; secure_delete overwrites them.
        CREATE TABLE personal (
            id TEXT PRIMARY KEY,
            salt BLOB NOT NULL CHECK (length(salt) = 32),
            data BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER personal_stay BEFORE UPDATE ON personal BEGIN
            SELECT RAISE(ABORT, 'personal data are erased, never changed');
        END;
        """
}

/// Keys of the table `store`.
enum StoreKey: String, CaseIterable {
    case role
    case timeKind = "time_kind"
    case clockID = "clock_id"
    /// Digest of the text that made the projections.
    case projectionSchema = "projection_schema"
    /// Names of the projection tables that exist, one a line.
    case projectionTables = "projection_tables"
    /// Digest of the text that made the bulk tables.
    case bulkSchema = "bulk_schema"
}
