import Mustache

/// Makes texts of strangers safe for the templates.
///
/// The template engine escapes user-perceived characters, so that a quotation mark or angle bracket that a
/// neighbouring mark joins into one character with it ("<" after U+0600, a quotation mark before U+0301)
/// would reach the page as markup. Every such sign is therefore parted from its neighbours by U+200B, which
/// is not seen. An empty text counts as absent, which the engine by itself does not do.
enum PageText {
    private static let separator: Unicode.Scalar = "\u{200B}"
    private static let signs: Set<Unicode.Scalar> = ["<", ">", "&", "\"", "'"]

    /// The content with every text in it isolated, however deep it lies.
    static func isolated(_ content: [String: Any]) -> [String: Any] {
        content.mapValues(isolated)
    }

    static func isolated(_ text: String) -> String {
        // Most texts have no such sign.
        guard text.unicodeScalars.contains(where: signs.contains) else { return text }
        var isolated = ""
        for character in text {
            let scalars = character.unicodeScalars
            guard scalars.count > 1, scalars.contains(where: signs.contains) else {
                isolated.append(character)
                continue
            }
            for scalar in scalars {
                guard signs.contains(scalar) else {
                    isolated.unicodeScalars.append(scalar)
                    continue
                }
                isolated.unicodeScalars.append(contentsOf: [separator, scalar, separator])
            }
        }
        return isolated
    }

    private static func isolated(_ value: Any) -> Any {
        switch value {
        case let text as String: text.isEmpty ? Blank() as Any : isolated(text) as String
        case let content as [String: Any]: isolated(content) as [String: Any]
        case let values as [Any]: values.map(isolated) as [Any]
        default: value
        }
    }
}

/// An empty text: renders as nothing and opens no section.
private struct Blank: MustacheCustomRenderable {
    let renderText = ""
    let isNull = true
}
