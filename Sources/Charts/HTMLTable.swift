import Exporting

/// A table of texts; the first column names the rows.
package struct HTMLTable: Sendable {
    private let caption: String
    private let head: [String]
    private let rows: [[String]]
    private let numeric: Set<Int>

    /// - Parameter numeric: columns with numbers, from 0; they are set to the right.
    package init(caption: String, head: [String], rows: [[String]], numeric: Set<Int> = []) {
        self.caption = caption
        self.head = head
        self.rows = rows
        self.numeric = numeric
    }

    package var html: String {
        let heads = head.enumerated().map { "<th scope=\"col\"\(style($0))>\(Markup.escaped($1))</th>" }
        var body = ""
        for row in rows {
            body += "<tr>"
            for (column, text) in row.enumerated() {
                body +=
                    column == 0
                    ? "<th scope=\"row\"\(style(column))>\(Markup.escaped(text))</th>"
                    : "<td\(style(column))>\(Markup.escaped(text))</td>"
            }
            body += "</tr>\n"
        }
        return
            "<div class=\"scroll\" role=\"region\" aria-label=\"\(Markup.escaped(caption))\" tabindex=\"0\">"
            + "<table><caption>\(Markup.escaped(caption))</caption><thead><tr>\(heads.joined())</tr></thead>"
            + "<tbody>\(body)</tbody></table></div>"
    }

    private func style(_ column: Int) -> String { numeric.contains(column) ? " class=\"num\"" : "" }
}
