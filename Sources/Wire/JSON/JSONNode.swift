/// A JSON value as read: numbers keep their text, objects their order.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The number as written, as in "-1.50e3".
    case number(String)
    case text(String)
    case array([JSONNode])
    case object([JSONMember])

    /// What it is, for people.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let text): "the number \(text)"
        case .text: "text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// A value and where it begins.
public struct JSONNode: Hashable, Sendable {
    public let value: JSONValue
    /// Zero-based index of its first byte in the document.
    public let offset: Int

    public init(_ value: JSONValue, offset: Int) {
        self.value = value
        self.offset = offset
    }

    /// The member with this name, when this is an object that has it.
    public subscript(name: String) -> JSONNode? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.name == name }?.node
    }
}

/// A name and its value in an object.
public struct JSONMember: Hashable, Sendable {
    public let name: String
    /// Zero-based index of the first byte of the name's quotation mark.
    public let nameOffset: Int
    public let node: JSONNode
}

/// Where in a text, as an editor counts.
public struct JSONPosition: Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// From 1, in Unicode scalars.
    public let column: Int

    /// The place of a byte; one behind the end is the place where text is missing.
    public init(ofByte offset: Int, in bytes: some Collection<UInt8>) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.line = line
        self.column = column
    }

    public var description: String { "\(line):\(column)" }
}

/// Why a text is no JSON document.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    public let position: JSONPosition
    /// What was expected and what was found, as in "expected ':' after the name, found '}'".
    public let reason: String

    public var description: String { "\(position): \(reason)" }
}
