import Foundation
import GRDB

/// Something that happened, as it stands in the record for good.
package struct StoredEvent: Sendable, Hashable {
    /// Place in the record: 1 for the first event, without gaps.
    package let position: Int64
    /// The thing it happened to, such as `scheme/S-0123456789`.
    package let stream: String
    /// Place in the stream: 1 for the first event, without gaps.
    package let version: Int64
    /// What the payload is: the full name of a message.
    package let type: String
    /// UTC microseconds since 1970, as the command carried them.
    package let moment: Int64
    package let actor: String
    package let requestID: String
    /// Edition of the rules under which it was decided.
    package let ruleEdition: String
    package let payload: [UInt8]
    /// SHA-256 over the previous event's chain value and this event; see `EventChain`.
    package internal(set) var chain: [UInt8]

    package init(
        position: Int64, stream: String, version: Int64, type: String, moment: Int64, actor: String,
        requestID: String, ruleEdition: String, payload: [UInt8], chain: [UInt8]
    ) {
        self.position = position
        self.stream = stream
        self.version = version
        self.type = type
        self.moment = moment
        self.actor = actor
        self.requestID = requestID
        self.ruleEdition = ruleEdition
        self.payload = payload
        self.chain = chain
    }
}

extension StoredEvent {
    /// The columns in the order in which `init(row:)` reads them.
    static let columns = """
        position, stream, version, type, moment_utc_us, actor, request_id, rule_edition, payload, chain
        """

    /// Reads a row of a cursor.
    init(row: Row) throws(LedgerError) {
        self.init(
            position: try row.current(0), stream: try row.current(1), version: try row.current(2),
            type: try row.current(3), moment: try row.current(4), actor: try row.current(5),
            requestID: try row.current(6), ruleEdition: try row.current(7),
            payload: Self.bytes(try row.current(8)), chain: Self.bytes(try row.current(9)))
    }

    /// In one piece, where `Array(data)` goes byte by byte.
    private static func bytes(_ data: Data) -> [UInt8] { data.withUnsafeBytes { Array($0) } }
}

extension Row {
    /// A value of one of the record's own tables, none of which is ever NULL. The disk may have made it
    /// anything: that is an error, not our own mistake.
    func stored<Value: DatabaseValueConvertible>(_ column: Int) throws(LedgerError) -> Value {
        guard let value = Value.fromDatabaseValue(self[column]) else { throw LedgerError.unreadable(column) }
        return value
    }

    /// The same for a row that a cursor stands on, without a `DatabaseValue` in between, which takes a tenth
    /// of a replay. A value of another kind is converted as SQLite does: the chain tells of it.
    func current<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ column: Int
    ) throws(LedgerError) -> Value {
        guard let value = self[column] as Value? else { throw LedgerError.unreadable(column) }
        return value
    }
}

/// Where a record ends: the last position (0 when empty) and the chain value there.
package struct LedgerHead: Sendable, Hashable {
    package let position: Int64
    package let chain: [UInt8]

    package init(position: Int64, chain: [UInt8]) {
        self.position = position
        self.chain = chain
    }
}
