import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// How one field looks in Swift and in C.
struct FieldShape {
    let field: FieldDescriptor

    var name: String { Naming.field(field) }
    var declaredName: String { Naming.declared(name) }
    var place: String { "\"\(field.fullName)\"" }

    /// Type of one value, without array or optional.
    var element: String {
        switch field.type {
        case .double: "Double"
        case .float: "Float"
        case .int32, .sint32, .sfixed32: "Int32"
        case .int64, .sint64, .sfixed64: "Int64"
        case .uint32, .fixed32: "UInt32"
        case .uint64, .fixed64: "UInt64"
        case .bool: "Bool"
        case .string: "String"
        case .bytes: "[UInt8]"
        case .enum: Naming.type(field.enumType)
        case .message, .group: Naming.type(field.messageType)
        }
    }

    var type: String {
        if field.isRepeated { return "[\(element)]" }
        return field.type == .message ? "\(element)?" : element
    }

    var defaultValue: String {
        if field.isRepeated { return "[]" }
        switch field.type {
        case .double, .float, .int32, .sint32, .sfixed32, .int64, .sint64, .sfixed64, .uint32, .fixed32,
            .uint64, .fixed64:
            return "0"
        case .bool: return "false"
        case .string: return "\"\""
        case .bytes: return "[]"
        case .enum: return field.enumType.values.first.map { "." + Naming.enumCase($0) } ?? ""
        case .message, .group: return "nil"
        }
    }

    /// Reads the field of the C struct at `c`.
    var reading: String {
        field.isRepeated ? repeatedReading : singleReading
    }

    private var singleReading: String {
        let c = "c.pointee.\(Naming.cField(field))"
        switch field.type {
        case .bool: return "\(c) != 0"
        case .string: return "try MessageReading.text(\(c), \(place))"
        case .bytes: return "MessageReading.bytes(\(c).data, \(c).len)"
        case .enum: return "\(element)(rawValue: Int32(bitPattern: \(c).rawValue))"
        case .message, .group: return "try MessageReading.message(\(c))"
        default: return c
        }
    }

    private var repeatedReading: String {
        let c = "c.pointee.\(Naming.cField(field))"
        let count = "c.pointee.n_\(Naming.cField(field))"
        switch field.type {
        case .bool: return "MessageReading.values(\(c), \(count)).map { $0 != 0 }"
        case .string: return "try MessageReading.texts(\(c), \(count), \(place))"
        case .bytes:
            return "MessageReading.values(\(c), \(count)).map { MessageReading.bytes($0.data, $0.len) }"
        case .enum:
            return "MessageReading.values(\(c), \(count))"
                + ".map { \(element)(rawValue: Int32(bitPattern: $0.rawValue)) }"
        case .message, .group: return "try MessageReading.messages(\(c), \(count))"
        default: return "MessageReading.values(\(c), \(count))"
        }
    }

    /// Writes a value into the C struct at `c`; one statement a line.
    func writing(_ value: String) -> [String] {
        let c = "c.pointee.\(Naming.cField(field))"
        if field.isRepeated {
            return [
                "c.pointee.n_\(Naming.cField(field)) = \(value).count", "\(c) = \(repeatedWriting(value))",
            ]
        }
        switch field.type {
        case .bool: return ["\(c) = \(value) ? 1 : 0"]
        case .string: return ["if !\(value).isEmpty { \(c) = arena.text(\(value)) }"]
        case .bytes: return ["\(c).len = \(value).count", "\(c).data = arena.bytes(\(value))"]
        case .enum: return ["\(c) = \(cEnum)(rawValue: UInt32(bitPattern: \(value).rawValue))"]
        case .message, .group: return ["if let value = \(value) { \(c) = arena.message(value) }"]
        default: return ["\(c) = \(value)"]
        }
    }

    private func repeatedWriting(_ value: String) -> String {
        switch field.type {
        case .bool: "arena.values(\(value).map { protobuf_c_boolean($0 ? 1 : 0) })"
        case .string: "arena.texts(\(value))"
        case .bytes:
            "arena.values(\(value).map { ProtobufCBinaryData(len: $0.count, data: arena.bytes($0)) })"
        case .enum: "arena.values(\(value).map { \(cEnum)(rawValue: UInt32(bitPattern: $0.rawValue)) })"
        case .message, .group: "arena.messages(\(value))"
        default: "arena.values(\(value))"
        }
    }

    private var cEnum: String { Naming.cType(field.enumType.fullName) }
}

/// What a message holds, in the order of its declaration: plain fields and oneofs.
enum Member {
    case field(FieldShape)
    case oneof(OneofDescriptor)

    static func all(of message: Descriptor) -> [Member] {
        var members: [Member] = []
        for field in message.fields {
            guard let oneof = field.realContainingOneof else {
                members.append(.field(FieldShape(field: field)))
                continue
            }
            if oneof.fields.first === field { members.append(.oneof(oneof)) }
        }
        return members
    }

    var name: String {
        switch self {
        case .field(let shape): shape.name
        case .oneof(let oneof): Naming.lowerCamel(oneof.name)
        }
    }

    var type: String {
        switch self {
        case .field(let shape): shape.type
        case .oneof(let oneof): Naming.local(Naming.upperCamel(oneof.name)) + "?"
        }
    }

    var defaultValue: String {
        switch self {
        case .field(let shape): shape.defaultValue
        case .oneof: "nil"
        }
    }
}
