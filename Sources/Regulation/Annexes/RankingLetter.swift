/// The letter that submits a ranking list, as data.
///
/// Regulation A2-1 (排行榜报送函): seven columns, the first a serial number. Serial numbers count rows; ranks can
/// be shared, so a rank stands in the remark and not in the serial's place. The form is filled in, its
/// wording is ours.
package struct RankingLetter: Sendable, Hashable {
    package static let citation = Citation("A2-1", term: "排行榜报送函")
    package static let columns = [
        "序号", "产品（或服务）名称", "企业名称", "产品（或服务）类别/型号", "执行标准", "所属省份", "备注",
    ]

    package var product: String
    package var year: Int
    /// 1 to 4, or 0 for the yearly list.
    package var quarter: Int
    /// What the ranking goes by, as in the names of its core indicators.
    package var indicators: [String]
    /// How the ranking is formed, for the remark.
    package var method: String
    /// Rows of the whole letter, and of them those before the rows at hand: a letter can be made in parts.
    package var rowCount: Int
    package var precedingRowCount: Int
    /// The rows in the order of the list, each with its rank.
    package var rows: [(rank: Int, row: LetterRow)] { ranks.indices.map { (ranks[$0], entries[$0]) } }

    private var ranks: [Int]
    private var entries: [LetterRow]

    package init(
        product: String, year: Int, quarter: Int, indicators: [String], method: String,
        rows: [(rank: Int, row: LetterRow)], precedingRowCount: Int = 0, rowCount: Int? = nil
    ) {
        self.precedingRowCount = precedingRowCount
        self.rowCount = rowCount ?? precedingRowCount + rows.count
        self.product = product
        self.year = year
        self.quarter = quarter
        self.indicators = indicators
        self.method = method
        ranks = rows.map(\.rank)
        entries = rows.map(\.row)
    }

    package var title: String { "关于报送\(product)企业标准排行榜的函" }

    package var period: String { quarter == 0 ? "\(year)年" : "\(year)年第\(quarter)季度" }

    package var body: String {
        "现报送\(period)\(product)企业标准排行榜，依据\(indicators.joined(separator: "、"))，共\(rowCount)项。"
    }

    package var undertakings: [String] { LetterUndertaking.allCases.map(\.term) }

    /// The cells of every row, in the order of `columns`.
    package var cells: [[String]] {
        rows.enumerated().map { index, line in
            [
                "\(precedingRowCount + index + 1)", line.row.product, line.row.enterprise,
                line.row.categoryModel,
                line.row.standard,
                line.row.province, "第\(line.rank)名；\(method)；核心指标：\(indicators.joined(separator: "、"))",
            ]
        }
    }
}
