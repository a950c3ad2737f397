import Contracts
package import GRDB
package import Ledger
import Wire

/// The tables that ComplianceService answers from, written only by applying events.
package struct ComplianceProjections: Projector {
    package init() {}

    package let tables = ["titles", "spot_checks", "bars", "credentials", "status_lists"]

    package let schema = """
        CREATE TABLE titles (
            id TEXT PRIMARY KEY, enterprise_code TEXT NOT NULL, enterprise_name TEXT NOT NULL,
            standard_number TEXT NOT NULL, models TEXT NOT NULL, forerunner_list_id TEXT NOT NULL,
            payload BLOB NOT NULL
        ) STRICT;
        -- A title's flag for a barred holder is also set when it is granted (R19).
        CREATE INDEX titles_by_enterprise ON titles (enterprise_code);
        CREATE TABLE spot_checks (
            id TEXT PRIMARY KEY, title_id TEXT NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE INDEX spot_checks_by_title ON spot_checks (title_id);
        CREATE TABLE bars (
            title_id TEXT PRIMARY KEY, enterprise_code TEXT NOT NULL,
            decided_on TEXT NOT NULL, last_day TEXT NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE TABLE credentials (
            title_id TEXT PRIMARY KEY, list INTEGER NOT NULL, place INTEGER NOT NULL,
            is_ended INTEGER NOT NULL, position INTEGER NOT NULL, payload BLOB NOT NULL,
            UNIQUE (list, place)
        ) STRICT;
        CREATE INDEX credentials_ended ON credentials (list, place) WHERE is_ended = 1;
        -- Counted as they come: counting rows would take longer with each title.
        CREATE TABLE status_lists (
            number INTEGER PRIMARY KEY, title_count INTEGER NOT NULL, ended_count INTEGER NOT NULL
        ) STRICT;
        """
    package let bulkTables: [String] = []
    package let bulkSchema = ""

    package func apply(_ event: StoredEvent, _ database: Database) throws {
        let store = TitleStore(database: database)
        switch event.type {
        case ComplianceAPI.TitleGranted.fullName:
            if var title = try ComplianceAPI.TitleGranted(serialized: event.payload).title {
                title.holderBarred = try store.isBarred(title)
                try store.save(title)
            }
        case ComplianceAPI.SpotCheckRecorded.fullName:
            if let check = try ComplianceAPI.SpotCheckRecorded(serialized: event.payload).check {
                try store.save(check)
            }
        case ComplianceAPI.CancellationDemanded.fullName:
            let demanded = try ComplianceAPI.CancellationDemanded(serialized: event.payload)
            try store.change(demanded.titleId) { title in
                title.state = .cancellationDemanded
                title.causes = demanded.evidence.map(\.cause)
                title.demandedOn = demanded.demandedOn
                title.answerBy = demanded.answerBy
            }
        case ComplianceAPI.TitleCancelled.fullName:
            let cancelled = try ComplianceAPI.TitleCancelled(serialized: event.payload)
            try store.change(cancelled.titleId) { title in
                title.state = .cancelled
                title.causes = cancelled.causes
                title.cancelledOn = cancelled.cancelledOn
                title.cancellationReason = cancelled.reason
            }
            try CredentialStore(database: database).end(cancelled.titleId)
        case ComplianceAPI.CredentialIssued.fullName:
            if let credential = try ComplianceAPI.CredentialIssued(serialized: event.payload).credential {
                try CredentialStore(database: database).save(credential, at: event.position)
            }
        case ComplianceAPI.EnterpriseBarred.fullName:
            if let bar = try ComplianceAPI.EnterpriseBarred(serialized: event.payload).bar {
                try store.save(bar)
                try store.flagOtherTitles(of: bar)
            }
        default:
            return
        }
    }
}
