import Contracts
import Wire

extension FuzzTarget {
    private static let protobufDictionary: [[UInt8]] =
        (1...20).flatMap { number in [0, 1, 2, 5].map { WireBytes.varint(UInt64(number << 3 | $0)) } }
        + [
            Array("type.googleapis.com/google.protobuf.Any".utf8), Array("t/forerunner.test.Kinds".utf8),
            Array("t/google.protobuf.Struct".utf8), [0xC3, 0x28], [0xFF], [0], [0x0B], [0x0C],
            [0, 0, 0, 0, 0, 0, 0xF8, 0x7F], [0, 0, 0, 0, 0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F],
        ]

    /// Descriptors that the first byte chooses from: those of the tests, and all of the contracts.
    private static let descriptors: [MessageDescriptor] =
        [TestMessages.kinds] + TestMessages.all
        + [TestMessages.any, TestMessages.value, TestMessages.structure]
        + MessageSamples.types.map { $0.type.descriptor }

    private static let options = JSONOptions(messages: message(fullName:))

    private static func message(fullName: String) -> MessageDescriptor? {
        TestMessages.message(fullName: fullName) ?? MessageRegistry.descriptor(fullName: fullName)
    }

    /// Bytes that unpack have a JSON form or a reason why not; the form gives bytes that say the same. A
    /// Swift value of them encodes, and decodes as the same.
    static let messages = FuzzTarget(
        name: "messages",
        seeds: messageSeeds,
        dictionary: protobufDictionary,
        run: unpacked)

    private static func messageSeeds() throws -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        for seed in jsonSeeds() {
            let descriptor = descriptors[Int(seed[0])]
            let text = String(decoding: seed.dropFirst(), as: UTF8.self)
            let bytes = try JSONMapping.decode(json: text, descriptor: descriptor, options: options)
            seeds.append([seed[0]] + bytes)
        }
        return seeds
    }

    /// A place of `descriptors` and a message of that kind.
    private static func jsonSeeds() -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        for index in 0..<64 {
            var random = RandomJSON(seed: UInt64(index), isPortable: false)
            let place = index % (TestMessages.all.count + 1)
            seeds.append([UInt8(place)] + Array(random.text(descriptors[place]).utf8))
        }
        return seeds
    }

    private static func unpacked(_ input: [UInt8]) throws -> String {
        let descriptor = descriptors[Int(input.first ?? 0) % descriptors.count]
        let bytes = Array(input.dropFirst())
        try typed(bytes, descriptor)
        let json: String
        do {
            json = try JSONMapping.encode(serialized: bytes, descriptor: descriptor, options: options)
        } catch {
            return "\(descriptor.fullName) \(error.reason.prefix(40)) \(error.path.count)"
        }
        let second = try JSONMapping.decode(json: json, descriptor: descriptor, options: options)
        let again = try settled(second, descriptor)
        // protobuf-c leaves a singular negative zero out.
        try BrokenPromise.unless(again == json || json.contains("-0.0"), "\(json) reads as \(again)")
        return "\(descriptor.fullName) \(json.filter { "[{:\"".contains($0) }.prefix(24))"
    }

    /// JSON of the bytes; reading that gives the bytes again.
    private static func settled(_ bytes: [UInt8], _ descriptor: MessageDescriptor) throws -> String {
        let json = try JSONMapping.encode(serialized: bytes, descriptor: descriptor, options: options)
        let again = try JSONMapping.decode(json: json, descriptor: descriptor, options: options)
        try BrokenPromise.unless(again == bytes, "\(json): \(bytes) reads as \(again)")
        return json
    }

    private static func typed(_ bytes: [UInt8], _ descriptor: MessageDescriptor) throws {
        guard let type = MessageRegistry.types[descriptor.fullName],
            let message = try? type.init(serialized: bytes)
        else { return }
        let encoded = message.serialized()
        let again = try type.init(serialized: encoded).serialized()
        try BrokenPromise.unless(again == encoded, "\(descriptor.fullName): \(encoded) reads as \(again)")
    }

    private static let jsonDictionary: [[UInt8]] = [
        "null", "true", "false", "\"", "\\u", "\\ud83c\\udfc6", "\\", "{", "}", "[", "]", ":", ",", "-0",
        "1e", "1e400",
        "0.1", "9223372036854775808", "\"NaN\"", "\"Infinity\"",
        "{\"@type\":\"t/google.protobuf.Any\",\"value\":",
        "\"@type\"", "\"value\"", "\"t/forerunner.test.Kinds\"", "\"inner\":", "\"named\":{\"\":",
        "\"wellKnown\":",
        "\"maps\":", "\"lists\":", "\"2025-06-03T08:00:00Z\"", "\"1.5s\"", "\u{FEFF}", "\n", "\u{1}",
        "\u{301}",
    ].map { Array($0.utf8) }

    /// Any text is JSON or has a place where it is not; what is JSON reads as the same once written; and what
    /// is a message becomes bytes whose JSON says the same.
    static let json = FuzzTarget(
        name: "json",
        seeds: jsonSeeds,
        dictionary: jsonDictionary,
        run: mapped)

    private static func mapped(_ input: [UInt8]) throws -> String {
        let descriptor = descriptors[Int(input.first ?? 0) % descriptors.count]
        let bytes = Array(input.dropFirst())
        let tree: JSONNode
        do {
            tree = try JSONReader.read(bytes, levelMax: JSONReader.messageLevelMax)
        } catch {
            return error.reason
        }
        var writer = JSONWriter()
        write(tree, to: &writer)
        let read = try JSONReader.read(Array(writer.text.utf8), levelMax: JSONReader.messageLevelMax)
        try BrokenPromise.unless(read.isSame(as: tree), "\(writer.text) reads as something else")
        let message: [UInt8]
        do {
            message = try JSONMapping.decode(
                json: String(decoding: bytes, as: UTF8.self), descriptor: descriptor, options: options)
        } catch {
            return "\(descriptor.fullName) \(error.reason.prefix(40)) \(error.path.count)"
        }
        let json = try settled(message, descriptor)
        return "\(descriptor.fullName) \(json.filter { "[{:\"".contains($0) }.prefix(24))"
    }

    private static func write(_ node: JSONNode, to writer: inout JSONWriter) {
        switch node.value {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .number(let text): writer.number(text)
        case .text(let text): writer.text(text)
        case .array(let elements):
            writer.beginArray()
            for element in elements { write(element, to: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.name(member.name)
                write(member.node, to: &writer)
            }
            writer.endObject()
        }
    }
}

extension JSONNode {
    /// The same value, wherever it stands; texts by their bytes.
    fileprivate func isSame(as other: JSONNode) -> Bool {
        switch (value, other.value) {
        case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && zip(left, right).allSatisfy {
                    $0.name.utf8.elementsEqual($1.name.utf8) && $0.node.isSame(as: $1.node)
                }
        default: value == other.value
        }
    }
}
