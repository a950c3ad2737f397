/// Text made safe for HTML and SVG, in elements and in quoted attributes alike.
package enum Markup {
    /// Escapes scalar by scalar: what a neighbouring mark joins into one character with a sign is escaped all
    /// the same. Control characters, which no markup may hold, become U+FFFD; tab and line feed stay.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            default:
                let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                escaped.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
            }
        }
        return escaped
    }
}
