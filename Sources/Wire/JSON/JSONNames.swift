internal import CMessages

/// Names that proto files give fields in JSON by `json_name`; protoc-c's descriptors do not keep them.
///
/// A field that is not in here has the lowerCamelCase form of its name.
public struct JSONNames: Sendable {
    /// By full name of the message, then by number of the field.
    private let names: [String: [UInt32: String]]

    /// No field has a name of its own.
    public init() {
        names = [:]
    }

    /// What a google.protobuf.FileDescriptorSet says, as protoc writes it.
    public init(fileDescriptorSet bytes: [UInt8]) throws(MessageError) {
        var set = Google__Protobuf__FileDescriptorSet()
        google__protobuf__file_descriptor_set__init(&set)
        var names: [String: [UInt32: String]] = [:]
        if !bytes.isEmpty {
            let memory = MessageLimits.memoryByteCountMax(serialized: bytes.count)
            try MessageArena.lending(byteCountMax: memory) { (arena: MessageArena) throws(MessageError) in
                try arena.unpack(
                    bytes, as: MessageDescriptor(set.base.descriptor),
                    byteCountMax: MessageLimits.byteCountMax
                ) { (cMessage: UnsafeMutableRawPointer) throws(MessageError) in
                    Self.collect(cMessage.load(as: Google__Protobuf__FileDescriptorSet.self), into: &names)
                }
            }
        }
        self.names = names
    }

    private static func collect(
        _ set: Google__Protobuf__FileDescriptorSet, into names: inout [String: [UInt32: String]]
    ) {
        for index in 0..<set.n_file {
            guard let file = set.file[index]?.pointee else { continue }
            let package = file.package.map { String(cString: $0) } ?? ""
            for index in 0..<file.n_message_type {
                collect(file.message_type[index], within: package, into: &names)
            }
        }
    }

    /// The scan has bounded how deep messages nest.
    private static func collect(
        _ message: UnsafeMutablePointer<Google__Protobuf__DescriptorProto>?, within scope: String,
        into names: inout [String: [UInt32: String]]
    ) {
        guard let message = message?.pointee, let name = message.name else { return }
        let fullName = (scope.isEmpty ? "" : scope + ".") + String(cString: name)
        for index in 0..<message.n_field {
            guard let field = message.field[index]?.pointee, let name = field.name, let json = field.json_name
            else { continue }
            let given = String(cString: json)
            guard given != FieldName.lowerCamel(String(cString: name)) else { continue }
            names[fullName, default: [:]][UInt32(bitPattern: field.number)] = given
        }
        for index in 0..<message.n_nested_type {
            collect(message.nested_type[index], within: fullName, into: &names)
        }
    }

    /// The field's name in JSON.
    func name(of field: FieldDescriptor, in message: MessageDescriptor) -> String {
        guard !names.isEmpty else { return field.jsonName }
        return names[message.fullName]?[field.number] ?? field.jsonName
    }

    /// The field that has this name in JSON or in the proto file, or nil.
    func field(named name: String, in message: MessageDescriptor) -> FieldDescriptor? {
        guard !names.isEmpty, let given = names[message.fullName] else {
            return message.field(named: name)
        }
        if let number = given.first(where: { $0.value.utf8.elementsEqual(name.utf8) })?.key {
            return message.field(number: number)
        }
        guard let field = message.field(named: name) else { return nil }
        // The lowerCamelCase form of a field that has another name in JSON is not a name of it.
        return given[field.number] == nil || field.name.utf8.elementsEqual(name.utf8) ? field : nil
    }
}
