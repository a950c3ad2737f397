/// The seam between a service and its record: append with the versions seen, read from a position, wait for
/// news. A record kept elsewhere (a shared database) would be another conformance; nothing in the services
/// may assume more than this and a local copy of the projections.
package protocol EventLog: Sendable {
    func append(_ append: Append) async throws(LedgerError) -> AppendOutcome
    /// Events after `position` in order, at most `limit`, fewer when they are large.
    func events(after position: Int64, limit: Int) async throws -> [StoredEvent]
    /// Returns when there is an event after `position`, at the latest after `bound`.
    func waitForNews(after position: Int64, atMost bound: Duration) async
    func head() async throws -> LedgerHead
}
