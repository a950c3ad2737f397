package import Contracts
import Exporting

/// One table of counts: drawn as bars, and as a table.
package struct CountSection {
    /// Bars of one drawing at most; the table has all rows.
    private static let barCountMax = 25

    private let table: RankingAPI.CountTable
    private let language: ChartLanguage
    private let id: String

    /// - Parameter id: unique on the page; ASCII letters, digits and hyphens.
    package init(_ table: RankingAPI.CountTable, id: String, _ language: ChartLanguage) {
        self.table = table
        self.id = id
        self.language = language
    }

    package var html: String {
        guard !table.rows.isEmpty else { return "" }
        let title = Self.title(table, language)
        let bars = BarChart(
            id: id, title: title,
            bars: table.rows.prefix(Self.barCountMax).map { row in
                .init(label: label(row), value: Int(row.count), text: ChartLanguage.grouped(row.count))
            })
        let total = table.rows.reduce(0) { $0 + Int($1.count) }
        let rows = table.rows.map { row in
            [label(row), ChartLanguage.grouped(row.count), ChartLanguage.percent(row.count, of: total)]
        }
        let heads = [
            Self.attribute(table.attribute, language), Self.subject(table.subject, language),
            language.pick(zh: "占比", en: "share"),
        ]
        let more =
            table.rows.count > Self.barCountMax
            ? language.pick(
                zh: "（图示前 \(Self.barCountMax) 行，共 \(table.rows.count) 行，见数据表）",
                en: " (the first \(Self.barCountMax) of \(table.rows.count) rows are drawn, all are listed)")
            : ""
        return "<figure id=\"\(id)\">\(bars.svg)<figcaption>\(Markup.escaped(title + more))</figcaption>"
            + "<details><summary>\(language.pick(zh: "数据表", en: "Figures"))</summary>"
            + HTMLTable(caption: title, head: heads, rows: rows, numeric: [1, 2]).html
            + "</details></figure>\n"
    }

    private func label(_ row: RankingAPI.CountRow) -> String {
        if !row.name.isEmpty { return row.name }
        switch table.attribute {
        case "SECTOR": return Self.sector(row.value, language)
        default: return language.word(row.value)
        }
    }

    package static func title(_ table: RankingAPI.CountTable, _ language: ChartLanguage) -> String {
        let subject = subject(table.subject, language)
        let attribute = attribute(table.attribute, language)
        return language.pick(zh: "\(subject)，按\(attribute)", en: "\(subject) by \(attribute)")
    }

    static func subject(_ code: String, _ language: ChartLanguage) -> String {
        switch code {
        case "STANDARDS": language.pick(zh: "声明的标准", en: "declared standards")
        case "ENTRIES": language.pick(zh: "入榜项", en: "ranked entries")
        case "FORERUNNERS": language.pick(zh: "领跑者", en: "forerunners")
        default: code
        }
    }

    static func attribute(_ code: String, _ language: ChartLanguage) -> String {
        switch code {
        case "CATEGORY": language.pick(zh: "类别", en: "category")
        case "KEY_FIELD": language.pick(zh: "重点领域", en: "key field")
        case "SECTOR": language.pick(zh: "行业大类（方案所定）", en: "sector (as the scheme states it)")
        case "PROVINCE": language.pick(zh: "省份", en: "province")
        case "YEAR": language.pick(zh: "年份", en: "year")
        case "GRADE": language.pick(zh: "等级", en: "grade")
        case "REASON": language.pick(zh: "未入榜原因", en: "reason left out")
        case "PRODUCT": language.pick(zh: "产品或服务", en: "product or service")
        default:
            code.hasPrefix("ATTRIBUTE ")
                ? language.pick(
                    zh: "声明的属性“\(code.dropFirst(10))”", en: "declared attribute “\(code.dropFirst(10))”")
                : code
        }
    }

    private static func sector(_ name: String, _ language: ChartLanguage) -> String {
        switch name {
        case "SECTOR_EQUIPMENT": language.pick(zh: "装备制造业", en: "equipment")
        case "SECTOR_CONSUMER_GOODS": language.pick(zh: "消费品", en: "consumer goods")
        case "SECTOR_SERVICES": language.pick(zh: "服务业", en: "services")
        case "SECTOR_OTHER": language.pick(zh: "其他", en: "other")
        default: language.word(name)
        }
    }
}
