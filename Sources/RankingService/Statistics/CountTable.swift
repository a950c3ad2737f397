package import Regulation

/// Things counted by one attribute.
package struct CountTable: Sendable, Hashable {
    package enum Subject: String, Sendable, Hashable {
        /// 声明公开的企业标准.
        case standards = "STANDARDS"
        /// Of ranking lists.
        case entries = "ENTRIES"
        /// 企业标准领跑者.
        case forerunners = "FORERUNNERS"
    }

    package enum Attribute: Sendable, Hashable {
        case category, keyField, sector, province, year, grade, reason, product
        /// An attribute that the declared standards carry, by its name: such as an industry, which nothing
        /// else tells.
        case declared(String)

        package var code: String {
            switch self {
            case .category: "CATEGORY"
            case .keyField: "KEY_FIELD"
            case .sector: "SECTOR"
            case .province: "PROVINCE"
            case .year: "YEAR"
            case .grade: "GRADE"
            case .reason: "REASON"
            case .product: "PRODUCT"
            case .declared(let name): "ATTRIBUTE \(name)"
            }
        }
    }

    package struct Row: Sendable, Hashable {
        /// Empty where the attribute is not stated.
        package let value: String
        package let count: Int
    }

    package let subject: Subject
    package let attribute: Attribute
    /// Years and grades in their own order, all others most frequent first, ties by the bytes of the value.
    package let rows: [Row]

    package init(_ subject: Subject, by attribute: Attribute, _ values: some Sequence<String>) {
        self.init(subject, by: attribute, counts: Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +))
    }

    package init(_ subject: Subject, by attribute: Attribute, counts: [String: Int]) {
        self.subject = subject
        self.attribute = attribute
        let inOwnOrder = attribute == .year || attribute == .grade
        rows = counts.sorted { left, right in
            if !inOwnOrder, left.value != right.value { return left.value > right.value }
            return ByteOrder.compare(left.key, right.key) < 0
        }.map { Row(value: $0.key, count: $0.value) }
    }

    package var total: Int { rows.reduce(0) { $0 + $1.count } }
}

extension CountTable {
    /// Declared standards by category, province and year of declaration, and by a declared attribute when
    /// one is named.
    package static func tables(
        of standards: [DeclaredStandard], attribute name: String? = nil
    ) -> [CountTable] {
        var tables = [
            CountTable(.standards, by: .category, standards.lazy.map(\.category)),
            CountTable(.standards, by: .province, standards.lazy.map { $0.province?.fullName ?? "" }),
            CountTable(.standards, by: .year, standards.lazy.map { "\($0.declaredOn.year)" }),
        ]
        if let name {
            tables.append(
                CountTable(.standards, by: .declared(name), standards.lazy.map { $0.attributes[name] ?? "" }))
        }
        return tables
    }

    /// The entries of a result by province and grade, and what was left out by reason: a standard counts
    /// under each of its reasons once.
    package static func tables(of result: RankingResult) -> [CountTable] {
        var tables = [
            CountTable(
                .entries, by: .province,
                result.entries.lazy.map { result.standard(of: $0).province?.fullName ?? "" })
        ]
        let grades = result.entries.compactMap(\.grade)
        if !grades.isEmpty { tables.append(CountTable(.entries, by: .grade, grades.map(String.init))) }
        let reasons = result.exclusions.flatMap { Set($0.reasons.map(\.code)) }
        if !reasons.isEmpty { tables.append(CountTable(.standards, by: .reason, reasons)) }
        return tables
    }
}
