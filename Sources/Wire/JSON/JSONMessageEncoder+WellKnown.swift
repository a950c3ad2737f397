internal import CMessages

/// The forms of the well-known types.
extension JSONMessageEncoder {
    mutating func write(
        _ message: UnsafeRawPointer, as type: WellKnownType, _ descriptor: MessageDescriptor
    ) {
        switch type {
        case .timestamp:
            let timestamp = message.load(as: Google__Protobuf__Timestamp.self)
            write(TimestampText.text(seconds: timestamp.seconds, nanos: timestamp.nanos)) {
                "no moment of the years 1 to 9999: \(timestamp.seconds) s and \(timestamp.nanos) ns"
            }
        case .duration:
            let duration = message.load(as: Google__Protobuf__Duration.self)
            write(DurationText.text(seconds: duration.seconds, nanos: duration.nanos)) {
                "no duration within 10,000 years: \(duration.seconds) s and \(duration.nanos) ns"
            }
        case .fieldMask: writeFieldMask(message.load(as: Google__Protobuf__FieldMask.self))
        case .structure: writeStructure(message, descriptor)
        case .value: writeValue(message, descriptor)
        case .list: writeFirstField(message, descriptor)
        case .any: writeAny(message.load(as: Google__Protobuf__Any.self))
        case .wrapper: writeFirstField(message, descriptor)
        }
    }

    private mutating func write(_ text: String?, _ reason: () -> String) {
        if let text { writer.text(text) } else { failValue(reason()) }
    }

    private mutating func writeFieldMask(_ mask: Google__Protobuf__FieldMask) {
        var paths: [String] = []
        for index in 0..<mask.n_paths {
            paths.append(text(mask.paths[index]) { "google.protobuf.FieldMask.paths" })
        }
        write(FieldMaskText.text(paths)) {
            "a path that lowerCamelCase cannot show, in \(paths.joined(separator: ", ").prefix(60))"
        }
    }

    /// A wrapper's value, or the elements of a ListValue.
    private mutating func writeFirstField(_ message: UnsafeRawPointer, _ descriptor: MessageDescriptor) {
        let field = descriptor.field(at: 0)
        guard field.isRepeated else {
            write(message + field.offset, field, in: descriptor)
            return
        }
        let list = message.load(as: Google__Protobuf__ListValue.self)
        writer.beginArray()
        for index in 0..<list.n_values {
            guard let value = list.values[index] else { continue }
            path.push(.index(index))
            if case .message(let nested) = field.kind { write(UnsafeRawPointer(value), as: nested) }
            path.pop()
        }
        writer.endArray()
    }

    private mutating func writeStructure(_ message: UnsafeRawPointer, _ descriptor: MessageDescriptor) {
        let fields = descriptor.field(at: 0)
        let count = message.load(fromByteOffset: fields.quantifierOffset, as: Int.self)
        let entries = message.load(
            fromByteOffset: fields.offset, as: UnsafePointer<UnsafeRawPointer?>?.self)
        guard case .message(let nested) = fields.kind, let entry = nested.mapEntry(of: fields, in: descriptor)
        else { preconditionFailure("google.protobuf.Struct has no map") }
        writeMap(entries, count: count, entry, nested)
    }

    /// A Value of no kind reads as null, like one that holds null.
    private mutating func writeValue(_ message: UnsafeRawPointer, _ descriptor: MessageDescriptor) {
        let value = message.load(as: Google__Protobuf__Value.self)
        guard let field = descriptor.field(number: value.kind_case.rawValue) else {
            writer.null()
            return
        }
        if case .double = field.kind, !value.number_value.isFinite {
            failValue("a google.protobuf.Value cannot hold the number \(value.number_value)")
            return
        }
        write(message + field.offset, field, in: descriptor)
    }

    private mutating func writeAny(_ any: Google__Protobuf__Any) {
        let typeURL = text(any.type_url) { "google.protobuf.Any.type_url" }
        let bytes = MessageReading.bytes(any.value.data, any.value.len)
        if typeURL.isEmpty, bytes.isEmpty {
            writer.beginObject()
            writer.endObject()
            return
        }
        guard let descriptor = options.message(typeURL: typeURL) else {
            failValue("an Any of a type that is not known here: \"\(typeURL.prefix(100))\"")
            return
        }
        let memory = MessageLimits.memoryByteCountMax(serialized: bytes.count)
        do {
            try MessageArena.lending(byteCountMax: memory) { (arena: MessageArena) throws(MessageError) in
                try arena.unpack(
                    bytes, as: descriptor, byteCountMax: MessageLimits.byteCountMax,
                    levelMax: MessageLimits.levelMax - level
                ) { (message: UnsafeMutableRawPointer) throws(MessageError) in
                    writeAny(typeURL, UnsafeRawPointer(message), descriptor)
                }
            }
        } catch {
            failValue(error.description)
        }
    }

    /// The message's own members beside "@type", or its special form as "value".
    private mutating func writeAny(
        _ typeURL: String, _ message: UnsafeRawPointer, _ descriptor: MessageDescriptor
    ) {
        writer.beginObject()
        writer.name("@type")
        writer.text(typeURL)
        level += 1
        if let type = WellKnownType(descriptor) {
            writer.name("value")
            path.push(.field("value"))
            write(message, as: type, descriptor)
            path.pop()
        } else {
            writeFields(message, as: descriptor)
        }
        level -= 1
        writer.endObject()
    }
}
