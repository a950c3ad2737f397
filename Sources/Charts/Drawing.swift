import Exporting

/// An SVG drawing that grows element by element. Sizes are in its own units; it scales to the page's width.
///
/// It carries a title and a description for who cannot see it. Colours come from the page's style sheet by
/// class (`ChartStyle`), so that a drawing follows light and dark and prints.
struct Drawing {
    private var body = ""
    private let head: String

    /// - Parameter id: unique on the page; ASCII letters, digits and hyphens.
    init(id: String, title: String, description: String, width: Double, height: Double) {
        let box = "0 0 \(Coordinate.text(width)) \(Coordinate.text(height))"
        head =
            "<svg class=\"chart\" viewBox=\"\(box)\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">"
            + "<title id=\"\(id)-t\">\(Markup.escaped(title))</title>"
            + "<desc id=\"\(id)-d\">\(Markup.escaped(description))</desc>"
    }

    mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, style: String, hint: String = ""
    ) {
        let place =
            "x=\"\(Coordinate.text(x))\" y=\"\(Coordinate.text(y))\" "
            + "width=\"\(Coordinate.text(max(width, 0)))\" height=\"\(Coordinate.text(max(height, 0)))\""
        let title = hint.isEmpty ? "" : "<title>\(Markup.escaped(hint))</title>"
        body += "<rect class=\"\(style)\" \(place)>\(title)</rect>"
    }

    mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, style: String) {
        body +=
            "<line class=\"\(style)\" x1=\"\(Coordinate.text(x1))\" y1=\"\(Coordinate.text(y1))\" "
            + "x2=\"\(Coordinate.text(x2))\" y2=\"\(Coordinate.text(y2))\"/>"
    }

    enum Anchor: String { case start, middle, end }

    mutating func text(_ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = "") {
        let style = style.isEmpty ? "" : " class=\"\(style)\""
        body +=
            "<text\(style) x=\"\(Coordinate.text(x))\" y=\"\(Coordinate.text(y))\" "
            + "text-anchor=\"\(anchor.rawValue)\">\(Markup.escaped(text))</text>"
    }

    var svg: String { head + body + "</svg>" }
}

/// About how wide a text is drawn at 12 units: a Han character is twice as wide as a Latin one.
enum TextWidth {
    static func of(_ text: String) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 12.5 : 6.9) }
    }

    /// The text cut to a width, with "…" where something was cut off.
    static func cut(_ text: String, to width: Double) -> String {
        guard of(text) > width else { return text }
        var cut = ""
        var sum = 12.5
        for character in text {
            sum += of(String(character))
            if sum > width { break }
            cut.append(character)
        }
        return cut + "…"
    }
}
