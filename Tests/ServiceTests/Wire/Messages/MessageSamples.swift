import Contracts
import Wire

/// Messages with every field set to something other than its default, made from their descriptors.
enum MessageSamples {
    /// JSON of such a message. The variant chooses the member of a oneof and makes values differ.
    static func json(_ descriptor: MessageDescriptor, variant: Int = 0) -> String {
        var writer = JSONWriter()
        write(descriptor, variant: variant, to: &writer)
        return writer.text
    }

    static func serialized(_ descriptor: MessageDescriptor, variant: Int = 0) throws -> [UInt8] {
        try JSONMapping.decode(json: json(descriptor, variant: variant), descriptor: descriptor)
    }

    /// Every message type of the contracts, by name.
    static var types: [(name: String, type: any WireMessage.Type)] {
        MessageRegistry.types.sorted { $0.key < $1.key }.map { (name: $0.key, type: $0.value) }
    }

    private static func write(_ descriptor: MessageDescriptor, variant: Int, to writer: inout JSONWriter) {
        writer.beginObject()
        defer { writer.endObject() }
        guard descriptor.fullName != "google.protobuf.Any" else {
            writer.name("@type")
            writer.text("type.googleapis.com/google.protobuf.Duration")
            writer.name("value")
            writer.text("\(variant).500s")
            return
        }
        let choices = descriptor.fields.filter(\.isInOneof).map(\.number)
        let chosen = choices.isEmpty ? nil : choices[variant % choices.count]
        for field in descriptor.fields where !field.isInOneof || field.number == chosen {
            writer.name(variant % 2 == 0 ? field.jsonName : field.name)
            if field.isRepeated { writer.beginArray() }
            for index in 0..<(field.isRepeated ? 3 : 1) {
                write(field, variant: variant + index + Int(field.number), to: &writer)
            }
            if field.isRepeated { writer.endArray() }
        }
    }

    private static func write(_ field: FieldDescriptor, variant: Int, to writer: inout JSONWriter) {
        switch field.kind {
        case .int32: writer.number(Int32.min + Int32(variant))
        case .int64: writer.text(String(Int64.min + Int64(variant)))
        case .uint32: writer.number(UInt32.max - UInt32(variant))
        case .uint64: writer.text(String(UInt64.max - UInt64(variant)))
        case .float, .double: writer.number("-0.5")
        case .bool: writer.bool(true)
        case .text: writer.text("领跑者 \"\(field.name)\" \u{1F3C6} \(variant)\n")
        case .bytes: writer.text(Base64.encode([0, 255, UInt8(truncatingIfNeeded: variant)]))
        case .enumeration(let descriptor):
            // The first is the default.
            let names = descriptor.names.dropFirst()
            writer.text(names[names.startIndex + variant % names.count])
        case .message(let nested): write(nested, variant: variant, to: &writer)
        }
    }
}

/// Protobuf bytes put together by hand.
enum WireBytes {
    static func varint(_ value: UInt64) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    static func field(_ number: UInt64, varint value: UInt64) -> [UInt8] {
        varint(number << 3) + varint(value)
    }

    static func field(_ number: UInt64, bytes: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
    }
}
