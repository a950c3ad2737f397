import Crypto

/// 个人信息 that came with an event. It stands beside the record, where it can be erased; the event has only
/// the commitment, which says nothing once the salt is gone.
///
/// - SeeAlso: R29 of the readings: kept in the store, in no public record, erasable.
package struct PersonalPart: Sendable, Hashable {
    /// Names the data; unique in a store.
    package let id: String
    /// 32 random bytes, new for each part: without them nobody can try likely phone numbers against the
    /// commitment.
    package let salt: [UInt8]
    package let data: [UInt8]

    /// Bytes of a salt.
    package static let saltByteCount = 32

    package init(id: String, salt: [UInt8], data: [UInt8]) {
        self.id = id
        self.salt = salt
        self.data = data
    }

    /// SHA-256 over salt and data: what the event states.
    package var commitment: [UInt8] {
        var hasher = SHA256()
        hasher.update(data: salt)
        hasher.update(data: data)
        return Array(hasher.finalize())
    }
}

/// What an event does to the personal data beside the record.
package enum PersonalEffect: Sendable, Hashable {
    case keeps(PersonalPart)
    case erases(id: String)

    var byteCount: Int {
        switch self {
        case .keeps(let part): part.data.count
        case .erases: 0
        }
    }

    /// What the event's payload must say for this.
    var trace: PersonalTrace {
        switch self {
        case .keeps(let part): .held(id: part.id, commitment: part.commitment)
        case .erases(let id): .erased(id: id)
        }
    }
}

/// What an event says about personal data.
package enum PersonalTrace: Sendable, Hashable {
    /// Data of this name came with it.
    case held(id: String, commitment: [UInt8])
    /// Data of this name were erased by it.
    case erased(id: String)
}
