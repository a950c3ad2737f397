internal import CMessages

/// What protobuf-c knows of a message: its name and fields. Points into constant data of the process.
public struct MessageDescriptor: Hashable, @unchecked Sendable {
    let pointer: UnsafePointer<ProtobufCMessageDescriptor>

    /// The descriptor at this address, a constant that protoc-c wrote.
    public init(address: UnsafeRawPointer) {
        pointer = address.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
    }

    init(_ pointer: UnsafePointer<ProtobufCMessageDescriptor>) {
        self.pointer = pointer
    }

    /// Name with package, as in "forerunner.scheme.v1.KeyField".
    public var fullName: String { String(cString: pointer.pointee.name) }
    /// Size of the C struct.
    public var structByteCount: Int { Int(pointer.pointee.sizeof_message) }
    /// In the order of their numbers.
    public var fields: [FieldDescriptor] { (0..<fieldCount).map(field(at:)) }

    var fieldCount: Int { Int(pointer.pointee.n_fields) }

    func field(at index: Int) -> FieldDescriptor { FieldDescriptor(pointer.pointee.fields + index) }

    /// The field with this number, or nil.
    func field(number: UInt32) -> FieldDescriptor? {
        // Most messages number their fields from one without a gap, so a field lies at its number.
        let index = Int(number) - 1
        if index >= 0, index < fieldCount, pointer.pointee.fields[index].id == number {
            return field(at: index)
        }
        return protobuf_c_message_descriptor_get_field(pointer, number).map(FieldDescriptor.init)
    }

    /// The field with this name as the proto file spells it, or in lowerCamelCase, or nil.
    public func field(named name: String) -> FieldDescriptor? {
        guard !name.utf8.contains(0) else { return nil }
        if let field = field(spelt: name) { return field }
        // Most names come back from lowerCamelCase by their capitals; the rest are looked for.
        if let field = field(spelt: FieldName.snake(name)), field.jsonName == name { return field }
        return (0..<fieldCount).lazy.map(field(at:)).first { $0.jsonName == name }
    }

    private func field(spelt name: String) -> FieldDescriptor? {
        protobuf_c_message_descriptor_get_field_by_name(pointer, name).map(FieldDescriptor.init)
    }
}

/// What a field holds.
public enum FieldKind: Hashable, Sendable {
    case int32, int64, uint32, uint64, float, double, bool, text, bytes
    case enumeration(EnumDescriptor)
    case message(MessageDescriptor)
}

/// One field of a message.
public struct FieldDescriptor: Hashable, @unchecked Sendable {
    let pointer: UnsafePointer<ProtobufCFieldDescriptor>

    init(_ pointer: UnsafePointer<ProtobufCFieldDescriptor>) {
        self.pointer = pointer
    }

    /// Name as the proto file spells it.
    public var name: String { String(cString: pointer.pointee.name) }
    public var number: UInt32 { pointer.pointee.id }
    public var isRepeated: Bool { pointer.pointee.label == PROTOBUF_C_LABEL_REPEATED }
    /// A member of a oneof: set at most one at a time.
    public var isInOneof: Bool { pointer.pointee.flags & UInt32(PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue) != 0 }

    /// Name in JSON: lowerCamelCase of the proto file's.
    public var jsonName: String { FieldName.lowerCamel(name) }

    public var kind: FieldKind {
        switch pointer.pointee.type {
        case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SFIXED32: .int32
        case PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_SFIXED64: .int64
        case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32: .uint32
        case PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64: .uint64
        case PROTOBUF_C_TYPE_FLOAT: .float
        case PROTOBUF_C_TYPE_DOUBLE: .double
        case PROTOBUF_C_TYPE_BOOL: .bool
        case PROTOBUF_C_TYPE_STRING: .text
        case PROTOBUF_C_TYPE_ENUM:
            .enumeration(
                EnumDescriptor(
                    pointer.pointee.descriptor.assumingMemoryBound(to: ProtobufCEnumDescriptor.self)))
        case PROTOBUF_C_TYPE_MESSAGE:
            .message(
                MessageDescriptor(
                    pointer.pointee.descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)))
        default: .bytes
        }
    }

    /// Where the value lies in the C struct.
    var offset: Int { Int(pointer.pointee.offset) }
    /// Where the count of a repeated field, or the case of a oneof, lies in the C struct.
    var quantifierOffset: Int { Int(pointer.pointee.quantifier_offset) }

    /// Wire type of one value.
    @inline(__always) var wireType: ProtobufCWireType {
        switch pointer.pointee.type {
        case PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_FLOAT:
            PROTOBUF_C_WIRE_TYPE_32BIT
        case PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_DOUBLE:
            PROTOBUF_C_WIRE_TYPE_64BIT
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_MESSAGE:
            PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED
        default: PROTOBUF_C_WIRE_TYPE_VARINT
        }
    }
}

/// The names and numbers of an enum.
public struct EnumDescriptor: Hashable, @unchecked Sendable {
    let pointer: UnsafePointer<ProtobufCEnumDescriptor>

    init(_ pointer: UnsafePointer<ProtobufCEnumDescriptor>) {
        self.pointer = pointer
    }

    public var fullName: String { String(cString: pointer.pointee.name) }

    /// Names as the proto file spells them, in the order of their numbers.
    public var names: [String] {
        (0..<Int(pointer.pointee.n_values)).map { String(cString: pointer.pointee.values[$0].name) }
    }

    public func number(named name: String) -> Int32? {
        protobuf_c_enum_descriptor_get_value_by_name(pointer, name).map { $0.pointee.value }
    }

    public func name(number: Int32) -> String? {
        if let value = protobuf_c_enum_descriptor_get_value(pointer, number) {
            return String(cString: value.pointee.name)
        }
        // protobuf-c looks one beyond a range of numbers, which for the greatest number there is overflows.
        let last = Int(pointer.pointee.n_values) - 1
        guard number == .max, last >= 0, pointer.pointee.values[last].value == number else { return nil }
        return String(cString: pointer.pointee.values[last].name)
    }
}
