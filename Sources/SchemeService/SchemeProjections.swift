import Authority
package import GRDB
package import Ledger
import Wire
import Contracts

/// The tables that SchemeService answers from, written only by applying events.
package struct SchemeProjections: Projector {
    package init() {}

    package let tables = ["key_fields", "experts", "calls", "applications", "schemes", "objections"]

    package let schema = """
        CREATE TABLE key_fields (
            code TEXT PRIMARY KEY, year INTEGER NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE TABLE experts (id TEXT PRIMARY KEY, payload BLOB NOT NULL) STRICT;
        CREATE TABLE calls (
            id TEXT PRIMARY KEY, key_field TEXT NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        -- An application keeps its past notices.
        CREATE TABLE applications (
            id TEXT PRIMARY KEY, call_id TEXT NOT NULL, key_field TEXT NOT NULL,
            agency_code TEXT NOT NULL, notice_id TEXT NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE INDEX applications_by_notice ON applications (notice_id);
        CREATE TABLE schemes (
            id TEXT PRIMARY KEY, key_field TEXT NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE TABLE objections (id TEXT PRIMARY KEY, application_id TEXT NOT NULL) STRICT;
        """
    package let bulkTables: [String] = []
    package let bulkSchema = ""

    package func personalTrace(of event: StoredEvent) throws -> PersonalTrace? {
        if let done = try event.decoded(as: SchemeAPI.ApplicationSubmitted.self) {
            return PersonalTrace(done.personal)
        }
        if let done = try event.decoded(as: SchemeAPI.SchemeObjectionLodged.self) {
            return PersonalTrace(done.personal)
        }
        return try PersonalTrace(erasing: event)
    }

    package func apply(_ event: StoredEvent, _ database: Database) throws {
        let store = SchemeStore(database: database)
        switch event.type {
        case SchemeAPI.KeyFieldPublished.fullName:
            try store.save(try SchemeAPI.KeyFieldPublished(serialized: event.payload).keyField ?? .init())
        case SchemeAPI.ExpertEnrolled.fullName:
            try store.save(try SchemeAPI.ExpertEnrolled(serialized: event.payload).expert ?? .init())
        case SchemeAPI.CallOpened.fullName:
            try store.save(try SchemeAPI.CallOpened(serialized: event.payload).call ?? .init())
        case SchemeAPI.ApplicationSubmitted.fullName:
            try store.save(
                try SchemeAPI.ApplicationSubmitted(serialized: event.payload).application ?? .init())
        case SchemeAPI.SchemePublished.fullName:
            let scheme = try SchemeAPI.SchemePublished(serialized: event.payload).scheme ?? .init()
            try store.save(scheme)
            try store.change(scheme.applicationId) { application in
                application.state = .published
                application.schemeId = scheme.id
            }
        default:
            guard let change = try ApplicationChange(event) else { return }
            try store.change(change.applicationID, change.apply)
            if let objection = change.lodgedObjectionID {
                try store.index(objection: objection, of: change.applicationID)
            }
        }
    }
}
