import Regulation

/// Texts as fields of a CSV file (RFC 4180).
package enum CSVText {
    /// A field that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.
    package static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let safe = isFormula && ExactDecimal(text) == nil ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}
