import CMessages
import Contracts
import Testing
import Wire

@Suite("Messages: encoding and decoding")
struct MessageCodingTests {
    @Test("every message type comes back from the wire as it went, with every field set")
    func everyTypeRoundTrips() throws {
        #expect(MessageSamples.types.count > 100)
        for (name, type) in MessageSamples.types {
            for variant in 0..<3 { try roundTrip(type, name, variant) }
        }
    }

    private func roundTrip<Message: WireMessage>(
        _ type: Message.Type, _ name: String, _ variant: Int
    ) throws {
        #expect(Message.fullName == name && Message.descriptor.fullName == name)
        let bytes = try MessageSamples.serialized(Message.descriptor, variant: variant)
        let message = try Message(serialized: bytes)
        #expect(message.serialized() == bytes, "\(name)")
        #expect((message == Message()) == Message.descriptor.fields.isEmpty, "\(name)")
        let text = try JSONMapping.encode(serialized: bytes, descriptor: Message.descriptor)
        #expect(message.jsonText() == text, "\(name)")
        #expect(try Message.fromJSON(text) == message, "\(name)")
        #expect(try Message.fromJSON(message.jsonText(pretty: true)) == message, "\(name)")
    }

    @Test("a message with nothing set is no bytes, and no bytes are such a message")
    func emptyMessages() throws {
        for (name, type) in MessageSamples.types {
            #expect(type.init().serialized() == [], "\(name)")
            #expect(try type.init(serialized: []).serialized() == [], "\(name)")
        }
    }

    @Test("field numbers and types on the wire are the proto file's")
    func goldenBytes() throws {
        let field = SchemeAPI.KeyField(code: "A", year: 2025, plans: ["p", ""])
        #expect(field.serialized() == [0x0A, 1, 0x41, 0x18, 0xE9, 0x0F, 0x42, 1, 0x70, 0x42, 0])
        // The vector of the Rust implementation of ttrpc.
        let request = Envelope.Request(
            service: "grpc.TestServices", method: "Test", payload: Array(1...9), timeoutNano: 20_000_000,
            metadata: [Envelope.KeyValue(key: "test_key1", value: "test_value1")])
        let bytes = request.serialized()
        let golden =
            "0a11677270632e5465737453657276696365731204546573741a090102030405060708092080dac409"
            + "2a180a09746573745f6b657931120b746573745f76616c756531"
        let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hex == golden)
        #expect(try Envelope.Request(serialized: bytes) == request)
    }

    @Test("a negative number takes ten bytes and keeps its sign")
    func negativeNumbers() throws {
        let request = Envelope.Request(timeoutNano: -1)
        #expect(request.serialized() == [0x20] + [UInt8](repeating: 0xFF, count: 9) + [0x01])
        #expect(try Envelope.Request(serialized: request.serialized()).timeoutNano == -1)
    }

    @Test("an unknown enum number is kept")
    func unknownEnumNumber() throws {
        let bytes = WireBytes.field(3, varint: 77)
        let finding = try CommonAPI.Finding(serialized: bytes)
        #expect(finding.modality == .unrecognized(77))
        #expect(finding.serialized() == bytes)
        let negative = CommonAPI.Finding(modality: .unrecognized(-5))
        #expect(try CommonAPI.Finding(serialized: negative.serialized()) == negative)
    }

    @Test("unknown fields of every wire type are skipped")
    func unknownFields() throws {
        let bytes =
            WireBytes.field(100, varint: 7) + WireBytes.field(1, bytes: Array("x".utf8))
            + WireBytes.field(101, bytes: [0xFF, 0xFF]) + WireBytes.varint(102 << 3 | 1)
            + [UInt8](repeating: 1, count: 8) + WireBytes.varint(103 << 3 | 5) + [1, 2, 3, 4]
        #expect(try CommonAPI.Institution(serialized: bytes) == CommonAPI.Institution(creditCode: "x"))
    }

    @Test("packed and unpacked repeated enums read alike")
    func packedEnums() throws {
        let unpacked = WireBytes.field(4, varint: 2) + WireBytes.field(4, varint: 7)
        let packed = WireBytes.field(4, bytes: [2, 7])
        for bytes in [unpacked, packed] {
            let method = try NodeAPI.MethodDescription(serialized: bytes)
            #expect(method.callers == [.authority, .service])
        }
    }

    @Test("of a text given twice the last counts")
    func textGivenTwice() throws {
        let twice = WireBytes.field(1, bytes: [0x41]) + WireBytes.field(1, bytes: [0x42])
        #expect(try CommonAPI.Institution(serialized: twice).creditCode == "B")
    }

    @Test(
        "a message comes back whole whatever memory it takes", arguments: [1, 40, 900, 1100, 5_000, 70_000])
    func everySize(byteCount: Int) throws {
        // Around a kibibyte an arena leaves its caller's stack: by one text, many texts, a list of messages.
        let text = String(repeating: "长", count: byteCount / 3) + "x"
        let plans = Array(repeating: "plan", count: byteCount / 4)
        let field = SchemeAPI.KeyField(code: text, year: 7, plans: plans)
        #expect(try SchemeAPI.KeyField(serialized: field.serialized()) == field)
        let pairs = Array(repeating: Envelope.KeyValue(key: "k", value: "v"), count: byteCount / 8)
        let request = Envelope.Request(service: text, metadata: pairs)
        #expect(try Envelope.Request(serialized: request.serialized()) == request)
    }

    @Test("U+0000 in a text of ours goes out as U+FFFD, not as a cut")
    func nulInOurText() throws {
        let institution = CommonAPI.Institution(name: "a\0b")
        #expect(try CommonAPI.Institution(serialized: institution.serialized()).name == "a\u{FFFD}b")
    }
}
