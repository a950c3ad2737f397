package import Contracts
package import Ledger
package import Wire

// How personal data and what events say of them are told to the record.

/// A command with personal data in it. The digest that tells a resent one from a reused id leaves them out:
/// it stays when they are erased, and likely telephone numbers could be tried against it.
package protocol PersonalRequest: WireMessage {
    var withoutPersonalData: Self { get }
}

extension CommandContext {
    /// The data as the record keeps them under `id`, or nil when none were given. Once in a command: they
    /// take its salt.
    package func personalPart(_ data: CommonAPI.PersonalData, id: String) -> PersonalPart? {
        if data == CommonAPI.PersonalData() { return nil }
        return PersonalPart(id: id, salt: salt, data: data.serialized())
    }
}

extension CommonAPI.PersonalMark {
    /// What an event says of data that come with it.
    package init(_ part: PersonalPart) {
        self.init(id: part.id, commitment: part.commitment)
    }
}

extension PersonalTrace {
    package init?(_ mark: CommonAPI.PersonalMark?) {
        guard let mark else { return nil }
        self = .held(id: mark.id, commitment: mark.commitment)
    }

    /// What an event says that is the same in every service.
    package init?(erasing event: StoredEvent) throws {
        guard let done = try event.decoded(as: CommonAPI.PersonalDataErased.self) else { return nil }
        self = .erased(id: done.id)
    }
}
