/// Line of business of a scheme.
package enum Sector: Sendable, Hashable, CaseIterable {
    /// 装备制造业.
    case equipment
    /// 消费品.
    case consumerGoods
    /// 服务业.
    case services
    case other
}

/// One product or service of a scheme, as a row of the table of A1 three, 2.
package struct ProductItem: Sendable, Hashable {
    package var name: String
    package var definition: String
    package var applicability: String
    /// 执行的相关标准.
    package var standards: [String]
    package var exclusions: [String]

    package init(
        name: String, definition: String, applicability: String, standards: [String], exclusions: [String]
    ) {
        self.name = name
        self.definition = definition
        self.applicability = applicability
        self.standards = standards
        self.exclusions = exclusions
    }
}

/// 产品和服务范围.
package struct Scope: Sendable, Hashable {
    package var items: [ProductItem]
    /// Category of the public service platform; empty draws no line between categories.
    package var category: String
    package var sector: Sector
    /// True for a service, false for a product.
    package var isService: Bool

    package init(items: [ProductItem], category: String, sector: Sector, isService: Bool) {
        self.items = items
        self.category = category
        self.sector = sector
        self.isService = isService
    }
}
