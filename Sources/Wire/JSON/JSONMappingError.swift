/// Why a JSON text is no message of the expected kind: where, and what would do.
public struct JSONMappingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Place in the text; nil when the fault is not in a text.
    public let position: JSONPosition?
    /// Path of the field, as in "scheme.indicators[2].weight"; empty for the document as a whole.
    public let path: String
    /// As in "expected text, found the number 3".
    public let reason: String

    public init(position: JSONPosition?, path: String, reason: String) {
        self.position = position
        self.path = path
        self.reason = reason
    }

    init(_ error: JSONError) {
        self.init(position: error.position, path: "", reason: error.reason)
    }

    init(_ error: MessageError) {
        self.init(position: nil, path: "", reason: error.description)
    }

    /// As in "12:9: scheme.indicators[2].weight: expected text, found the number 3".
    public var description: String {
        [position?.description, path.isEmpty ? nil : path, reason].compactMap(\.self).joined(separator: ": ")
    }
}
