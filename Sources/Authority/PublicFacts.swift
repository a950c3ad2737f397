package import Contracts
package import Ledger
package import Transparency

/// What every authority's public acts are made of.
///
/// Facts are identities, dates, digests and figures: never what somebody wrote freely, nor who a person is
/// (R29). So an entry stays valid whatever is erased from the record later.
package enum PublicFacts {
    package static func institution(_ institution: CommonAPI.Institution?) -> CanonicalJSON {
        .object([
            "credit_code": .text(institution?.creditCode ?? ""), "name": .text(institution?.name ?? ""),
        ])
    }

    package static func digest(_ bytes: [UInt8]) -> CanonicalJSON { .text(HexText.text(bytes)) }

    package static func texts(_ texts: [String]) -> CanonicalJSON { .list(texts.map { .text($0) }) }

    /// A notice: how long objections may come in.
    package static func notice(_ notice: CommonAPI.Notice?) -> JSONMembers {
        let notice = notice ?? .init()
        return [
            "notice": .text(notice.id), "kind": .text(notice.kind), "posted_on": .text(notice.postedOn),
            "last_day": .text(notice.lastDay), "provisional": .truth(notice.provisional),
            "working_days": .count(notice.workingDays),
        ]
    }
}

/// An event's number is one that an entry cannot hold.
package struct UnspeakableNumber: Error, Sendable {}

extension PublicAct {
    /// The act in an event, with the facts that are to be known of it.
    package init(
        _ act: String, in event: StoredEvent, of service: String, facts: JSONMembers
    ) throws {
        guard let position = SafeInteger(event.position), let moment = SafeInteger(event.moment) else {
            throw UnspeakableNumber()
        }
        self.init(
            service: service, act: act, subject: event.stream, position: position, moment: moment,
            edition: event.ruleEdition, facts: facts)
    }
}
