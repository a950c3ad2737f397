/// Why bytes are no signed note, or not one to be believed.
package enum NoteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The written form of a key cannot be read, or its id is another key's.
    case key(String)
    /// No text and signatures in the form of a note; says what is wrong.
    case malformed(String)
    /// Signed in the name of a known key, but not by it.
    case forged(NoteKeyName)
    /// Signed by none of the keys that were asked for.
    case unsigned
    /// The note is no checkpoint; says what is wrong.
    case checkpoint(String)
    /// A checkpoint of another log.
    case otherOrigin(expected: String, found: String)

    package var description: String {
        switch self {
        case .key(let text): "“\(text)” is no verifier key: write NAME+ID+KEY as the log's operator gives it"
        case .malformed(let flaw): "not a signed note: \(flaw)"
        case .forged(let name): "the signature in the name of \(name) was not made by its key"
        case .unsigned: "none of the known keys has signed"
        case .checkpoint(let flaw): "not a checkpoint: \(flaw)"
        case .otherOrigin(let expected, let found):
            "a checkpoint of \(found), where one of \(expected) was expected"
        }
    }
}
