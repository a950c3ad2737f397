/// Whether a text of a form says anything.
extension StringProtocol {
    /// True for an empty text and for one of white space only.
    var isUnstated: Bool {
        switch utf8.first {
        case nil: true
        // Most texts begin with a letter, a digit or a Chinese character, and no white space does so.
        case (0x21...0x7E)?, (0xE4...0xE9)?: false
        default: allSatisfy(\.isWhitespace)
        }
    }
}
