import GRDB

/// Writes one append inside the group's transaction.
struct Recorder {
    private static let eventInsertion = """
        INSERT INTO events (\(StoredEvent.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    private static let requestInsertion = """
        INSERT INTO requests (\(RecordedRequest.columns), seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (requester, request_id) DO NOTHING
        """

    let projector: any Projector

    /// Events to be, each with the bytes that were hashed for it.
    private typealias Made = (events: [StoredEvent], encodings: [CanonicalEncoding])

    /// The outcome, and where the record ends afterwards. The caller has opened a savepoint, or a transaction
    /// for this append alone, and takes it back when this throws.
    ///
    /// The request is remembered first: that it was recorded before is found out by the same insertion, and
    /// nothing is written then.
    func record(_ append: Append, after head: LedgerHead, _ database: Database) throws -> (
        AppendOutcome, LedgerHead
    ) {
        if let conflict = try conflict(of: append, database) {
            return (try earlierOutcome(of: append, database) ?? conflict, head)
        }
        let made = try make(append, after: head, database)
        let events = made.events
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

    /// The first stream that moved since it was looked at, if there is one.
    private func conflict(of append: Append, _ database: Database) throws -> AppendOutcome? {
        // In a fixed order, so that the same conflict is told whatever the dictionary's order.
        for stream in append.expected.keys.sorted() {
            let (found, expected) = (try database.streamVersion(stream), append.expected[stream])
            if let expected, found != expected {
                return .conflict(stream: stream, expected: expected, found: found)
            }
        }
        return nil
    }

    /// The events as they will be stored. The versions that the append expects were found so, in this
    /// transaction.
    private func make(_ append: Append, after head: LedgerHead, _ database: Database) throws -> Made {
        var versions = append.expected
        var (position, chain) = (head.position, head.chain)
        var made: Made = ([], [])
        for draft in append.drafts {
            let version = try versions[draft.stream] ?? database.streamVersion(draft.stream)
            versions[draft.stream] = version + 1
            position += 1
            var event = StoredEvent(
                position: position, stream: draft.stream, version: version + 1, type: draft.type,
                moment: append.moment, actor: append.actor, requestID: append.requestID,
                ruleEdition: append.ruleEdition, payload: draft.payload, chain: [])
            let encoding = EventChain.encoding(after: chain, at: event)
            chain = encoding.digest()
            event.chain = chain
            made.events.append(event)
            made.encodings.append(encoding)
        }
        return made
    }

    /// Stores and projects events, each with what it says of personal data.
    private func write(_ made: Made, _ drafts: [EventDraft], _ database: Database) throws {
        let insertion = try StoreStatement(database, Self.eventInsertion)
        for (place, event) in made.events.enumerated() {
            try insertion.insert(made.encodings[place], event.chain)
            try projector.apply(event, database)
            try settle(drafts[place].personal, of: event, database)
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
        try database.run(
            """
            INSERT INTO cursors (source, position) VALUES (?, ?)
            ON CONFLICT (source) DO UPDATE SET position = excluded.position
            """, .text(cursor.source), .number(cursor.position))
    }

    /// False when the request was recorded before; then nothing is written.
    private func remember(
        _ append: Append, _ answer: [UInt8], eventCount: Int, _ lastPosition: Int64, _ database: Database
    ) throws -> Bool {
        let request = RecordedRequest(
            requester: append.requester, requestID: append.requestID, digest: append.requestDigest,
            answer: answer, eventCount: Int64(eventCount), lastPosition: lastPosition,
            cursorSource: append.cursor?.source ?? "", cursorPosition: append.cursor?.position ?? 0)
        let insertion = try StoreStatement(database, Self.requestInsertion)
        let encoding = request.encoding
        try insertion.insert(encoding, encoding.digest())
        return database.changesCount > 0
    }
}

extension StoreStatement {
    /// Stores a row whose columns are an encoding's fields in their order, and the hash of it last.
    fileprivate func insert(_ encoding: CanonicalEncoding, _ hash: [UInt8]) throws {
        // The bytes outlive the step: nothing is copied.
        try encoding.content.withUnsafeBytes { content in
            var place: Int32 = 0
            for field in encoding.fields {
                place += 1
                bind(UnsafeRawBufferPointer(rebasing: content[field.place]), field.kind, place)
            }
            try hash.withUnsafeBytes { hash in
                bind(bytes: hash, place + 1)
                try run()
            }
        }
    }

    private func bind(_ value: UnsafeRawBufferPointer, _ kind: CanonicalEncoding.Field.Kind, _ place: Int32) {
        switch kind {
        case .number: bind(Int64(bigEndian: value.loadUnaligned(as: Int64.self)), place)
        case .text: bind(text: value, place)
        case .bytes: bind(bytes: value, place)
        }
    }
}
