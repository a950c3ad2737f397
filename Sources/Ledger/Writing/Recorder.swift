import GRDB

/// Writes one append inside the group's transaction.
struct Recorder {
    let projector: any Projector

    /// An event to be, with the bytes that were hashed for it.
    private typealias Made = (event: StoredEvent, encoding: CanonicalEncoding)

    /// The outcome, and where the record ends afterwards. The caller has opened a savepoint, or a transaction
    /// for this append alone, and takes it back when this throws.
    ///
    /// The request is remembered first: that it was recorded before is found out by the same insertion, and
    /// nothing is written then.
    func record(_ append: Append, after head: LedgerHead, _ database: Database) throws -> (
        AppendOutcome, LedgerHead
    ) {
        var versions: [String: Int64] = [:]
        if let conflict = try conflict(of: append, &versions, database) {
            return (try earlierOutcome(of: append, database) ?? conflict, head)
        }
        let made = try make(append, after: head, &versions, database)
        let events = made.map(\.event)
        let newHead = events.last.map { LedgerHead(position: $0.position, chain: $0.chain) } ?? head
        let answer = append.answer(events)
        guard answer.count <= LedgerLimits.answerByteCountMax else {
            throw LedgerError(
                .outOfBounds, "an answer of \(answer.count) bytes; at most \(LedgerLimits.answerByteCountMax)"
            )
        }
        guard try remember(append, answer, eventCount: events.count, newHead.position, database) else {
            guard let outcome = try earlierOutcome(of: append, database) else {
                throw LedgerError(.store, "a request was refused as known, and is not there")
            }
            return (outcome, head)
        }
        if let bulk = append.bulk {
            try bulk(database)
            try requireTransaction(database, after: "the writing of bulk rows")
        }
        try write(made, append.drafts, database)
        if let cursor = append.cursor { try move(cursor, database) }
        return (.appended(events, answer: answer), newHead)
    }

    /// What becomes of a request that was recorded before; nil when it was not.
    private func earlierOutcome(of append: Append, _ database: Database) throws -> AppendOutcome? {
        try database.firstAnswer(requester: append.requester, requestID: append.requestID).map { first in
            first.digest == append.requestDigest ? .repeated(answer: first.answer) : .requestReused
        }
    }

    /// The first stream that moved since it was looked at, if there is one; notes the versions of the others.
    private func conflict(
        of append: Append, _ versions: inout [String: Int64], _ database: Database
    ) throws -> AppendOutcome? {
        // In a fixed order, so that the same conflict is told whatever the dictionary's order.
        for (stream, expected) in append.expected.sorted(by: { $0.key < $1.key }) {
            let found = try database.streamVersion(stream)
            versions[stream] = found
            if found != expected { return .conflict(stream: stream, expected: expected, found: found) }
        }
        return nil
    }

    /// The events as they will be stored. `versions` are those that were looked up already, in this
    /// transaction.
    private func make(
        _ append: Append, after head: LedgerHead, _ versions: inout [String: Int64], _ database: Database
    ) throws -> [Made] {
        var (position, chain) = (head.position, head.chain)
        return try append.drafts.map { draft in
            let version = try versions[draft.stream] ?? database.streamVersion(draft.stream)
            versions[draft.stream] = version + 1
            position += 1
            let place = StoredEvent(
                position: position, stream: draft.stream, version: version + 1, type: draft.type,
                moment: append.moment, actor: append.actor, requestID: append.requestID,
                ruleEdition: append.ruleEdition, payload: draft.payload, chain: [])
            let encoding = EventChain.encoding(after: chain, at: place)
            chain = encoding.digest()
            return (place.sealed(chain), encoding)
        }
    }

    /// Stores and projects events, each with what it says of personal data.
    private func write(_ made: [Made], _ drafts: [EventDraft], _ database: Database) throws {
        let insertion = try RecordStatement(
            database, "INSERT INTO events (\(StoredEvent.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (made, draft) in zip(made, drafts) {
            try insertion.insert(made.encoding, made.event.chain)
            try projector.apply(made.event, database)
            try settle(draft.personal, of: made.event, database)
            try requireTransaction(database, after: "a projector")
        }
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

    /// False when the request was recorded before; then nothing is written.
    private func remember(
        _ append: Append, _ answer: [UInt8], eventCount: Int, _ lastPosition: Int64, _ database: Database
    ) throws -> Bool {
        let request = RecordedRequest(
            requester: append.requester, requestID: append.requestID, digest: append.requestDigest,
            answer: answer, eventCount: Int64(eventCount), lastPosition: lastPosition,
            cursorSource: append.cursor?.source ?? "", cursorPosition: append.cursor?.position ?? 0)
        let insertion = try RecordStatement(
            database,
            """
            INSERT INTO requests (\(RecordedRequest.columns), seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (requester, request_id) DO NOTHING
            """)
        let encoding = request.encoding
        try insertion.insert(encoding, encoding.digest())
        return database.changesCount > 0
    }
}

extension StoredEvent {
    fileprivate func sealed(_ chain: [UInt8]) -> StoredEvent {
        StoredEvent(
            position: position, stream: stream, version: version, type: type, moment: moment, actor: actor,
            requestID: requestID, ruleEdition: ruleEdition, payload: payload, chain: chain)
    }
}
