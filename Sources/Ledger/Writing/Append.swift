package import GRDB

/// An event to be: what the record adds is its place, its moment and its chain value.
package struct EventDraft: Sendable, Hashable {
    package var stream: String
    package var type: String
    package var payload: [UInt8]
    /// Must be what the payload says of personal data.
    package var personal: PersonalEffect?

    package init(stream: String, type: String, payload: [UInt8], personal: PersonalEffect? = nil) {
        self.stream = stream
        self.type = type
        self.payload = payload
        self.personal = personal
    }
}

/// What one request wants recorded: all of it, in one transaction, or nothing.
package struct Append: Sendable {
    /// Events in order; none when only a cursor moves or bulk rows are written.
    package var drafts: [EventDraft]
    /// Streams the decision rests on and the version seen of each; 0 for a stream that must be new.
    package var expected: [String: Int64]
    /// Chosen by the requester, the same when the request is sent again.
    package var requestID: String
    /// Institution or process within which request ids are unique.
    package var requester: String
    /// Digest of the request's content, to tell a resent request from a reused id.
    package var requestDigest: [UInt8]
    /// Makes the answer from the events as stored. Kept with the request and given again.
    package var answer: @Sendable ([StoredEvent]) -> [UInt8]
    /// UTC microseconds since 1970.
    package var moment: Int64
    package var actor: String
    package var ruleEdition: String
    /// Writes rows of bulk tables in the same transaction, before the events. Must not begin or end
    /// transactions.
    package var bulk: (@Sendable (Database) throws -> Void)?
    /// Cursor in another service's feed, moved in the same transaction.
    package var cursor: (source: String, position: Int64)?

    package init(
        drafts: [EventDraft], expected: [String: Int64], requestID: String, requester: String,
        requestDigest: [UInt8], answer: @escaping @Sendable ([StoredEvent]) -> [UInt8], moment: Int64,
        actor: String, ruleEdition: String, bulk: (@Sendable (Database) throws -> Void)? = nil,
        cursor: (source: String, position: Int64)? = nil
    ) {
        self.drafts = drafts
        self.expected = expected
        self.requestID = requestID
        self.requester = requester
        self.requestDigest = requestDigest
        self.answer = answer
        self.moment = moment
        self.actor = actor
        self.ruleEdition = ruleEdition
        self.bulk = bulk
        self.cursor = cursor
    }
}

/// What became of an append. In every case the outcome is durable when it is told.
package enum AppendOutcome: Sendable, Hashable {
    case appended([StoredEvent], answer: [UInt8])
    /// The same request was recorded before: this is the answer it got then.
    case repeated(answer: [UInt8])
    /// A stream moved since it was looked at: decide again. Nothing was written.
    case conflict(stream: String, expected: Int64, found: Int64)
    /// The request id was used for another content. Nothing was written.
    case requestReused
}

/// The answer a request got when it was first recorded.
package struct FirstAnswer: Sendable, Hashable {
    /// Digest of the request's content then.
    package let digest: [UInt8]
    package let answer: [UInt8]
}

extension Append {
    var payloadByteCount: Int {
        drafts.reduce(0) { $0 + $1.payload.count + ($1.personal?.byteCount ?? 0) }
    }

    var erasesPersonalData: Bool {
        drafts.contains { draft in
            if case .erases = draft.personal { return true }
            return false
        }
    }

    /// Refuses what does not belong into a record, before it waits for the writer.
    func checkBounds() throws(LedgerError) {
        try Self.checkName(requestID, "request id")
        try Self.checkName(requester, "requester")
        try Self.checkName(actor, "actor")
        try Self.checkName(ruleEdition, "rule edition")
        if let cursor { try Self.checkName(cursor.source, "feed source") }
        guard drafts.count <= LedgerLimits.draftCountMax else {
            throw LedgerError(
                .outOfBounds, "\(drafts.count) events in one append; at most \(LedgerLimits.draftCountMax)")
        }
        for draft in drafts {
            try Self.checkName(draft.stream, "stream")
            try Self.checkName(draft.type, "event type")
            guard draft.payload.count <= LedgerLimits.payloadByteCountMax else {
                throw LedgerError(
                    .outOfBounds,
                    "an event of \(draft.payload.count) bytes; at most \(LedgerLimits.payloadByteCountMax)")
            }
            if case .keeps(let part) = draft.personal { try Self.check(part) }
        }
    }

    private static func check(_ part: PersonalPart) throws(LedgerError) {
        try checkName(part.id, "name of personal data")
        guard part.data.count <= LedgerLimits.personalByteCountMax else {
            throw LedgerError(
                .outOfBounds,
                "personal data of \(part.data.count) bytes; at most \(LedgerLimits.personalByteCountMax)")
        }
    }

    private static func checkName(_ name: String, _ what: String) throws(LedgerError) {
        guard (1...LedgerLimits.nameByteCountMax).contains(name.utf8.count), !name.utf8.contains(0) else {
            throw LedgerError(
                .outOfBounds,
                "a \(what) has 1 to \(LedgerLimits.nameByteCountMax) bytes, none of them zero")
        }
    }
}
