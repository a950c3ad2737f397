import CMessages
import Contracts
import Testing
import Wire

/// Bytes from a peer that is broken or means harm: an error with a place, never a crash, never a cut text.
@Suite("Messages: hostile bytes")
struct HostileBytesTests {
    private func flaw(_ bytes: [UInt8]) -> MessageError? {
        do {
            _ = try SchemeAPI.Application(serialized: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test("text that is not UTF-8 is refused and the field named")
    func invalidUTF8() {
        let invalid: [[UInt8]] = [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE9, 0xA2], [0x41, 0x80]]
        for text in invalid {
            let nested = WireBytes.field(5, bytes: WireBytes.field(1, bytes: WireBytes.field(2, bytes: text)))
            #expect(
                flaw(nested) == MessageError(.notUTF8, at: "forerunner.common.v1.Institution.name"))
            #expect(
                flaw(WireBytes.field(13, bytes: text))
                    == MessageError(.notUTF8, at: "forerunner.scheme.v1.Application.panel"))
        }
    }

    @Test("text with U+0000 in it is refused, not cut short")
    func nulInText() {
        #expect(
            flaw(WireBytes.field(1, bytes: [0x41, 0, 0x42]))
                == MessageError(.nul, at: "forerunner.scheme.v1.Application.id"))
    }

    @Test("U+0000 is seen at every place of texts of every length, and nothing else is taken for it")
    func nulAtEveryPlace() {
        for count in 1...24 {
            // Neighbours of zero, and U+0800's first byte after it, have the bits that a quick look tests.
            let text = [0x01] + [UInt8](repeating: 0x7F, count: count) + [0x01, 0xE0, 0xA0, 0x80]
            #expect(flaw(WireBytes.field(1, bytes: text)) == nil)
            for place in text.indices {
                var cut = text
                cut[place] = 0
                #expect(
                    flaw(WireBytes.field(1, bytes: cut))
                        == MessageError(.nul, at: "forerunner.scheme.v1.Application.id"))
            }
        }
    }

    @Test("bytes that break off are refused at whatever place")
    func truncated() throws {
        let whole = try MessageSamples.serialized(SchemeAPI.Application.descriptor)
        var refusedCount = 0
        for count in 0..<whole.count where flaw(Array(whole.prefix(count))) != nil { refusedCount += 1 }
        // A cut between two fields of the outermost message leaves a message.
        #expect(refusedCount > whole.count * 9 / 10)
        #expect(
            flaw(WireBytes.varint(1 << 3 | 2) + [5, 0x41])
                == MessageError(.truncated, at: "forerunner.scheme.v1.Application.id"))
        #expect(
            flaw(WireBytes.varint(4 << 3) + [0x80])
                == MessageError(.truncated, at: "forerunner.scheme.v1.Application.state"))
    }

    @Test("a field in another field's encoding is refused and named")
    func wrongWireType() {
        #expect(
            flaw(WireBytes.field(1, varint: 5))
                == MessageError(.wireType(0), at: "forerunner.scheme.v1.Application.id"))
        #expect(
            flaw(WireBytes.field(4, bytes: [1]))
                == MessageError(.wireType(2), at: "forerunner.scheme.v1.Application.state"))
    }

    @Test("a message given twice is refused: protobuf-c would lose part of it; a repeated one is not")
    func messageGivenTwice() throws {
        let scope = EvaluationAPI.Scope(isService: true).serialized()
        let twice = WireBytes.field(5, bytes: scope) + WireBytes.field(5, bytes: [])
        #expect(
            throws: MessageError(.givenTwice, at: "forerunner.evaluation.v1.EvaluationScheme.scope")
        ) { try EvaluationAPI.EvaluationScheme(serialized: twice) }
        let repeated = WireBytes.field(6, bytes: []) + WireBytes.field(6, bytes: [])
        #expect(try EvaluationAPI.EvaluationScheme(serialized: repeated).indicators.count == 2)
    }

    @Test("tags that no encoder writes are refused")
    func malformedTags() {
        let place = "forerunner.scheme.v1.Application"
        #expect(flaw([0x00]) == MessageError(.malformed, at: place))
        #expect(flaw([0x80]) == MessageError(.malformed, at: place))
        #expect(flaw([UInt8](repeating: 0xFF, count: 11)) == MessageError(.malformed, at: place))
        #expect(flaw(WireBytes.varint(1 << 35)) == MessageError(.malformed, at: place))
        // Groups are gone since proto3.
        #expect(flaw([0xFB, 0x06, 0xFC, 0x06])?.flaw == .malformed)
    }

    @Test("lengths near the end of the number range are refused")
    func monstrousLengths() {
        for length in [UInt64.max, UInt64(Int64.max), 1 << 63, 1 << 32, 3] {
            let bytes = WireBytes.varint(1 << 3 | 2) + WireBytes.varint(length) + [0x41]
            #expect(flaw(bytes)?.flaw == .truncated)
        }
    }

    /// google.protobuf.DescriptorProto contains itself: the only such message we hold.
    private var recursive: MessageDescriptor {
        var message = Google__Protobuf__DescriptorProto()
        google__protobuf__descriptor_proto__init(&message)
        return MessageDescriptor(address: message.base.descriptor)
    }

    private func nested(_ levelCount: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<levelCount { bytes = WireBytes.field(3, bytes: bytes) }
        return bytes
    }

    @Test("64 levels of messages are taken, 65 refused")
    func depthLimit() throws {
        _ = try JSONMapping.encode(serialized: nested(63), descriptor: recursive)
        let error = #expect(throws: JSONMappingError.self) {
            try JSONMapping.encode(serialized: nested(64), descriptor: recursive)
        }
        #expect(error?.reason.contains("nested deeper than 64 levels") == true)
    }

    @Test("30 KB of nested bytes do not overflow the stack")
    func nestedBomb() {
        let bomb = nested(9000)
        #expect(bomb.count > 30_000)
        #expect(throws: JSONMappingError.self) {
            try JSONMapping.encode(serialized: bomb, descriptor: recursive)
        }
    }

    @Test("many empty messages do not take memory without bound")
    func memoryBomb() {
        let bytes = [UInt8](repeating: 0, count: 1 << 20).enumerated().map {
            $0.offset % 2 == 0 ? 0x12 : $0.element
        }
        let error = #expect(throws: MessageError.self) {
            try RankingAPI.GetRankingListResponse(serialized: bytes)
        }
        guard case .memory = error?.flaw else {
            Issue.record("not refused for its memory: \(String(describing: error))")
            return
        }
    }

    @Test("a message above the caller's bound is refused unread")
    func sizeLimit() {
        let bytes = CommonAPI.Institution(name: "abcdef").serialized()
        #expect(
            throws: MessageError(
                .tooLarge(byteCount: 8, byteCountMax: 7), at: "forerunner.common.v1.Institution")
        ) {
            try CommonAPI.Institution(serialized: bytes, byteCountMax: 7)
        }
        #expect((try? CommonAPI.Institution(serialized: bytes, byteCountMax: 8)) != nil)
    }

    @Test("damaged bytes of every message type give an error or a message that encodes again")
    func damagedBytes() throws {
        var random = SeededBytes(seed: 20_250_603)
        for (_, type) in MessageSamples.types {
            let whole = try MessageSamples.serialized(type.descriptor)
            guard !whole.isEmpty else { continue }
            for _ in 0..<12 {
                var bytes = whole
                for _ in 0..<(1 + random.next() % 4) {
                    bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
                }
                guard let message = try? type.init(serialized: bytes) else { continue }
                let again = message.serialized()
                #expect(try type.init(serialized: again).serialized() == again)
            }
        }
    }
}

/// A repeatable stream of numbers (SplitMix64).
struct SeededBytes {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
