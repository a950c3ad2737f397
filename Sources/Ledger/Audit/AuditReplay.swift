import GRDB

/// Databases in memory that an audit fills from the events.
enum AuditReplay {
    /// A store as it is created, without events.
    static func emptyStore(_ projector: any Projector) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(configuration: StoreFile.configuration(readonly: false))
        try queue.write { database in
            try database.execute(sql: LedgerSchema.sql)
            try ProjectionTables.createBulk(database, projector)
            try ProjectionTables.create(database, projector)
        }
        return queue
    }

    /// Projection tables only: a projector that reads bulk tables or the record's own fails here.
    static func emptyProjections(_ projector: any Projector) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(configuration: StoreFile.configuration(readonly: false))
        try queue.write { try $0.execute(sql: projector.schema) }
        return queue
    }
}

extension AuditPass {
    /// Chain, positions and versions of all events; then the projections they give.
    mutating func checkEvents() throws {
        let replay = try AuditReplay.emptyProjections(projector)
        var isReplayed = true
        try replay.write { projections in
            isReplayed = try walkEvents(into: projections)
        }
        if isReplayed {
            try replay.read { projections in try compareProjections(with: projections) }
        } else {
            report.report("projections", "were not compared, because the events could not be replayed")
        }
    }

    /// Tells whether the event was applied.
    private mutating func replay(_ event: StoredEvent, _ place: String, into projections: Database) -> Bool {
        do {
            try projector.apply(event, projections)
            return true
        } catch {
            let reason = LedgerError(error, while: "replaying").message
            report.report(place, "cannot be applied: \(reason)")
            return false
        }
    }

    private mutating func notePersonalData(of event: StoredEvent, _ place: String) {
        do {
            if let trace = try projector.personalTrace(of: event) { personal.note(trace) }
        } catch {
            report.report(place, "cannot be read for what it says of personal data")
        }
    }

    /// Tells whether every event was applied.
    private mutating func walkEvents(into projections: Database) throws -> Bool {
        let total = try Int64.fetchOne(live, sql: "SELECT max(position) FROM events") ?? 0
        var chain = report.mark.map(EventChain.origin(of:))
        var position: Int64 = 0
        var versions: [String: Int64] = [:]
        var isReplayed = true
        let rows = try Row.fetchCursor(
            live, sql: "SELECT \(StoredEvent.columns) FROM events NOT INDEXED ORDER BY position")
        while let row = try rows.next() {
            let event = try StoredEvent(row: row)
            let place = "events \(event.position)"
            // Damaged numbers may be at the end of their range.
            if event.position != position &+ 1 { report.report(place, "follows event \(position)") }
            if event.version != (versions[event.stream] ?? 0) &+ 1 {
                report.report(place, "is not the next of its stream")
            }
            if let previous = chain, EventChain.value(after: previous, at: event) != event.chain {
                report.report(place, "does not fit the chain: it or its chain value was changed")
            }
            (position, versions[event.stream], chain) = (event.position, event.version, event.chain)
            report.eventCount += 1
            notePersonalData(of: event, place)
            if isReplayed { isReplayed = replay(event, place, into: projections) }
            if report.eventCount % LedgerLimits.progressStep == 0 {
                progress(LedgerProgress(stage: .replay, done: position, total: total))
            }
        }
        if let chain { report.head = LedgerHead(position: position, chain: chain) }
        progress(LedgerProgress(stage: .replay, done: position, total: total))
        return isReplayed
    }
}
