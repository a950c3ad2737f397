internal import Regulation

/// Texts of strangers as fields of a CSV file (RFC 4180).
///
/// Signs are looked for by scalar, not by user-perceived character: a quotation mark that a combining mark
/// joins is still a quotation mark to whatever reads the file.
package enum CSVText {
    /// Signs with which spreadsheets begin a formula, with their full-width forms.
    private static let formulaSigns: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
    ]
    private static let quotedSigns: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]

    /// What a spreadsheet would take for a formula gets an apostrophe in front, unless it is a number.
    package static func field(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map(formulaSigns.contains) ?? false
        let safe = isFormula && ExactDecimal(text) == nil ? "'" + text : text
        guard safe.unicodeScalars.contains(where: quotedSigns.contains) else { return safe }
        var quoted = "\""
        for scalar in safe.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    package static func line(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\r\n"
    }
}
