import Authority
import Contracts
package import GRDB
package import Ledger
import Wire

/// The tables that RankingService answers from: projections, written only by applying events, and the bulk
/// rows of snapshots and results, whose digests the events state.
package struct RankingProjections: Projector {
    package init() {}

    package let tables = [
        "snapshots", "schemes", "ranking_lists", "ranking_bars", "consents", "consent_answers",
        "submitted_letters", "evidence", "forerunner_lists", "objections",
    ]

    package let schema = """
        CREATE TABLE snapshots (
            id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, series TEXT NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE TABLE schemes (id TEXT PRIMARY KEY, payload BLOB NOT NULL) STRICT;
        CREATE TABLE ranking_lists (
            id TEXT PRIMARY KEY, scheme_id TEXT NOT NULL, year INTEGER NOT NULL,
            notice_id TEXT NOT NULL, computed_at INTEGER NOT NULL, published_at INTEGER NOT NULL,
            payload BLOB NOT NULL
        ) STRICT;
        CREATE INDEX ranking_lists_by_notice ON ranking_lists (notice_id);
        CREATE INDEX ranking_lists_by_scheme ON ranking_lists (scheme_id, year);
        CREATE TABLE ranking_bars (
            list_id TEXT NOT NULL, ordinal INTEGER NOT NULL, payload BLOB NOT NULL,
            PRIMARY KEY (list_id, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE consents (
            list_id TEXT NOT NULL, credit_code TEXT NOT NULL, given INTEGER NOT NULL,
            given_on TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (list_id, credit_code)
        ) STRICT;
        CREATE TABLE consent_answers (
            list_id TEXT NOT NULL, credit_code TEXT NOT NULL, position INTEGER NOT NULL,
            payload BLOB NOT NULL, PRIMARY KEY (list_id, credit_code, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE submitted_letters (
            subject_id TEXT PRIMARY KEY, digest BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE evidence (
            list_id TEXT NOT NULL, entry_key TEXT NOT NULL, kind TEXT NOT NULL, model TEXT NOT NULL,
            payload BLOB NOT NULL, PRIMARY KEY (list_id, entry_key, kind, model)
        ) STRICT;
        CREATE TABLE forerunner_lists (
            id TEXT PRIMARY KEY, ranking_list_id TEXT NOT NULL, scheme_id TEXT NOT NULL,
            notice_id TEXT NOT NULL, chosen_at INTEGER NOT NULL, payload BLOB NOT NULL,
            published_keys TEXT NOT NULL
        ) STRICT;
        CREATE INDEX forerunner_lists_by_notice ON forerunner_lists (notice_id);
        CREATE INDEX forerunner_lists_by_ranking ON forerunner_lists (ranking_list_id, chosen_at);
        CREATE TABLE objections (
            id TEXT PRIMARY KEY, subject_id TEXT NOT NULL, notice_id TEXT NOT NULL,
            lodged_at INTEGER NOT NULL, founded INTEGER, payload BLOB NOT NULL
        ) STRICT;
        CREATE INDEX objections_by_subject ON objections (subject_id);
        """

    package let bulkTables = [
        "standards", "standard_numbers", "standard_categories", "standard_enterprises", "standard_texts",
        "standard_shapes",
        "standard_loads", "rejected_rows", "ranking_entries", "ranking_exclusions",
    ]

    /// See `RegisterStore` for the first six, and `StandardCoding` for what a payload is.
    package let bulkSchema = """
        CREATE TABLE standards (
            id INTEGER PRIMARY KEY, since INTEGER NOT NULL, until INTEGER NOT NULL, origin INTEGER NOT NULL,
            enterprise INTEGER NOT NULL, number TEXT NOT NULL, digest BLOB NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE TABLE standard_numbers (
            enterprise INTEGER NOT NULL, number TEXT NOT NULL, id INTEGER NOT NULL,
            PRIMARY KEY (enterprise, number, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE standard_categories (
            number INTEGER PRIMARY KEY, series TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (series, name)
        ) STRICT;
        CREATE TABLE standard_enterprises (
            id INTEGER PRIMARY KEY, credit_code TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE standard_texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
        CREATE TABLE standard_shapes (id INTEGER PRIMARY KEY, payload BLOB NOT NULL) STRICT;
        CREATE TABLE standard_loads (number INTEGER PRIMARY KEY, import_id TEXT NOT NULL) STRICT;
        CREATE TABLE rejected_rows (
            number INTEGER NOT NULL, row INTEGER NOT NULL, place INTEGER NOT NULL, payload BLOB NOT NULL,
            PRIMARY KEY (number, row, place)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE ranking_entries (
            list_id TEXT NOT NULL, ordinal INTEGER NOT NULL, rank INTEGER NOT NULL, key TEXT NOT NULL,
            credit_code TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (list_id, ordinal)
        ) STRICT;
        CREATE INDEX ranking_entries_by_key ON ranking_entries (list_id, key);
        CREATE INDEX ranking_entries_by_enterprise ON ranking_entries (list_id, credit_code);
        CREATE TABLE ranking_exclusions (
            list_id TEXT NOT NULL, ordinal INTEGER NOT NULL, codes TEXT NOT NULL, payload BLOB NOT NULL,
            PRIMARY KEY (list_id, ordinal)
        ) STRICT;
        """

    package func personalTrace(of event: StoredEvent) throws -> PersonalTrace? {
        if let done = try event.decoded(as: RankingAPI.ObjectionLodged.self) {
            return PersonalTrace(done.personal)
        }
        return try PersonalTrace(erasing: event)
    }

    package func apply(_ event: StoredEvent, _ database: Database) throws {
        let store = RankingStore(database: database)
        if try applyInput(event, store) { return }
        // An own publication is of either kind of list; the one that has not the id stays as it is.
        if let change = try RankingListChange(event) {
            try store.change(rankingList: change.listID, change.apply)
        }
        if let change = try ForerunnerListChange(event) {
            try store.change(forerunnerList: change.listID, change.apply)
        }
        try applyRows(event, store)
    }

    /// Events that make a new thing; true when the event was one.
    private func applyInput(_ event: StoredEvent, _ store: RankingStore) throws -> Bool {
        switch event.type {
        case RankingAPI.SnapshotImported.fullName:
            try store.save(try RankingAPI.SnapshotImported(serialized: event.payload).snapshot ?? .init())
        case RankingAPI.SchemeLearnt.fullName:
            try store.save(try RankingAPI.SchemeLearnt(serialized: event.payload))
        case RankingAPI.RankingComputed.fullName:
            let computed = try RankingAPI.RankingComputed(serialized: event.payload)
            try store.insert(computed.list ?? .init(), at: event.position)
            try store.save(computed.bars, of: computed.list?.id ?? "")
        case RankingAPI.ForerunnersChosen.fullName:
            let chosen = try RankingAPI.ForerunnersChosen(serialized: event.payload)
            try store.insert(chosen.list ?? .init(), by: event)
        default:
            return false
        }
        return true
    }

    /// Rows beside the lists: consents, evidence, objections, what was published when.
    private func applyRows(_ event: StoredEvent, _ store: RankingStore) throws {
        if let done = try event.decoded(as: RankingAPI.ConsentsRecorded.self) {
            try store.save(done, at: event.position)
        } else if let done = try event.decoded(as: RankingAPI.RankingSubmitted.self) {
            try store.save(letter: done.letterDigest, of: done.listId)
        } else if let done = try event.decoded(as: RankingAPI.ForerunnersSubmitted.self) {
            try store.save(letter: done.letterDigest, of: done.forerunnerListId)
        } else if let done = try event.decoded(as: RankingAPI.EvidenceRecorded.self) {
            try store.save(done.evidence ?? .init())
        } else if let done = try event.decoded(as: RankingAPI.ObjectionLodged.self) {
            try store.insert(done, at: event.position)
        } else if let done = try event.decoded(as: RankingAPI.ComprehensiveOpinionGiven.self) {
            try store.change(objection: done.objectionId, founded: done.founded) {
                $0.state = .opinionGiven
                $0.opinion = done.opinion
            }
        } else if let done = try event.decoded(as: RankingAPI.ObjectionDecided.self) {
            try store.change(objection: done.objectionId) {
                $0.state = done.outcome
                $0.decisionReason = done.reason
                $0.decidedOn = done.decidedOn
            }
            try store.decide(done)
        } else if let done = try event.decoded(as: RankingAPI.RankingPublished.self) {
            try store.publish(rankingList: done.listId, at: event.position)
        } else if let done = try event.decoded(as: RankingAPI.ForerunnersPublished.self) {
            try store.publish(done.list ?? .init())
        }
    }

    package func auditBulk(_ live: Database) throws -> [String] {
        try BulkAudit(store: RankingStore(database: live)).problems()
    }
}
