import CMessages
import CTestMessages
import Wire

/// Descriptors of the messages of proto/test, which have every kind of field, and of the well-known types.
enum TestMessages {
    static let kinds = descriptor(forerunner__test__kinds__init)
    static let scalars = descriptor(forerunner__test__scalars__init)
    static let lists = descriptor(forerunner__test__lists__init)
    static let maps = descriptor(forerunner__test__maps__init)
    static let choices = descriptor(forerunner__test__choices__init)
    static let wellKnown = descriptor(forerunner__test__well_known__init)
    static let names = descriptor(forerunner__test__names__init)

    static let all = [kinds, scalars, lists, maps, choices, wellKnown, names]

    static let timestamp = descriptor(google__protobuf__timestamp__init)
    static let duration = descriptor(google__protobuf__duration__init)
    static let fieldMask = descriptor(google__protobuf__field_mask__init)
    static let value = descriptor(google__protobuf__value__init)
    static let structure = descriptor(google__protobuf__struct__init)
    static let any = descriptor(google__protobuf__any__init)

    /// Tells an Any what messages there are.
    static func message(fullName: String) -> MessageDescriptor? {
        all.first { $0.fullName == fullName }
    }

    static let options = JSONOptions(messages: message(fullName:))

    /// JSON to protobuf and back.
    static func again(
        _ json: String, _ descriptor: MessageDescriptor, options: JSONOptions = options
    ) throws(JSONMappingError) -> String {
        let bytes = try JSONMapping.decode(json: json, descriptor: descriptor, options: options)
        return try JSONMapping.encode(serialized: bytes, descriptor: descriptor, options: options)
    }

    /// The descriptor that a C struct has once it is initialised.
    private static func descriptor<CStruct>(
        _ initialise: (UnsafeMutablePointer<CStruct>?) -> Void
    ) -> MessageDescriptor {
        let message = UnsafeMutablePointer<CStruct>.allocate(capacity: 1)
        defer { message.deallocate() }
        initialise(message)
        return MessageDescriptor(
            address: UnsafeRawPointer(message).load(as: ProtobufCMessage.self).descriptor)
    }
}
