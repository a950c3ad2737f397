/// The letter that submits the forerunners, as data.
///
/// Regulation A2-2 (“领跑者”评估结果报送函): seven columns; there is no serial number, the key field comes first. The
/// form is filled in, its wording is ours.
package struct ForerunnerLetter: Sendable, Hashable {
    package static let citation = Citation("A2-2", term: "“领跑者”评估结果报送函")
    package static let columns = [
        "重点领域", "产品（或服务）名称", "企业名称", "产品（或服务）类别/型号", "执行标准", "所属省份", "备注",
    ]

    package var product: String
    package var year: Int
    /// A short account of the method, for the remark.
    package var method: String
    package var rows: [LetterRow]

    package init(product: String, year: Int, method: String, rows: [LetterRow]) {
        self.product = product
        self.year = year
        self.method = method
        self.rows = rows
    }

    package var title: String { "关于报送\(year)年\(product)企业标准“领跑者”评估结果的函" }

    package var body: String { "现报送\(year)年\(product)企业标准“领跑者”评估结果，共\(rows.count)项。" }

    package var undertakings: [String] { LetterUndertaking.allCases.map(\.term) }

    /// The cells of every row, in the order of `columns`.
    package var cells: [[String]] {
        rows.map { row in
            [
                row.keyField, row.product, row.enterprise, row.categoryModel, row.standard, row.province,
                method,
            ]
        }
    }
}
