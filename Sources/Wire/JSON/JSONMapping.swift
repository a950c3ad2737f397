/// Protobuf's JSON mapping, over the descriptors that protoc-c wrote.
///
/// Out: names in lowerCamelCase or as `json_name` has them, fields at their default left out, 64-bit integers
/// as text, bytes as base64, enums by name, maps as objects, the types of google.protobuf in their own forms.
/// In: those, and the proto file's names, integers as text or numbers, enums by number, base64 of either
/// alphabet; null leaves a field at its default, and is no element of a list or a map but where it is a value
/// itself. A field that the message has not is an error unless the options say otherwise; an enum's name that
/// is not known, and a name or a key given twice, always are.
///
/// For proto3 messages. Not done, because protobuf-c cannot: text with U+0000 is refused, and a singular
/// field with negative zero is left out of the bytes, being equal to its default.
public enum JSONMapping {
    /// The JSON text of a message in protobuf encoding.
    public static func encode(
        serialized: [UInt8], descriptor: MessageDescriptor, pretty: Bool = false
    ) throws(JSONMappingError) -> String {
        try encode(serialized: serialized, descriptor: descriptor, options: JSONOptions(isPretty: pretty))
    }

    public static func encode(
        serialized: [UInt8], descriptor: MessageDescriptor, options: JSONOptions
    ) throws(JSONMappingError) -> String {
        var encoder = JSONMessageEncoder(options: options)
        let memory = MessageLimits.memoryByteCountMax(serialized: serialized.count)
        do {
            try MessageArena.lending(byteCountMax: memory) { (arena: MessageArena) throws(MessageError) in
                try arena.unpack(serialized, as: descriptor, byteCountMax: MessageLimits.byteCountMax) {
                    (cMessage: UnsafeMutableRawPointer) throws(MessageError) in
                    encoder.write(UnsafeRawPointer(cMessage), as: descriptor)
                }
            }
        } catch {
            throw JSONMappingError(error)
        }
        if let flaw = encoder.flaw { throw flaw }
        return encoder.text
    }

    /// The protobuf encoding of a message in JSON.
    public static func decode(
        json: String, descriptor: MessageDescriptor, options: JSONOptions = JSONOptions()
    ) throws(JSONMappingError) -> [UInt8] {
        let bytes = Array(json.utf8)
        return try lendArena(for: bytes) { (arena) throws(JSONMappingError) in
            arena.pack(try fill(json: bytes, descriptor: descriptor, options: options, in: arena))
        }
    }

    /// Lends an arena with as much memory as the message gets when it comes as protobuf bytes: an empty
    /// message, the most that little text can ask for, is three bytes in a JSON list and two on the wire.
    static func lendArena<Result>(
        for json: [UInt8], _ body: (MessageArena) throws(JSONMappingError) -> Result
    ) throws(JSONMappingError) -> Result {
        try MessageArena.lending(
            byteCountMax: MessageLimits.memoryByteCountMax(serialized: json.count * 2 / 3), body)
    }

    /// A C struct of the arena with what the text says.
    static func fill(
        json bytes: [UInt8], descriptor: MessageDescriptor, options: JSONOptions, in arena: MessageArena
    ) throws(JSONMappingError) -> UnsafeMutableRawPointer {
        let root: JSONNode
        do {
            root = try JSONReader.read(bytes, levelMax: JSONReader.messageLevelMax)
        } catch {
            throw JSONMappingError(error)
        }
        let decoder = JSONMessageDecoder(bytes: bytes, arena: arena, options: options)
        return try decoder.message(root, as: descriptor, at: .document)
    }
}

extension WireMessage {
    /// Reads protobuf's JSON mapping; see JSONMapping for what is taken.
    public static func fromJSON(
        _ text: String, options: JSONOptions = JSONOptions()
    ) throws(JSONMappingError) -> Self {
        let bytes = Array(text.utf8)
        return try JSONMapping.lendArena(for: bytes) { (arena) throws(JSONMappingError) in
            let cMessage = try JSONMapping.fill(
                json: bytes, descriptor: descriptor, options: options, in: arena)
            do throws(MessageError) {
                return try Self(cMessage: UnsafeRawPointer(cMessage))
            } catch {
                throw JSONMappingError(error)
            }
        }
    }

    /// Protobuf's JSON mapping of this value; pretty is for people and files.
    ///
    /// What has no form in JSON, such as an Any of a type other than the well-known ones, is written as null;
    /// `jsonText(options:)` tells.
    public func jsonText(pretty: Bool = false) -> String {
        encoded(JSONOptions(isPretty: pretty)).text
    }

    /// Protobuf's JSON mapping of this value.
    public func jsonText(options: JSONOptions) throws(JSONMappingError) -> String {
        let encoder = encoded(options)
        if let flaw = encoder.flaw { throw flaw }
        return encoder.text
    }

    private func encoded(_ options: JSONOptions) -> JSONMessageEncoder {
        var encoder = JSONMessageEncoder(options: options)
        MessageArena.lending { (arena: MessageArena) in
            let cMessage = arena.allocate(byteCount: Self.descriptor.structByteCount)
            fill(cMessage, in: arena)
            encoder.write(UnsafeRawPointer(cMessage), as: Self.descriptor)
        }
        return encoder
    }
}
