package import Contracts
import Regulation

/// Texts of strangers made safe for a table or a page.
///
/// Signs are looked for by scalar, not by user-perceived character: a quotation mark that a combining mark
/// joins is still a quotation mark to whatever reads the file.
package enum ExportText {
    /// Signs with which spreadsheets begin a formula, with their full-width forms.
    private static let formulaSigns: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
    ]
    private static let quotedSigns: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]

    /// A field of RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front, unless
    /// it is a number.
    package static func csvField(_ text: String) -> String {
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

    package static func csvLine(_ fields: [String]) -> String {
        fields.map(csvField).joined(separator: ",") + "\r\n"
    }

    /// Text or attribute of HTML.
    package static func html(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension RankingAPI.Letter {
    /// The cells of a row, one for each column of the annex.
    package func cells(of row: RankingAPI.LetterRow) -> [String] {
        let first = annex == RankingLetter.citation.section ? row.serial : row.keyField
        return [
            first, row.product, row.enterprise, row.categoryModel, row.standard, row.province, row.remark,
        ]
    }

    /// The annex's table: RFC 4180, UTF-8, one line of heads, one for each row.
    package var csv: String {
        ExportText.csvLine(columns) + rows.map { ExportText.csvLine(cells(of: $0)) }.joined()
    }
}
