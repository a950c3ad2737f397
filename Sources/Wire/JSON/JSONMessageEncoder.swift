internal import CMessages

/// Writes C structs as JSON, field by field of their descriptor.
struct JSONMessageEncoder {
    var writer: JSONWriter
    let options: JSONOptions
    var path = JSONPath()
    /// The first thing that has no form in JSON; null, or text with U+FFFD in it, was written for it.
    private(set) var flaw: JSONMappingError?
    /// Messages within messages up to here; only what an Any holds may go on beyond what a scan has bounded.
    var level = 0

    init(options: JSONOptions) {
        self.options = options
        writer = JSONWriter(pretty: options.isPretty)
    }

    var text: String { writer.text }

    mutating func fail(_ reason: String) {
        if flaw == nil { flaw = JSONMappingError(position: nil, path: path.text, reason: reason) }
    }

    /// Writes null in the place of what has no form.
    mutating func failValue(_ reason: String) {
        fail(reason)
        writer.null()
    }

    /// Writes the struct in its form.
    mutating func write(_ message: UnsafeRawPointer, as descriptor: MessageDescriptor) {
        level += 1
        defer { level -= 1 }
        if let type = WellKnownType(descriptor) {
            write(message, as: type, descriptor)
            return
        }
        writer.beginObject()
        writeFields(message, as: descriptor)
        writer.endObject()
    }

    /// Writes the members of an object that is begun already.
    mutating func writeFields(_ message: UnsafeRawPointer, as descriptor: MessageDescriptor) {
        for index in 0..<descriptor.fieldCount {
            let field = descriptor.field(at: index)
            let value = message + field.offset
            let isWritten =
                field.isRepeated
                ? options.emitsDefaults || count(of: field, in: message) > 0
                : options.emitsDefaults && field.hasDefaultInJSON || isSet(field, in: message)
            guard isWritten else { continue }
            let name = options.names.name(of: field, in: descriptor)
            writer.name(name)
            path.push(.field(name))
            if field.isRepeated {
                writeList(value, count: count(of: field, in: message), field, in: descriptor)
            } else {
                write(value, field, in: descriptor)
            }
            path.pop()
        }
    }

    private func count(of field: FieldDescriptor, in message: UnsafeRawPointer) -> Int {
        message.load(fromByteOffset: field.quantifierOffset, as: Int.self)
    }

    /// A member of a oneof counts when it is the one; any other field when it differs from its default.
    private func isSet(_ field: FieldDescriptor, in message: UnsafeRawPointer) -> Bool {
        if field.isInOneof {
            return message.load(fromByteOffset: field.quantifierOffset, as: UInt32.self) == field.number
        }
        let value = message + field.offset
        switch field.kind {
        case .int32, .uint32, .bool: return value.load(as: UInt32.self) != 0
        // Null is the default, and a number beside it reads as null.
        case .enumeration(let enumeration): return value.load(as: Int32.self) != 0 && !enumeration.isNullValue
        case .int64, .uint64: return value.load(as: UInt64.self) != 0
        // Negative zero is not the default.
        case .float: return value.load(as: Float.self).bitPattern != 0
        case .double: return value.load(as: Double.self).bitPattern != 0
        case .text: return value.load(as: UnsafePointer<CChar>?.self).map { $0.pointee != 0 } ?? false
        case .bytes: return value.load(as: ProtobufCBinaryData.self).len != 0
        case .message: return value.load(as: UnsafeRawPointer?.self) != nil
        }
    }

    private mutating func writeList(
        _ list: UnsafeRawPointer, count: Int, _ field: FieldDescriptor, in descriptor: MessageDescriptor
    ) {
        let kind = field.kind
        let first = count > 0 ? list.load(as: UnsafeRawPointer?.self) : nil
        if case .message(let nested) = kind, let entry = nested.mapEntry(of: field, in: descriptor) {
            writeMap(first?.assumingMemoryBound(to: UnsafeRawPointer?.self), count: count, entry, nested)
            return
        }
        writer.beginArray()
        if let first {
            for index in 0..<count {
                path.push(.index(index))
                write(first + index * kind.elementByteCount, field, in: descriptor)
                path.pop()
            }
        }
        writer.endArray()
    }

    /// Writes one value that lies at the pointer.
    mutating func write(
        _ value: UnsafeRawPointer, _ field: FieldDescriptor, in descriptor: MessageDescriptor
    ) {
        switch field.kind {
        case .int32: writer.number(value.load(as: Int32.self))
        case .uint32: writer.number(value.load(as: UInt32.self))
        case .int64: writer.text(String(value.load(as: Int64.self)))
        case .uint64: writer.text(String(value.load(as: UInt64.self)))
        case .float:
            let number = value.load(as: Float.self)
            write(number, digits: number.description)
        case .double:
            let number = value.load(as: Double.self)
            write(number, digits: number.description)
        case .bool: writer.bool(value.load(as: protobuf_c_boolean.self) != 0)
        case .text:
            writer.text(
                text(value.load(as: UnsafePointer<CChar>?.self)) { "\(descriptor.fullName).\(field.name)" })
        case .bytes:
            let bytes = value.load(as: ProtobufCBinaryData.self)
            writer.text(Base64.encode(MessageReading.bytes(bytes.data, bytes.len)))
        case .enumeration(let enumeration):
            let number = value.load(as: Int32.self)
            if field.kind.isNullValue {
                writer.null()
            } else if let name = enumeration.name(number: number) {
                writer.text(name)
            } else {
                writer.number(number)
            }
        case .message(let nested):
            if let message = value.load(as: UnsafeRawPointer?.self) {
                write(message, as: nested)
            } else {
                // Only the value of a map's entry is written without being there.
                writeEmpty(nested)
            }
        }
    }

    private mutating func write(_ number: some BinaryFloatingPoint, digits: String) {
        if number.isNaN {
            writer.text("NaN")
        } else if number.isInfinite {
            writer.text(number < 0 ? "-Infinity" : "Infinity")
        } else {
            writer.number(digits)
        }
    }

    /// The text at the pointer; what is not UTF-8 in it is a flaw of this place.
    mutating func text(_ text: UnsafePointer<CChar>?, _ place: () -> String) -> String {
        guard let text else { return "" }
        if let valid = String(validatingCString: text) { return valid }
        fail(MessageError(.notUTF8, at: place()).description)
        return String(cString: text)
    }

    /// Writes a message with every field at its default.
    private mutating func writeEmpty(_ descriptor: MessageDescriptor) {
        MessageArena.lending { (arena: MessageArena) in
            write(UnsafeRawPointer(arena.message(descriptor)), as: descriptor)
        }
    }
}

extension FieldDescriptor {
    /// Whether a field that is not set has a value to show: no message has, and no member of a oneof.
    fileprivate var hasDefaultInJSON: Bool {
        if case .message = kind { return false }
        return !isInOneof
    }
}

extension FieldKind {
    /// Size of one element of a repeated field's array in C.
    var elementByteCount: Int {
        switch self {
        case .int32, .uint32, .float, .enumeration, .bool: 4
        case .int64, .uint64, .double: 8
        case .text, .message: MemoryLayout<UnsafeRawPointer>.size
        case .bytes: MemoryLayout<ProtobufCBinaryData>.stride
        }
    }
}
