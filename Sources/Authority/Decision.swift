package import Contracts
package import GRDB
package import Ledger
package import Regulation
package import Wire

/// What a command was decided to be: the events to append, what the decision looked at, and the answer.
package struct Decision<Answer: WireMessage>: Sendable {
    package var drafts: [EventDraft]
    /// Stream versions the decision rests on; another command that moved one of them makes this one decide
    /// anew.
    package var seen: [String: Int64]
    /// Made from the events as stored, in the order of the drafts.
    package var answer: @Sendable ([StoredEvent]) -> Answer
    /// Rows of a snapshot, written in the same transaction.
    package var bulk: (@Sendable (Database) throws -> Void)?

    package init(
        _ drafts: [EventDraft], seen: [String: Int64], bulk: (@Sendable (Database) throws -> Void)? = nil,
        answer: @escaping @Sendable ([StoredEvent]) -> Answer
    ) {
        self.drafts = drafts
        self.seen = seen
        self.bulk = bulk
        self.answer = answer
    }
}

extension Decision where Answer == CommonAPI.Receipt {
    /// The ordinary command: events, and a receipt that names the thing and its new state.
    package init(
        _ drafts: [EventDraft], seen: [String: Int64], id: String, state: String, remarks: [Finding] = []
    ) {
        self.init(drafts, seen: seen) { events in
            CommonAPI.Receipt(
                id: id, state: state, position: events.last?.position ?? 0,
                momentUtcUs: events.last?.moment ?? 0, findings: remarks.map(CommonAPI.Finding.init))
        }
    }
}

/// Who commands, when, and under which request id.
package struct CommandContext: Sendable {
    package let actor: Actor
    package let moment: Instant
    package let requestID: String
    /// 32 random bytes, other ones whenever the command is decided again; for `PersonalPart` alone.
    package let salt: [UInt8]

    /// The civil date of the command in Asia/Shanghai.
    package var today: CivilDate { moment.shanghaiDate }

    /// A name for what this command makes, the same whenever the command is decided again.
    package func derivedID(_ prefix: String) -> String {
        Identifier.derive(prefix, from: actor.description, requestID)
    }
}

extension EventDraft {
    /// An event whose type is the message's full name and whose payload is its protobuf encoding.
    package init(_ stream: String, _ event: some WireMessage, personal: PersonalEffect? = nil) {
        self.init(
            stream: stream, type: Swift.type(of: event).fullName, payload: event.serialized(),
            personal: personal)
    }
}

extension StoredEvent {
    /// The payload as the message its type names, or nil when the type is another.
    package func decoded<Event: WireMessage>(as event: Event.Type) throws -> Event? {
        guard type == Event.fullName else { return nil }
        return try Event(serialized: payload)
    }
}
