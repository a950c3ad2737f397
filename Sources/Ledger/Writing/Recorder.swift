import Foundation
import GRDB

/// Writes one append inside the group's transaction.
struct Recorder {
    let projector: any Projector

    /// The outcome, and where the record ends afterwards. The caller has opened a savepoint, or a transaction
    /// for this append alone, and takes it back when this throws.
    func record(_ append: Append, after head: LedgerHead, _ database: Database) throws -> (
        AppendOutcome, LedgerHead
    ) {
        let first = try database.firstAnswer(requester: append.requester, requestID: append.requestID)
        if let first {
            let isSame = first.digest == append.requestDigest
            return (isSame ? .repeated(answer: first.answer) : .requestReused, head)
        }
        // In a fixed order, so that the same conflict is told whatever the dictionary's order.
        var versions: [String: Int64] = [:]
        for (stream, expected) in append.expected.sorted(by: { $0.key < $1.key }) {
            let found = try database.streamVersion(stream)
            versions[stream] = found
            if found != expected {
                return (.conflict(stream: stream, expected: expected, found: found), head)
            }
        }
        if let bulk = append.bulk {
            try bulk(database)
            try requireTransaction(database, after: "the writing of bulk rows")
        }
        let (events, newHead) = try write(append, after: head, &versions, database)
        let answer = append.answer(events)
        guard answer.count <= LedgerLimits.answerByteCountMax else {
            throw LedgerError(
                .outOfBounds, "an answer of \(answer.count) bytes; at most \(LedgerLimits.answerByteCountMax)"
            )
        }
        if let cursor = append.cursor { try move(cursor, database) }
        try remember(append, answer, eventCount: events.count, newHead.position, database)
        return (.appended(events, answer: answer), newHead)
    }

    /// `versions` are those that were looked up already, in this transaction.
    private func write(
        _ append: Append, after head: LedgerHead, _ versions: inout [String: Int64], _ database: Database
    ) throws -> ([StoredEvent], LedgerHead) {
        let insertion = try RecordStatement(
            database, "INSERT INTO events (\(StoredEvent.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        var events: [StoredEvent] = []
        var head = head
        for draft in append.drafts {
            let version = try versions[draft.stream] ?? database.streamVersion(draft.stream)
            versions[draft.stream] = version + 1
            let place = StoredEvent(
                position: head.position + 1, stream: draft.stream, version: version + 1, type: draft.type,
                moment: append.moment,
                actor: append.actor, requestID: append.requestID, ruleEdition: append.ruleEdition,
                payload: draft.payload, chain: [])
            let encoding = EventChain.encoding(after: head.chain, at: place)
            let event = place.sealed(encoding.digest())
            try insertion.insert(encoding, event.chain)
            try projector.apply(event, database)
            try settle(draft.personal, of: event, database)
            try requireTransaction(database, after: "a projector")
            events.append(event)
            head = LedgerHead(position: event.position, chain: event.chain)
        }
        return (events, head)
    }

    /// What would be written outside one could not be taken back.
    private func requireTransaction(_ database: Database, after culprit: String) throws {
        guard database.isInsideTransaction else {
            throw LedgerError(.store, "\(culprit) has ended the transaction")
        }
    }

    /// Keeps or erases personal data with the event that says so, in its transaction.
    private func settle(_ effect: PersonalEffect?, of event: StoredEvent, _ database: Database) throws {
        guard try projector.personalTrace(of: event) == effect?.trace else {
            throw LedgerError(
                .store, "event \(event.type) says something else of personal data than what was handed in")
        }
        switch effect {
        case .keeps(let part): try database.insert(part)
        case .erases(let id): try database.erasePersonalPart(id)
        case nil: break
        }
    }

    private func move(_ cursor: (source: String, position: Int64), _ database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO cursors (source, position) VALUES (?, ?)
                ON CONFLICT (source) DO UPDATE SET position = excluded.position
                """)
        try statement.execute(arguments: [cursor.source, cursor.position])
    }

    private func remember(
        _ append: Append, _ answer: [UInt8], eventCount: Int, _ lastPosition: Int64, _ database: Database
    ) throws {
        let request = RecordedRequest(
            requester: append.requester, requestID: append.requestID, digest: append.requestDigest,
            answer: answer, eventCount: Int64(eventCount), lastPosition: lastPosition,
            cursorSource: append.cursor?.source ?? "", cursorPosition: append.cursor?.position ?? 0)
        let insertion = try RecordStatement(
            database,
            "INSERT INTO requests (\(RecordedRequest.columns), seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        let encoding = request.encoding
        try insertion.insert(encoding, encoding.digest())
    }
}

extension StoredEvent {
    fileprivate func sealed(_ chain: [UInt8]) -> StoredEvent {
        StoredEvent(
            position: position, stream: stream, version: version, type: type, moment: moment, actor: actor,
            requestID: requestID, ruleEdition: ruleEdition, payload: payload, chain: chain)
    }
}
