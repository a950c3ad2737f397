import Contracts
import Crypto
package import GRDB
package import Ledger
package import Logging
package import Regulation
package import Wire

/// Takes commands: looks whether the request was answered before, decides on a snapshot of the projections,
/// appends with the versions it saw, and answers after the commit.
package struct CommandDesk: Sendable {
    /// Where commands are decided.
    package enum Place: Sendable {
        /// On the thread that writes, for decisions that look up a few rows: the writer's thread is woken
        /// once and the caller's once, whatever the command reads.
        case writer
        /// On a reader's thread, for decisions that go through a list or compute one: they keep nobody's
        /// commit waiting.
        case apart
    }

    private enum FirstLook<Answer: WireMessage> {
        case answered(FirstAnswer)
        case decided(Decision<Answer>, CommandContext)
    }

    /// Decisions that lose a race are made anew this often before the caller is told to come again. Sixteen
    /// commands on one stream at the same moment would need sixteen rounds in the worst case.
    private static let attemptCountMax = 32

    package let ledger: Ledger
    package let time: any TimeSource
    package let edition: RuleEdition
    package let logger: Logger
    /// Draws 32 random bytes: see `PersonalPart.salt`.
    package let salt: @Sendable () -> [UInt8]
    package var place = Place.writer

    package init(
        ledger: Ledger, time: any TimeSource, edition: RuleEdition = .trial2018, logger: Logger,
        salt: @escaping @Sendable () -> [UInt8]
    ) {
        self.ledger = ledger
        self.time = time
        self.edition = edition
        self.logger = logger
        self.salt = salt
    }

    /// Executes one command.
    ///
    /// `decide` runs on a read snapshot, possibly several times; it throws `Refusal` when the law says no and
    /// `RPCStatus` for anything else the caller must know. Nothing is written unless the events are.
    package func execute<Request: WireMessage, Answer: WireMessage>(
        _ request: Request, _ call: CallContext,
        decide: @escaping @Sendable (Database, CommandContext) throws -> Decision<Answer>
    ) async throws(RPCStatus) -> Answer {
        let requestID = try Self.requestID(of: call)
        let digest = Self.digest(method: call.method, payload: Self.recorded(request).serialized())
        switch place {
        case .writer:
            return try await ledger.atWriter { () async throws(RPCStatus) in
                try await carryOut(call, requestID, digest, decide)
            }
        case .apart:
            return try await carryOut(call, requestID, digest, decide)
        }
    }

    private func carryOut<Answer: WireMessage>(
        _ call: CallContext, _ requestID: String, _ digest: [UInt8],
        _ decide: @escaping @Sendable (Database, CommandContext) throws -> Decision<Answer>
    ) async throws(RPCStatus) -> Answer {
        let actor = Actor(call)
        for _ in 0..<Self.attemptCountMax {
            do {
                // A request sent again has its answer also while the time is not known.
                let context = Result {
                    CommandContext(
                        actor: actor, moment: try time.now(), requestID: requestID, salt: salt())
                }
                let look: FirstLook<Answer> = try await ledger.read { database in
                    let first = try EventRows.firstAnswer(
                        requester: actor.description, requestID: requestID, in: database)
                    if let first { return .answered(first) }
                    let context = try context.get()
                    return .decided(try decide(database, context), context)
                }
                switch look {
                case .answered(let first):
                    guard first.digest == digest else { throw Self.requestReused(requestID) }
                    return try Answer(serialized: first.answer)
                case .decided(let decision, let context):
                    switch try await ledger.append(append(decision, context, digest)) {
                    case .appended(_, let answer), .repeated(let answer):
                        return try Answer(serialized: answer)
                    case .conflict:
                        continue
                    case .requestReused:
                        throw Self.requestReused(requestID)
                    }
                }
            } catch {
                throw status(for: error, call)
            }
        }
        throw RPCStatus(
            code: .aborted, message: "too many commands on the same matter at once; send the request again")
    }

    /// Answers a question from a snapshot of the projections, of the past if the call asks for it.
    package func answer<Answer: Sendable>(
        _ call: CallContext, _ look: @escaping @Sendable (Database) throws -> Answer
    ) async throws(RPCStatus) -> Answer {
        do {
            guard call.metadata[CallMetadata.asOf] != nil else { return try await ledger.read(look) }
            let moment = try moment(for: call).utcMicroseconds
            return try await ledger.read(asOf: moment, look)
        } catch {
            throw status(for: error, call)
        }
    }

    private func append<Answer: WireMessage>(
        _ decision: Decision<Answer>, _ context: CommandContext, _ digest: [UInt8]
    ) -> Append {
        let answer = decision.answer
        return Append(
            drafts: decision.drafts, expected: decision.seen, requestID: context.requestID,
            requester: context.actor.description, requestDigest: digest,
            answer: { events in answer(events).serialized() },
            moment: context.moment.utcMicroseconds, actor: context.actor.description,
            ruleEdition: edition.name, bulk: decision.bulk, cursor: nil)
    }

    private static func requestID(of call: CallContext) throws(RPCStatus) -> String {
        let requestID = call.metadata[CallMetadata.requestID] ?? ""
        guard !requestID.isEmpty, requestID.utf8.count <= CallMetadata.requestIDByteCountMax else {
            throw RPCStatus(
                code: .invalidArgument,
                message: "a command needs metadata \(CallMetadata.requestID) of 1 to "
                    + "\(CallMetadata.requestIDByteCountMax) bytes, new for each command and the same when "
                    + "resent")
        }
        return requestID
    }

    private static func requestReused(_ requestID: String) -> RPCStatus {
        RPCStatus(
            code: .alreadyExists,
            message: "request id \(requestID) was used for another command; choose a new one")
    }

    /// What of a request may be known for good.
    private static func recorded(_ request: some WireMessage) -> any WireMessage {
        (request as? any PersonalRequest)?.withoutPersonalData ?? request
    }

    private static func digest(method: String, payload: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: Array(method.utf8))
        hasher.update(data: [0])
        hasher.update(data: payload)
        return Array(hasher.finalize())
    }

    /// The one place where an authority's failures become statuses.
    private func status(for error: any Error, _ call: CallContext) -> RPCStatus {
        switch error {
        case let status as RPCStatus:
            return status
        case let refusal as Refusal:
            return RPCStatus(refusal: refusal)
        case let unavailable as TimeUnavailable:
            return RPCStatus(code: .unavailable, message: unavailable.description)
        case let error as LedgerError where error.code == .busy:
            return RPCStatus(code: .resourceExhausted, message: error.message)
        case let error as LedgerError:
            logger.error("record failed", metadata: ["method": "\(call.method)", "error": "\(error)"])
            return RPCStatus(code: .unavailable, message: "the record could not be used; try again later")
        case is CancellationError:
            return RPCStatus(code: .cancelled, message: "the call was cancelled")
        default:
            logger.error("call failed", metadata: ["method": "\(call.method)", "error": "\(error)"])
            return RPCStatus(
                code: .internalError, message: "the call failed inside the service; it was logged")
        }
    }
}
