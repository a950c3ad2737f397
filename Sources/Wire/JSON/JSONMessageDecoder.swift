internal import CMessages

/// Fills C structs from JSON, field by field of their descriptor.
struct JSONMessageDecoder {
    /// The document, for positions in errors.
    let bytes: [UInt8]
    let arena: MessageArena
    let options: JSONOptions

    /// A new struct of the arena.
    func message(
        _ node: JSONNode, as descriptor: MessageDescriptor, at place: JSONPlace
    ) throws(JSONMappingError) -> UnsafeMutableRawPointer {
        guard place.level < MessageLimits.levelMax else {
            throw error(
                node.offset, place, "messages nested deeper than \(MessageLimits.levelMax) levels")
        }
        guard !arena.isExhausted else {
            throw error(node.offset, place, "takes more memory than a document of this size deserves")
        }
        if let type = WellKnownType(descriptor) {
            return try message(node, as: type, descriptor, at: place)
        }
        guard case .object(let members) = node.value else {
            throw unexpected(node, place, "an object (\(descriptor.fullName))")
        }
        return try message(members, as: descriptor, at: place)
    }

    /// A new struct with these fields.
    func message(
        _ members: [JSONMember], as descriptor: MessageDescriptor, at place: JSONPlace
    ) throws(JSONMappingError) -> UnsafeMutableRawPointer {
        let message = arena.message(descriptor)
        var seen: Set<UInt32> = []
        for member in members {
            let memberPlace = place.inside.field(member.name)
            guard let field = options.names.field(named: member.name, in: descriptor) else {
                if options.ignoresUnknownFields { continue }
                let reason = UnknownField.reason(member.name, in: descriptor, names: options.names)
                throw error(member.nameOffset, memberPlace, reason)
            }
            guard seen.insert(field.number).inserted else {
                throw error(member.nameOffset, memberPlace, "the field is given twice, under both its names")
            }
            if case .null = member.node.value, field.isRepeated || !field.kind.takesNull { continue }
            if field.isRepeated {
                try fillList(message, field, in: descriptor, member, memberPlace)
            } else {
                try fill(message, field, member, memberPlace)
            }
        }
        return message
    }

    private func fill(
        _ message: UnsafeMutableRawPointer, _ field: FieldDescriptor, _ member: JSONMember,
        _ place: JSONPlace
    ) throws(JSONMappingError) {
        if field.isInOneof {
            let quantifier = message + field.quantifierOffset
            guard quantifier.load(as: UInt32.self) == 0 else {
                throw error(member.nameOffset, place, "another member of the same choice is given already")
            }
            quantifier.storeBytes(of: field.number, as: UInt32.self)
        }
        try store(member.node, field.kind, at: message + field.offset, place)
    }

    func fillList(
        _ message: UnsafeMutableRawPointer, _ field: FieldDescriptor, in descriptor: MessageDescriptor,
        _ member: JSONMember, _ place: JSONPlace
    ) throws(JSONMappingError) {
        let kind = field.kind
        if case .message(let nested) = kind, let entry = nested.mapEntry(of: field, in: descriptor) {
            try fillMap(message, field, nested, entry, member.node, place)
            return
        }
        guard case .array(let elements) = member.node.value else {
            throw unexpected(member.node, place, "a list")
        }
        guard !elements.isEmpty else { return }
        let list = arena.allocate(byteCount: elements.count * kind.elementByteCount)
        for (index, element) in elements.enumerated() {
            try store(element, kind, at: list + index * kind.elementByteCount, place.element(index))
        }
        self.list(list, count: elements.count, into: message, field)
    }

    func list(
        _ list: UnsafeMutableRawPointer, count: Int, into message: UnsafeMutableRawPointer,
        _ field: FieldDescriptor
    ) {
        (message + field.offset).storeBytes(of: list, as: UnsafeMutableRawPointer.self)
        (message + field.quantifierOffset).storeBytes(of: count, as: Int.self)
    }

    /// Writes one value to where it lies in a struct or an array.
    func store(
        _ node: JSONNode, _ kind: FieldKind, at target: UnsafeMutableRawPointer, _ place: JSONPlace
    ) throws(JSONMappingError) {
        switch kind {
        case .int32: target.storeBytes(of: try integer(node, place, "a 32-bit integer"), as: Int32.self)
        case .uint32:
            target.storeBytes(of: try integer(node, place, "a 32-bit integer, 0 or more"), as: UInt32.self)
        case .int64: target.storeBytes(of: try integer(node, place, "a 64-bit integer"), as: Int64.self)
        case .uint64:
            target.storeBytes(of: try integer(node, place, "a 64-bit integer, 0 or more"), as: UInt64.self)
        case .float: target.storeBytes(of: try floating(node, place), as: Float.self)
        case .double: target.storeBytes(of: try floating(node, place), as: Double.self)
        case .bool:
            guard case .bool(let value) = node.value else { throw unexpected(node, place, "true or false") }
            target.storeBytes(of: value ? 1 : 0, as: protobuf_c_boolean.self)
        case .text:
            guard case .text(let text) = node.value else { throw unexpected(node, place, "text") }
            target.storeBytes(
                of: try cText(text, node.offset, place), as: UnsafeMutablePointer<CChar>.self)
        case .bytes:
            guard case .text(let text) = node.value, let bytes = Base64.decode(text) else {
                throw unexpected(node, place, "bytes as base64 text")
            }
            target.storeBytes(
                of: ProtobufCBinaryData(len: bytes.count, data: arena.bytes(bytes)),
                as: ProtobufCBinaryData.self)
        case .enumeration(let descriptor):
            target.storeBytes(of: try number(node, of: descriptor, place), as: Int32.self)
        case .message(let descriptor):
            let nested = try message(node, as: descriptor, at: place)
            target.storeBytes(of: nested, as: UnsafeMutableRawPointer.self)
        }
    }

    /// Text as C has it, which ends at U+0000.
    func cText(
        _ text: String, _ offset: Int, _ place: JSONPlace
    ) throws(JSONMappingError) -> UnsafeMutablePointer<CChar> {
        guard !text.utf8.contains(0) else { throw error(offset, place, "text with U+0000 in it") }
        return arena.text(text)
    }

    // MARK: Errors

    func quoted(_ node: JSONNode) -> String {
        guard case .text(let text) = node.value else { return node.value.kindName }
        return "\"\(text.prefix(60))\""
    }

    func unexpected(_ node: JSONNode, _ place: JSONPlace, _ expected: String) -> JSONMappingError {
        error(node.offset, place, "expected \(expected), found \(node.value.kindName)")
    }

    func error(_ offset: Int, _ place: JSONPlace, _ reason: String) -> JSONMappingError {
        JSONMappingError(position: JSONPosition(ofByte: offset, in: bytes), path: place.path, reason: reason)
    }
}
