/// Whether a text of a form says anything.
extension StringProtocol {
    /// True for an empty text and for one of white space only.
    var isUnstated: Bool { allSatisfy(\.isWhitespace) }
}
