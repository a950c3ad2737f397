package import Contracts
import Exporting
import Regulation

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
        CSVText.line(columns) + rows.map { CSVText.line(cells(of: $0)) }.joined()
    }
}
