/// What a letter says of one entry, whichever annex it is set in.
package struct LetterRow: Sendable, Hashable {
    package var keyField: String
    package var product: String
    package var enterprise: String
    package var models: [String]
    package var standard: String
    package var province: String

    package init(
        keyField: String, product: String, enterprise: String, models: [String], standard: String,
        province: String
    ) {
        self.keyField = keyField
        self.product = product
        self.enterprise = enterprise
        self.models = models
        self.standard = standard
        self.province = province
    }

    /// 产品（或服务）类别/型号.
    package var categoryModel: String { models.joined(separator: "、") }
}

/// Whom both letters are addressed to: the work agency.
package enum LetterAddressee {
    package static let name = "中国标准化研究院"
}
