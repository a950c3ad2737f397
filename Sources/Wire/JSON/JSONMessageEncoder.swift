internal import CMessages

/// Writes C structs as JSON, field by field of their descriptor.
struct JSONMessageEncoder {
    private var writer: JSONWriter
    /// The first text that was not UTF-8; it was written with U+FFFD in it.
    private(set) var flaw: MessageError?

    init(pretty: Bool) {
        writer = JSONWriter(pretty: pretty)
    }

    var text: String { writer.text }

    /// Writes the struct as an object. Nesting is as deep as the struct's, which a scan has bounded.
    mutating func write(_ message: UnsafeRawPointer, as descriptor: MessageDescriptor) {
        writer.beginObject()
        for index in 0..<descriptor.fieldCount {
            let field = descriptor.field(at: index)
            let place = FieldPlace(message: descriptor, field: field)
            let value = message + field.offset
            if field.isRepeated {
                writeList(value, count: count(of: field, in: message), field, place)
            } else if isSet(field, in: message) {
                writer.name(field.jsonName)
                write(value, field.kind, place)
            }
        }
        writer.endObject()
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
        case .int32, .uint32, .enumeration, .bool: return value.load(as: UInt32.self) != 0
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
        _ list: UnsafeRawPointer, count: Int, _ field: FieldDescriptor, _ place: FieldPlace
    ) {
        guard count > 0, let first = list.load(as: UnsafeRawPointer?.self) else { return }
        let kind = field.kind
        writer.name(field.jsonName)
        writer.beginArray()
        for index in 0..<count { write(first + index * kind.elementByteCount, kind, place) }
        writer.endArray()
    }

    /// Writes one value that lies at the pointer.
    private mutating func write(_ value: UnsafeRawPointer, _ kind: FieldKind, _ place: FieldPlace) {
        switch kind {
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
        case .text: writeText(value.load(as: UnsafePointer<CChar>?.self), place)
        case .bytes:
            let bytes = value.load(as: ProtobufCBinaryData.self)
            writer.text(Base64.encode(MessageReading.bytes(bytes.data, bytes.len)))
        case .enumeration(let descriptor):
            let number = value.load(as: Int32.self)
            if let name = descriptor.name(number: number) {
                writer.text(name)
            } else {
                writer.number(number)
            }
        case .message(let descriptor):
            if let message = value.load(as: UnsafeRawPointer?.self) { write(message, as: descriptor) }
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

    private mutating func writeText(_ text: UnsafePointer<CChar>?, _ place: FieldPlace) {
        guard let text else {
            writer.text("")
            return
        }
        if let valid = String(validatingCString: text) {
            writer.text(valid)
        } else {
            if flaw == nil { flaw = MessageError(.notUTF8, at: place.fullName) }
            writer.text(String(cString: text))
        }
    }
}

/// A field's full name, put together only when an error wants it.
private struct FieldPlace {
    let message: MessageDescriptor
    let field: FieldDescriptor

    var fullName: String { "\(message.fullName).\(field.name)" }
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
