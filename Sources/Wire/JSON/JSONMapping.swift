/// Protobuf's JSON mapping, over the descriptors that protoc-c wrote.
///
/// Out: names in lowerCamelCase, fields at their default left out, 64-bit integers as text, bytes as base64,
/// enums by name. In: those, and the proto file's names, integers as text or numbers, enums by number, base64
/// of either alphabet; null leaves a field at its default. A field that the message has not is an error.
/// For proto3 messages. The types of google.protobuf have no special form here: none of our messages
/// uses one.
public enum JSONMapping {
    /// The JSON text of a message in protobuf encoding.
    public static func encode(
        serialized: [UInt8], descriptor: MessageDescriptor, pretty: Bool = false
    ) throws(JSONMappingError) -> String {
        var encoder = JSONMessageEncoder(pretty: pretty)
        if serialized.isEmpty { return "{}" }
        let arena = MessageArena(
            byteCountMax: MessageLimits.memoryByteCountMax(serialized: serialized.count))
        do {
            try arena.unpack(serialized, as: descriptor, byteCountMax: MessageLimits.byteCountMax) {
                (cMessage: UnsafeMutableRawPointer) throws(MessageError) in
                encoder.write(UnsafeRawPointer(cMessage), as: descriptor)
                if let flaw = encoder.flaw { throw flaw }
            }
        } catch {
            throw JSONMappingError(error)
        }
        return encoder.text
    }

    /// The protobuf encoding of a message in JSON.
    public static func decode(
        json: String, descriptor: MessageDescriptor
    ) throws(JSONMappingError) -> [UInt8] {
        let arena = MessageArena()
        let cMessage = try fill(json: json, descriptor: descriptor, in: arena)
        return arena.pack(cMessage)
    }

    /// A C struct of the arena with what the text says.
    static func fill(
        json: String, descriptor: MessageDescriptor, in arena: MessageArena
    ) throws(JSONMappingError) -> UnsafeMutableRawPointer {
        let bytes = Array(json.utf8)
        let root: JSONNode
        do {
            root = try JSONReader.read(bytes)
        } catch {
            throw JSONMappingError(error)
        }
        return try JSONMessageDecoder(bytes: bytes, arena: arena).message(root, as: descriptor, path: "")
    }
}

extension WireMessage {
    /// Reads protobuf's JSON mapping; see JSONMapping for what is taken.
    public static func fromJSON(_ text: String) throws(JSONMappingError) -> Self {
        let arena = MessageArena()
        let cMessage = try JSONMapping.fill(json: text, descriptor: descriptor, in: arena)
        do {
            return try withExtendedLifetime(arena) { () throws(MessageError) -> Self in
                try Self(cMessage: UnsafeRawPointer(cMessage))
            }
        } catch {
            throw JSONMappingError(error)
        }
    }

    /// Protobuf's JSON mapping of this value; pretty is for people and files.
    public func jsonText(pretty: Bool = false) -> String {
        let arena = MessageArena()
        let cMessage = arena.allocate(byteCount: Self.descriptor.structByteCount)
        fill(cMessage, in: arena)
        var encoder = JSONMessageEncoder(pretty: pretty)
        withExtendedLifetime(arena) { encoder.write(UnsafeRawPointer(cMessage), as: Self.descriptor) }
        return encoder.text
    }
}
