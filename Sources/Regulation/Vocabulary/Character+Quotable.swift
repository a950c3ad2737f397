// How a character of somebody's text is shown in a message.
extension Character {
    /// The character itself, or its code point where showing it would show nothing or something else.
    var quotable: String {
        guard let scalar = unicodeScalars.first, unicodeScalars.count == 1 else { return String(self) }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator, .nonspacingMark, .enclosingMark:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        default:
            return String(self)
        }
    }

    /// The ASCII form of a full-width character (U+FF01...U+FF5E), in upper case; any other as it is.
    var halfWidth: String {
        guard let scalar = unicodeScalars.first, (0xFF01...0xFF5E).contains(scalar.value),
            let narrow = Unicode.Scalar(scalar.value - 0xFEE0)
        else { return String(self) }
        return String(narrow).uppercased()
    }
}
