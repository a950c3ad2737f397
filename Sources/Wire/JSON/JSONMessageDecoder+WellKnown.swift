internal import CMessages

/// The forms of the well-known types.
extension JSONMessageDecoder {
    func message(
        _ node: JSONNode, as type: WellKnownType, _ descriptor: MessageDescriptor, at place: JSONPlace
    ) throws(JSONMappingError) -> UnsafeMutableRawPointer {
        let message = arena.message(descriptor)
        switch type {
        case .timestamp:
            let text = try text(node, place, "a moment as in \"2025-06-03T08:00:00Z\"", TimestampText.parse)
            let timestamp = message.assumingMemoryBound(to: Google__Protobuf__Timestamp.self)
            (timestamp.pointee.seconds, timestamp.pointee.nanos) = text
        case .duration:
            let text = try text(node, place, "a duration as in \"1.5s\"", DurationText.parse)
            let duration = message.assumingMemoryBound(to: Google__Protobuf__Duration.self)
            (duration.pointee.seconds, duration.pointee.nanos) = text
        case .fieldMask:
            let paths = try text(node, place, "paths as in \"title,keyField.code\"", FieldMaskText.parse)
            for path in paths { _ = try cText(path, node.offset, place) }
            let mask = message.assumingMemoryBound(to: Google__Protobuf__FieldMask.self)
            (mask.pointee.n_paths, mask.pointee.paths) = (paths.count, arena.texts(paths))
        case .structure, .list: try fillOnlyField(message, descriptor, node, place)
        case .value: try fillValue(message, descriptor, node, place)
        case .any:
            try fillAny(message.assumingMemoryBound(to: Google__Protobuf__Any.self), node, place)
        case .wrapper:
            let field = descriptor.field(at: 0)
            try store(node, field.kind, at: message + field.offset, place)
        }
        return message
    }

    private func text<Parsed>(
        _ node: JSONNode, _ place: JSONPlace, _ expected: String, _ parse: (String) -> Parsed?
    ) throws(JSONMappingError) -> Parsed {
        guard case .text(let text) = node.value else { throw unexpected(node, place, expected) }
        guard let parsed = parse(text) else {
            throw error(node.offset, place, "expected \(expected), found \(quoted(node))")
        }
        return parsed
    }

    /// The map of a Struct or the list of a ListValue.
    private func fillOnlyField(
        _ message: UnsafeMutableRawPointer, _ descriptor: MessageDescriptor, _ node: JSONNode,
        _ place: JSONPlace
    ) throws(JSONMappingError) {
        let member = JSONMember(name: "", nameOffset: node.offset, node: node)
        try fillList(message, descriptor.field(at: 0), in: descriptor, member, place.inside)
    }

    private func fillValue(
        _ message: UnsafeMutableRawPointer, _ descriptor: MessageDescriptor, _ node: JSONNode,
        _ place: JSONPlace
    ) throws(JSONMappingError) {
        let value = message.assumingMemoryBound(to: Google__Protobuf__Value.self)
        let kind: Google__Protobuf__Value__KindCase
        switch node.value {
        case .null: kind = GOOGLE__PROTOBUF__VALUE__KIND_NULL_VALUE
        case .bool: kind = GOOGLE__PROTOBUF__VALUE__KIND_BOOL_VALUE
        case .number: kind = GOOGLE__PROTOBUF__VALUE__KIND_NUMBER_VALUE
        case .text: kind = GOOGLE__PROTOBUF__VALUE__KIND_STRING_VALUE
        case .object: kind = GOOGLE__PROTOBUF__VALUE__KIND_STRUCT_VALUE
        case .array: kind = GOOGLE__PROTOBUF__VALUE__KIND_LIST_VALUE
        }
        value.pointee.kind_case = kind
        guard let field = descriptor.field(number: kind.rawValue) else {
            preconditionFailure("google.protobuf.Value has no field \(kind.rawValue)")
        }
        try store(node, field.kind, at: message + field.offset, place.inside)
    }

    private func fillAny(
        _ any: UnsafeMutablePointer<Google__Protobuf__Any>, _ node: JSONNode, _ place: JSONPlace
    ) throws(JSONMappingError) {
        guard case .object(let members) = node.value else {
            throw unexpected(node, place, "an object with \"@type\"")
        }
        guard !members.isEmpty else { return }
        guard let type = members.first(where: { $0.name == "@type" }) else {
            throw error(node.offset, place, "an Any needs \"@type\", the type of what it holds")
        }
        let typePlace = place.field("@type")
        guard case .text(let typeURL) = type.node.value else {
            throw unexpected(type.node, typePlace, "a type URL as text")
        }
        guard let descriptor = options.message(typeURL: typeURL) else {
            throw error(
                type.node.offset, typePlace,
                "no type that is known here: \"\(typeURL.prefix(100))\"; expected a URL as in "
                    + "\"type.googleapis.com/google.protobuf.Duration\"")
        }
        let rest = members.filter { $0.name != "@type" }
        let message = try held(rest, as: descriptor, by: node, place.inside)
        let bytes = arena.pack(message)
        any.pointee.type_url = try cText(typeURL, type.node.offset, typePlace)
        any.pointee.value = ProtobufCBinaryData(len: bytes.count, data: arena.bytes(bytes))
    }

    /// What an Any holds: its own members, or "value" with a special form.
    private func held(
        _ members: [JSONMember], as descriptor: MessageDescriptor, by node: JSONNode, _ place: JSONPlace
    ) throws(JSONMappingError) -> UnsafeMutableRawPointer {
        guard WellKnownType(descriptor) != nil else {
            guard place.level < MessageLimits.levelMax else {
                throw error(
                    node.offset, place, "messages nested deeper than \(MessageLimits.levelMax) levels")
            }
            return try message(members, as: descriptor, at: place)
        }
        guard let value = members.first(where: { $0.name == "value" }) else {
            throw error(node.offset, place, "\(descriptor.fullName) in an Any needs \"value\"")
        }
        let other = members.first { $0.name != "value" }
        if let other, !options.ignoresUnknownFields {
            throw error(
                other.nameOffset, place.field(other.name),
                "unknown field; \(descriptor.fullName) in an Any has \"value\" only")
        }
        return try message(value.node, as: descriptor, at: place.field("value"))
    }
}
