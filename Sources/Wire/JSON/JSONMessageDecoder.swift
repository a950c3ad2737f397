internal import CMessages

/// Fills C structs from JSON, field by field of their descriptor.
struct JSONMessageDecoder {
    /// The document, for positions in errors.
    let bytes: [UInt8]
    let arena: MessageArena

    /// A new struct of the arena. The reader has bounded the nesting.
    func message(
        _ node: JSONNode, as descriptor: MessageDescriptor, path: String
    ) throws(JSONMappingError) -> UnsafeMutableRawPointer {
        guard case .object(let members) = node.value else {
            throw unexpected(node, path, "an object (\(descriptor.fullName))")
        }
        let message = arena.allocate(byteCount: descriptor.structByteCount)
        descriptor.pointer.pointee.message_init(
            message.assumingMemoryBound(to: ProtobufCMessage.self))
        var seen: Set<UInt32> = []
        for member in members {
            let memberPath = path.isEmpty ? member.name : "\(path).\(member.name)"
            guard let field = descriptor.field(named: member.name) else {
                throw error(
                    member.nameOffset, memberPath, UnknownField.reason(member.name, in: descriptor))
            }
            guard seen.insert(field.number).inserted else {
                throw error(member.nameOffset, memberPath, "the field is given twice, under both its names")
            }
            if case .null = member.node.value { continue }
            try fill(message, field, member, memberPath)
        }
        return message
    }

    private func fill(
        _ message: UnsafeMutableRawPointer, _ field: FieldDescriptor, _ member: JSONMember, _ path: String
    ) throws(JSONMappingError) {
        let place = message + field.offset
        let quantifier = message + field.quantifierOffset
        if field.isRepeated {
            guard case .array(let elements) = member.node.value else {
                throw unexpected(member.node, path, "a list")
            }
            let kind = field.kind
            guard !elements.isEmpty else { return }
            let list = arena.allocate(byteCount: elements.count * kind.elementByteCount)
            for (index, element) in elements.enumerated() {
                try store(element, kind, at: list + index * kind.elementByteCount, "\(path)[\(index)]")
            }
            place.storeBytes(of: list, as: UnsafeMutableRawPointer.self)
            quantifier.storeBytes(of: elements.count, as: Int.self)
            return
        }
        if field.isInOneof {
            guard quantifier.load(as: UInt32.self) == 0 else {
                throw error(member.nameOffset, path, "another member of the same choice is given already")
            }
            quantifier.storeBytes(of: field.number, as: UInt32.self)
        }
        try store(member.node, field.kind, at: place, path)
    }

    /// Writes one value to its place in a struct or an array.
    private func store(
        _ node: JSONNode, _ kind: FieldKind, at place: UnsafeMutableRawPointer, _ path: String
    ) throws(JSONMappingError) {
        switch kind {
        case .int32: place.storeBytes(of: try integer(node, path, "a 32-bit integer"), as: Int32.self)
        case .uint32:
            place.storeBytes(of: try integer(node, path, "a 32-bit integer, 0 or more"), as: UInt32.self)
        case .int64: place.storeBytes(of: try integer(node, path, "a 64-bit integer"), as: Int64.self)
        case .uint64:
            place.storeBytes(of: try integer(node, path, "a 64-bit integer, 0 or more"), as: UInt64.self)
        case .float: place.storeBytes(of: try floating(node, path, "a number"), as: Float.self)
        case .double: place.storeBytes(of: try floating(node, path, "a number"), as: Double.self)
        case .bool:
            guard case .bool(let value) = node.value else { throw unexpected(node, path, "true or false") }
            place.storeBytes(of: value ? 1 : 0, as: protobuf_c_boolean.self)
        case .text:
            guard case .text(let text) = node.value else { throw unexpected(node, path, "text") }
            guard !text.utf8.contains(0) else { throw error(node.offset, path, "text with U+0000 in it") }
            place.storeBytes(of: arena.text(text), as: UnsafeMutablePointer<CChar>.self)
        case .bytes:
            guard case .text(let text) = node.value, let bytes = Base64.decode(text) else {
                throw unexpected(node, path, "bytes as base64 text")
            }
            place.storeBytes(
                of: ProtobufCBinaryData(len: bytes.count, data: arena.bytes(bytes)),
                as: ProtobufCBinaryData.self)
        case .enumeration(let descriptor):
            place.storeBytes(of: try number(node, of: descriptor, path), as: Int32.self)
        case .message(let descriptor):
            let nested = try message(node, as: descriptor, path: path)
            place.storeBytes(of: nested, as: UnsafeMutableRawPointer.self)
        }
    }

    private func integer<Integer: FixedWidthInteger>(
        _ node: JSONNode, _ path: String, _ expected: String
    ) throws(JSONMappingError) -> Integer {
        let text: String
        switch node.value {
        case .number(let number): text = number
        case .text(let number): text = number
        default: throw unexpected(node, path, expected)
        }
        guard let integer: Integer = JSONNumber.integer(text) else {
            throw error(node.offset, path, "expected \(expected), found \(quoted(node))")
        }
        return integer
    }

    private func floating<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ node: JSONNode, _ path: String, _ expected: String
    ) throws(JSONMappingError) -> Number {
        switch node.value {
        case .text("NaN"): return .nan
        case .text("Infinity"): return .infinity
        case .text("-Infinity"): return -.infinity
        case .number(let text), .text(let text):
            // Number() would also take "inf" and hexadecimal.
            guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
                let number = Number(text), number.isFinite
            else { throw error(node.offset, path, "expected \(expected), found \(quoted(node))") }
            return number
        default: throw unexpected(node, path, expected)
        }
    }

    private func number(
        _ node: JSONNode, of descriptor: EnumDescriptor, _ path: String
    ) throws(JSONMappingError) -> Int32 {
        switch node.value {
        case .text(let name):
            if let number = descriptor.number(named: name) { return number }
        case .number(let text):
            if let number: Int32 = JSONNumber.integer(text) { return number }
        default: break
        }
        let names = descriptor.names.joined(separator: ", ")
        throw error(node.offset, path, "expected one of \(names), found \(quoted(node))")
    }

    // MARK: Errors

    private func quoted(_ node: JSONNode) -> String {
        guard case .text(let text) = node.value else { return node.value.kindName }
        return "\"\(text.prefix(60))\""
    }

    private func unexpected(_ node: JSONNode, _ path: String, _ expected: String) -> JSONMappingError {
        error(node.offset, path, "expected \(expected), found \(node.value.kindName)")
    }

    private func error(_ offset: Int, _ path: String, _ reason: String) -> JSONMappingError {
        JSONMappingError(position: JSONPosition(ofByte: offset, in: bytes), path: path, reason: reason)
    }
}
