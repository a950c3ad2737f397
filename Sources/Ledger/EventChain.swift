/// Binds each event to all that came before it, so that none can be changed, removed or put in afterwards
/// without changing every later chain value.
///
///     chain(0) = SHA-256( text("forerunner ledger 1") text(role) text(time kind) text(clock id) )
///     chain(n) = SHA-256( chain(n-1)
///                         number(position) text(stream) number(version) text(type) number(moment)
///                         text(actor) text(request id) text(rule edition) bytes(payload) )
///
/// `number` is eight bytes, big-endian, two's complement. `text` is the number of UTF-8 bytes as `number`,
/// then the bytes; `bytes` likewise. The time kind is `real` (then the clock id is empty) or `simulated`.
package enum EventChain {
    /// Bytes of a chain value.
    package static let byteCount = 32

    /// The value before the first event: it seals the store's mark.
    package static func origin(of mark: StoreMark) -> [UInt8] {
        var encoding = CanonicalEncoding()
        encoding.append(text: "forerunner ledger 1")
        encoding.append(text: mark.role)
        encoding.append(text: mark.timeKind.word)
        encoding.append(text: mark.timeKind.clockID)
        return encoding.digest()
    }

    /// The value at `event`; its own `chain` field is not looked at.
    package static func value(after previous: [UInt8], at event: StoredEvent) -> [UInt8] {
        encoding(after: previous, at: event).digest()
    }

    /// What is hashed: its fields are the event's columns but the last.
    static func encoding(after previous: [UInt8], at event: StoredEvent) -> CanonicalEncoding {
        var encoding = CanonicalEncoding()
        encoding.append(raw: previous)
        encoding.append(number: event.position)
        encoding.append(text: event.stream)
        encoding.append(number: event.version)
        encoding.append(text: event.type)
        encoding.append(number: event.moment)
        encoding.append(text: event.actor)
        encoding.append(text: event.requestID)
        encoding.append(text: event.ruleEdition)
        encoding.append(bytes: event.payload)
        return encoding
    }
}

extension TimeKind {
    /// The word stored for the kind.
    var word: String {
        switch self {
        case .real: "real"
        case .simulated: "simulated"
        }
    }

    /// Empty for real time.
    var clockID: String {
        switch self {
        case .real: ""
        case .simulated(let clockID): clockID
        }
    }

    init?(word: String, clockID: String) {
        switch word {
        case "real" where clockID.isEmpty: self = .real
        case "simulated": self = .simulated(clockID: clockID)
        default: return nil
        }
    }
}
