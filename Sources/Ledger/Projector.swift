package import GRDB

/// Makes a service's tables from its events.
///
/// Projection tables hold nothing that the events do not say: dropping them and applying all events again
/// gives the same rows. `apply` therefore reads and writes projection tables only. It must not read bulk
/// tables (they do not exist while an audit replays), clocks or anything random, and must not touch the
/// record's own tables.
package protocol Projector: Sendable {
    /// Names of the projection tables: compared by the audit, dropped and filled again by a rebuild.
    var tables: [String] { get }
    /// SQL that makes them: STRICT tables and indexes, no views, triggers or deferred constraints (which
    /// would fail a whole group at its commit instead of one append).
    ///
    /// A store whose projections were made by another text is rebuilt when it is opened. So when `apply`
    /// comes to mean something else with the same tables, change a comment in the text.
    var schema: String { get }
    /// Names of the tables of bulk rows (snapshots), which only an append's `bulk` writes. Never dropped.
    var bulkTables: [String] { get }
    /// SQL that makes them: STRICT tables without foreign keys to projections.
    var bulkSchema: String { get }
    /// Brings the projections up to date with one event. A throw undoes the append that brought the event.
    func apply(_ event: StoredEvent, _ database: Database) throws
    /// What an event says about personal data, or nil: a function of the event alone.
    func personalTrace(of event: StoredEvent) throws -> PersonalTrace?
    /// Compares bulk rows with the digests that events state. Each problem is a sentence with its place.
    func auditBulk(_ live: Database) throws -> [String]
}

extension Projector {
    package var bulkTables: [String] { [] }
    package var bulkSchema: String { "" }
    package func personalTrace(of event: StoredEvent) throws -> PersonalTrace? { nil }
    package func auditBulk(_ live: Database) throws -> [String] { [] }
}
