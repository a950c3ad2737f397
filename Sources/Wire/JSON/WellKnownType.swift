internal import CMessages

/// The messages of google.protobuf that have a form of their own in JSON.
enum WellKnownType {
    case timestamp, duration, fieldMask, structure, value, list, any
    /// A message around one value, so that the value may be absent; JSON has the bare value.
    case wrapper

    /// nil for every other message, among them google.protobuf.Empty, whose form is the common one.
    init?(_ descriptor: MessageDescriptor) {
        guard let type = Self.types[descriptor] else { return nil }
        self = type
    }

    /// A well-known message by its full name, or nil.
    static func descriptor(fullName: String) -> MessageDescriptor? { descriptors[fullName] }

    /// protoc-c writes one descriptor for each message, so the address tells which it is.
    private static let types: [MessageDescriptor: WellKnownType] = [
        descriptor(google__protobuf__timestamp__init): .timestamp,
        descriptor(google__protobuf__duration__init): .duration,
        descriptor(google__protobuf__field_mask__init): .fieldMask,
        descriptor(google__protobuf__struct__init): .structure,
        descriptor(google__protobuf__value__init): .value,
        descriptor(google__protobuf__list_value__init): .list,
        descriptor(google__protobuf__any__init): .any,
        descriptor(google__protobuf__double_value__init): .wrapper,
        descriptor(google__protobuf__float_value__init): .wrapper,
        descriptor(google__protobuf__int64_value__init): .wrapper,
        descriptor(google__protobuf__uint64_value__init): .wrapper,
        descriptor(google__protobuf__int32_value__init): .wrapper,
        descriptor(google__protobuf__uint32_value__init): .wrapper,
        descriptor(google__protobuf__bool_value__init): .wrapper,
        descriptor(google__protobuf__string_value__init): .wrapper,
        descriptor(google__protobuf__bytes_value__init): .wrapper,
    ]

    private static let descriptors: [String: MessageDescriptor] = {
        let all = Array(types.keys) + [descriptor(google__protobuf__empty__init)]
        return Dictionary(uniqueKeysWithValues: all.map { ($0.fullName, $0) })
    }()

    /// The descriptor that a message has once it is initialised.
    private static func descriptor<CStruct>(
        _ initialise: (UnsafeMutablePointer<CStruct>?) -> Void
    ) -> MessageDescriptor {
        let message = UnsafeMutablePointer<CStruct>.allocate(capacity: 1)
        defer { message.deallocate() }
        initialise(message)
        return MessageDescriptor(
            UnsafeRawPointer(message).load(as: ProtobufCMessage.self).descriptor)
    }
}

extension MessageDescriptor {
    /// True for google.protobuf.Value, the one message that JSON's null is a value of.
    var isValue: Bool { WellKnownType(self) == .value }

    /// The key and the value of a map's entry when the field that lists these messages is a map.
    ///
    /// protoc-c does not say which messages are entries, so the name that protoc gives them is the sign:
    /// "Outer.SheetCountsEntry" for the field sheet_counts of Outer, with the fields key and value.
    func mapEntry(of field: FieldDescriptor, in outer: MessageDescriptor) -> MapEntry? {
        guard field.isRepeated, fieldCount == 2 else { return nil }
        let key = self.field(at: 0)
        let value = self.field(at: 1)
        guard key.number == 1, value.number == 2, !key.isRepeated, !value.isRepeated,
            key.name == "key", value.name == "value", key.kind.canBeMapKey,
            fullName == "\(outer.fullName).\(FieldName.upperCamel(field.name))Entry"
        else { return nil }
        return MapEntry(key: key, value: value)
    }
}

/// The two fields of the message that a map is a list of.
struct MapEntry {
    let key: FieldDescriptor
    let value: FieldDescriptor
}

extension FieldKind {
    var canBeMapKey: Bool {
        switch self {
        case .int32, .int64, .uint32, .uint64, .bool, .text: true
        case .float, .double, .bytes, .enumeration, .message: false
        }
    }

    var isNullValue: Bool {
        guard case .enumeration(let descriptor) = self else { return false }
        return descriptor.isNullValue
    }

    /// Whether null is a value of this kind, and not the lack of one.
    var takesNull: Bool {
        guard case .message(let descriptor) = self else { return isNullValue }
        return descriptor.isValue
    }
}

extension EnumDescriptor {
    /// True for google.protobuf.NullValue, whose only value is JSON's null.
    var isNullValue: Bool { fullName == "google.protobuf.NullValue" }
}
