/// What a caller may choose of protobuf's JSON mapping.
public struct JSONOptions: Sendable {
    /// One value a line, for people and files.
    public var isPretty: Bool
    /// Writes fields at their default too; members of a oneof and absent messages stay left out.
    public var emitsDefaults: Bool
    /// Steps over fields that a message has not, instead of refusing them.
    public var ignoresUnknownFields: Bool
    /// Descriptors of what an Any may hold, by full name. The well-known types need none.
    public var messages: @Sendable (String) -> MessageDescriptor?
    public var names: JSONNames

    public init(
        isPretty: Bool = false, emitsDefaults: Bool = false, ignoresUnknownFields: Bool = false,
        names: JSONNames = JSONNames(),
        messages: @escaping @Sendable (String) -> MessageDescriptor? = { _ in nil }
    ) {
        self.isPretty = isPretty
        self.emitsDefaults = emitsDefaults
        self.ignoresUnknownFields = ignoresUnknownFields
        self.names = names
        self.messages = messages
    }

    /// The message that an Any's type URL names, as in "type.googleapis.com/google.rpc.Status", or nil.
    func message(typeURL: String) -> MessageDescriptor? {
        guard let slash = typeURL.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        let name = String(typeURL[typeURL.utf8.index(after: slash)...])
        return messages(name) ?? WellKnownType.descriptor(fullName: name)
    }
}
