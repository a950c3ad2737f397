/// Why bytes or a C struct are no message of the expected kind.
public struct MessageError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Flaw: Hashable, Sendable {
        /// More bytes than the caller allows.
        case tooLarge(byteCount: Int, byteCountMax: Int)
        /// Messages within messages beyond the limit.
        case tooDeep(levelMax: Int)
        /// The bytes end inside a field.
        case truncated
        /// No tag, field number or varint that the encoding knows.
        case malformed
        /// A known field arrives in another field's encoding.
        case wireType(UInt8)
        /// A nested message given twice where one is due. The encoding would have the two merged; protobuf-c
        /// loses numbers when it merges, and no encoder writes such bytes.
        case givenTwice
        /// A text field's bytes are not UTF-8.
        case notUTF8
        /// A text field holds U+0000, which a C string cannot.
        case nul
        /// Unpacking would take more memory than a message of this size deserves.
        case memory(byteCountMax: Int)
    }

    public let flaw: Flaw
    /// Full name of the message or the field, as in "forerunner.scheme.v1.KeyField.name".
    public let place: String

    public init(_ flaw: Flaw, at place: String) {
        self.flaw = flaw
        self.place = place
    }

    public var description: String {
        switch flaw {
        case .tooLarge(let byteCount, let byteCountMax):
            "\(place): \(byteCount) bytes, at most \(byteCountMax) are taken"
        case .tooDeep(let levelMax): "\(place): nested deeper than \(levelMax) levels"
        case .truncated: "\(place): the bytes end inside a field"
        case .malformed: "\(place): not in protobuf encoding"
        case .wireType(let type): "\(place): wire type \(type) does not fit the field"
        case .givenTwice: "\(place): the message is given twice"
        case .notUTF8: "\(place): text that is not UTF-8"
        case .nul: "\(place): text with U+0000 in it"
        case .memory(let byteCountMax): "\(place): takes more than \(byteCountMax) bytes of memory"
        }
    }
}
