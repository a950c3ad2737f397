/// Whose key signs a note; for a log its origin (C2SP signed-note, "Signatures").
package struct NoteKeyName: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// Nil for a name that is empty, holds white space or a control character, or a plus sign, by which a
    /// key's parts are told apart.
    package init?(_ text: some StringProtocol) {
        guard !text.isEmpty else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            // Letters, digits and marks of ASCII need no table.
            if ("!"..."~").contains(scalar) { return scalar != "+" }
            return !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
        }
        guard isPlain else { return nil }
        self.text = String(text)
    }

    package var description: String { text }
}
