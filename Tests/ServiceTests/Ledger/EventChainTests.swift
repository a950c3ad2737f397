import Crypto
import Ledger
import Testing

@Suite("The chain over events")
struct EventChainTests {
    private let previous = [UInt8](repeating: 7, count: 32)

    private func event(
        position: Int64 = 1, stream: String = "s", version: Int64 = 1, type: String = "t", moment: Int64 = 5,
        actor: String = "a", requestID: String = "r", ruleEdition: String = "e", payload: [UInt8] = [1]
    ) -> StoredEvent {
        StoredEvent(
            position: position, stream: stream, version: version, type: type, moment: moment, actor: actor,
            requestID: requestID, ruleEdition: ruleEdition, payload: payload, chain: [])
    }

    @Test("a change of any field changes the value")
    func everyField() {
        let variants = [
            event(), event(position: 2), event(stream: "S"), event(version: 2), event(type: "T"),
            event(moment: -5), event(actor: "b"), event(requestID: "q"), event(ruleEdition: "f"),
            event(payload: [1, 0]), event(payload: []),
            // Bytes that move from one field to the next.
            event(actor: "ar", requestID: ""), event(type: "", actor: "at"),
        ]
        var values = Set(variants.map { EventChain.value(after: previous, at: $0) })
        values.insert(EventChain.value(after: [UInt8](repeating: 8, count: 32), at: event()))
        #expect(values.count == variants.count + 1)
    }

    @Test("the value is SHA-256 over the bytes as documented")
    func bytes() {
        let eight: (UInt8) -> [UInt8] = { [0, 0, 0, 0, 0, 0, 0, $0] }
        var bytes = previous + eight(1) + eight(1) + [0x73] + eight(1) + eight(1) + [0x74] + eight(5)
        bytes += eight(1) + [0x61] + eight(1) + [0x72] + eight(1) + [0x65] + eight(1) + [1]
        #expect(EventChain.value(after: previous, at: event()) == Array(SHA256.hash(data: bytes)))
    }

    @Test("the origin seals role, kind of time and clock")
    func origin() {
        let marks = [
            StoreMark(role: "scheme", timeKind: .real), StoreMark(role: "ranking", timeKind: .real),
            StoreMark(role: "scheme", timeKind: .simulated(clockID: "")),
            StoreMark(role: "scheme", timeKind: .simulated(clockID: "a")),
        ]
        #expect(Set(marks.map(EventChain.origin(of:))).count == marks.count)
    }
}
