import Dispatch
package import Ledger
package import Logging
import Synchronization
package import Transparency

/// Keeps a log in step with its record: every public act is in a signed checkpoint at most a second after it
/// was recorded.
package final class LogPublisher: Sendable {
    /// The public act in an event, or nil when the event is none.
    package typealias Acts = @Sendable (StoredEvent) throws -> PublicAct?

    private let ledger: Ledger
    private let acts: Acts
    private let witnesses: [any WitnessCaller]
    private let logger: Logger
    private let writer: LogWriter
    /// Where writing blocks, and nothing else.
    private let queue = DispatchQueue(label: "public log")
    private let failed = Mutex<LogError?>(nil)
    /// Per witness, the size it saw last as far as is known.
    private let seen: Mutex<[TreeSize]>

    package init(
        ledger: Ledger, writer: LogWriter, acts: @escaping Acts, witnesses: [any WitnessCaller] = [],
        logger: Logger
    ) {
        self.ledger = ledger
        self.acts = acts
        self.witnesses = witnesses
        self.logger = logger
        self.writer = writer
        seen = Mutex(Array(repeating: TreeSize(0), count: witnesses.count))
    }

    /// Why nothing is published any more, or nil. The process should then end.
    package var failure: LogError? { failed.withLock { $0 } }

    /// Publishes until the task is cancelled or publishing is no longer safe. A disk that takes no writes is
    /// tried again; it is told once per spell.
    package func run() async {
        var position = writer.position
        var isFailing = false
        while !Task.isCancelled, failure == nil {
            do throws(LogError) {
                // What was signed when a try failed is put up, and is not added once more.
                if !writer.isUp { try await putUp() }
                position = max(position, writer.position)
                let reached = try await step(after: position)
                isFailing = false
                if reached == position {
                    await ledger.waitForNews(after: position, atMost: LogLimits.newsWait)
                } else {
                    position = reached
                    try? await Task.sleep(for: LogLimits.stepPause)
                }
            } catch {
                if error.code != .storage {
                    logger.critical("nothing more is published: \(error.message)")
                    failed.withLock { $0 = error }
                } else if !isFailing {
                    logger.error("publishing is tried again: \(error.message)")
                }
                isFailing = true
                try? await Task.sleep(for: LogLimits.failurePause)
            }
        }
        writer.close()
    }

    /// Publishes the acts of the next events, and gives the position up to which events were looked at.
    private func step(after position: Int64) async throws(LogError) -> Int64 {
        let events: [StoredEvent]
        var found: [PublicAct] = []
        do {
            events = try await ledger.events(after: position, limit: LogLimits.stepEventCountMax)
            for event in events { if let act = try acts(event) { found.append(act) } }
        } catch {
            if Task.isCancelled { return position }
            throw LogError(.storage, "the record's events could not be read for publishing: \(error)")
        }
        guard let last = events.last else { return position }
        if found.isEmpty { return last.position }
        let head = LedgerHead(position: last.position, chain: last.chain)
        let fresh = found
        let writer = writer
        _ = try await blocking { () throws(LogError) in try writer.extend(by: fresh, upTo: head) }
        try await putUp()
        return last.position
    }

    /// Puts up the writer's checkpoint, with the witnesses that sign in time.
    private func putUp() async throws(LogError) {
        let writer = writer
        var checkpoint = try writer.checkpoint()
        for signature in try await cosignatures(of: checkpoint) { checkpoint.add(signature) }
        let note = checkpoint
        try await blocking { () throws(LogError) in try writer.announce(note) }
    }

    /// Runs on the writing thread.
    private func blocking<Value: Sendable>(
        _ body: @escaping @Sendable () throws(LogError) -> Value
    ) async throws(LogError) -> Value {
        let result: Result<Value, LogError> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(LogError) {
                    continuation.resume(returning: .success(try body()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}

extension LogPublisher {
    /// Lines of the witnesses that put their name to the checkpoint in time.
    ///
    /// Throws when one of them has seen more of this log, or another tree: then this process goes on from an
    /// older state than was published, and must not publish.
    private func cosignatures(
        of note: SignedNote
    ) async throws(LogError) -> [SignedNote.Signature] {
        guard !witnesses.isEmpty, let size = try? Checkpoint(note).size else { return [] }
        let answers = await withTaskGroup(of: (Int, WitnessAnswer)?.self) { group in
            for place in witnesses.indices {
                group.addTask { (place, await self.ask(place, note, size)) }
            }
            group.addTask {
                try? await Task.sleep(for: LogLimits.witnessTime)
                return nil
            }
            var answers: [(Int, WitnessAnswer)] = []
            while answers.count < witnesses.count, let answer = await group.next(), let answer {
                answers.append(answer)
            }
            group.cancelAll()
            return answers
        }
        var lines: [SignedNote.Signature] = []
        for (place, answer) in answers { lines += try judge(answer, of: place, note, size) }
        return lines
    }

    /// Asks a witness; once more when it says what it saw last and that was something else than we thought.
    private func ask(_ place: Int, _ note: SignedNote, _ size: TreeSize) async -> WitnessAnswer {
        let old = seen.withLock { $0[place] }
        let answer = await ask(place, note, from: old)
        guard case .conflict(let latest) = answer, latest <= size, latest != old else { return answer }
        return await ask(place, note, from: latest)
    }

    private func ask(_ place: Int, _ note: SignedNote, from old: TreeSize) async -> WitnessAnswer {
        let writer = writer
        let proof = try? await blocking { () throws(LogError) in try writer.consistencyProof(from: old) }
        guard let hashes = proof else { return .absent("the log has no proof from \(old)") }
        return await witnesses[place].ask(WitnessRequest(old: old, proof: hashes, note: note))
    }

    private func judge(
        _ answer: WitnessAnswer, of place: Int, _ note: SignedNote, _ size: TreeSize
    ) throws(LogError) -> [SignedNote.Signature] {
        let key = witnesses[place].key
        switch answer {
        case .signed(let lines):
            var trial = note
            for line in lines { trial.add(line) }
            guard (try? trial.signers(among: [key])) == [key] else {
                logger.warning("witness \(key.name) answered without its signature")
                return []
            }
            seen.withLock { $0[place] = size }
            return lines.filter { $0.name == key.name && $0.keyID == key.id }
        case .conflict(let latest) where latest <= size:
            logger.notice("witness \(key.name) saw \(latest) entries last, and will be asked from there")
            seen.withLock { $0[place] = latest }
            return []
        case .conflict(let latest):
            throw LogError(
                .otherInstance,
                "witness \(key.name) saw this log with \(latest) entries, here it has \(size): another "
                    + "process publishes in its name, or this one goes on from an older state")
        case .inconsistent:
            throw LogError(
                .otherInstance,
                "witness \(key.name) saw another tree of this log; what is here is not what was published")
        case .absent(let reason):
            logger.notice("witness \(key.name) has not signed: \(reason)")
            return []
        }
    }
}
