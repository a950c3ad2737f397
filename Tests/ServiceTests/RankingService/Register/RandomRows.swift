import Contracts

@testable import RankingService

/// Files of rows as no registry writes them, and the profiles to read them with.
struct RandomRows {
    private static let columns = [
        "Name", "Code", "Number", "Title", "Group", "Model", "Second", "Place", "Day", "End", "Base", "Kind",
        "Light", "Power", "Feature", "Grade", "Serial", "Refs",
    ]
    /// What nobody expects in a field.
    private static let oddities = [
        "", " ", " a", "a ", "a\\b", "A&amp;B", "&", "５", "\u{3000}x", "a\u{200B}b", "é", "e\u{301}", "😀",
        "\u{0}",
        "a  b", "\u{7F}", "—", "·", "豈", "\"", "\"\"", "a,b", "a\tb",
    ]
    private static let values: [String: [String]] = [
        "Name": ["恒通（集团）有限公司", "Acme Ltd", "新材科技18100有限公司", "acme  ltd", "Ａ公司"],
        "Code": ["91370000NF9QF8137F", "914400008X833J7417", "91370000NF9QF8137X", "91370000nf9qf8137f"],
        "Number": [
            "Q/AB 001-2020", "Q/AB 001—2020", "q/ab 1-2019", "Q/AB001-2020", "GB/T 9756-2018", "Q/AB 1",
            "Q/A/BC 1.2-2021",
        ],
        "Title": ["产品1", "A lamp", "“灯”", "Lamp \\ bulb"], "Group": ["C1", "电冰箱", "C2"],
        "Model": ["M-1", "M1、M2", "M-1", "", "M+2"], "Second": ["", "S1", "S2"],
        "Place": ["北京", "广东省", "", "Mars"], "Day": ["2020-01-31", "2019-12-01", "2020-02-30", ""],
        "End": ["", "", "", "2021-01-01", "2010-01-01"], "Base": ["E26", "GU10", "", "x"],
        "Kind": ["a", "b", "", "c"],
        "Light": [
            "1", "1.50", "0.0", "-0", "007", "99.9", "100.1", "-1", "1e2", "N/A", "", "+5",
            "12345678901234567890",
        ],
        "Power": ["1~2", "3", "2～1", "", "3.", ".5", "0.123456789012345"], "Feature": ["是", "否", "?", ""],
        "Grade": ["一级", "二级", "", "未知"], "Serial": ["1", "002.3", "1a", "", "12-"],
        "Refs": ["", "", "GB 1", "GB 1-2015、GB 2", "GB"],
    ]

    private var random: SplitMix
    private let isJSON: Bool
    private let hasCodes: Bool

    init(seed: UInt64, isJSON: Bool? = nil) {
        random = SplitMix(seed: seed)
        let picked = random.int(0...1) == 0
        self.isJSON = isJSON ?? picked
        hasCodes = random.int(0...2) > 0
    }

    mutating func profile() -> StandardsAPI.ImportProfile {
        func column(_ name: String) -> StandardsAPI.TextSource { StandardsAPI.TextSource(column: name) }
        let number = random.pick([
            column("Number"), StandardsAPI.TextSource(template: "Q/XY {Serial}—{Day|year}"),
            StandardsAPI.TextSource(constant: "Q/ABC 1-2020"),
        ])
        let title = random.pick([
            column("Title"), StandardsAPI.TextSource(template: " {Title} \\ {Model}"),
            StandardsAPI.TextSource(template: "{Title}（{Model}）"),
        ])
        let hasReferences = random.int(0...1) == 0
        return StandardsAPI.ImportProfile(
            name: "random", format: isJSON ? .ndjson : .csv, decodeEntities: random.int(0...1) == 0,
            enterpriseName: column("Name"), creditCode: hasCodes ? column("Code") : nil,
            province: random.int(0...1) == 0 ? column("Place") : nil,
            standardNumber: random.int(0...2) == 0 ? number : column("Number"), standardName: title,
            category: column("Group"), models: [column("Model"), column("Second")],
            declaredOn: StandardsAPI.DateSource(column: "Day", format: "YYYY-MM-DD"),
            abolishedOn: StandardsAPI.DateSource(column: "End", format: "YYYY-MM-DD"),
            attributes: [
                StandardsAPI.AttributeMapping(name: "z-base", column: "Base"),
                StandardsAPI.AttributeMapping(
                    name: "kind", column: "Kind",
                    words: [.init(word: "a", meaning: "甲\\"), .init(word: "b", meaning: "乙")]),
            ],
            indicators: [
                .init(
                    indicator: "light", column: "Light", relation: .atLeast, unit: "lm/W",
                    testMethod: "GB/T 1",
                    minimum: random.int(0...1) == 0 ? "0" : "", maximum: random.int(0...1) == 0 ? "100" : "",
                    missingWords: random.pick([[], ["N/A"], ["N/A", "1.50"]])),
                .init(indicator: "power", column: "Power", relation: .equal, unit: "W"),
                .init(
                    indicator: "feature", column: "Feature", relation: .equal,
                    words: [.init(word: "是", meaning: "yes"), .init(word: "否", meaning: "no")]),
                .init(
                    indicator: "grade", column: "Grade", relation: .equal,
                    words: [.init(word: "一级", meaning: "1"), .init(word: "二级", meaning: "二级")]),
            ],
            seriesProduced: random.int(0...1) == 0, modelSeparators: random.pick(["", "、"]),
            references: hasReferences ? column("Refs") : nil,
            referencedStandards: hasReferences ? [Self.referenced] : [])
    }

    private static let referenced = StandardsAPI.ReferencedStandard(
        number: "GB 1",
        editions: [
            .init(
                year: 2015, inForceFrom: "2016-01-01",
                requirements: [
                    .init(requirement: .init(indicator: "power", relation: .atMost, value: "9.5")),
                    .init(requirement: .init(indicator: "light", relation: .atLeast, value: "3")),
                ])
        ])

    mutating func file(rowCount: Int) -> [UInt8] {
        var bytes: [UInt8] = isJSON ? [] : Array((Self.columns.joined(separator: ",") + "\n").utf8)
        for _ in 0..<rowCount {
            let oddity = random.int(0...3) == 0 ? random.int(0...Self.columns.count - 1) : -1
            let fields = Self.columns.enumerated().map { index, column in
                // Nearly always what is expected first, so that most rows have no flaw.
                let known = Self.values[column] ?? [""]
                let usual = random.int(0...5) == 0 ? random.pick(known) : known[random.int(0...1)]
                return index == oddity ? random.pick(Self.oddities) : usual
            }
            bytes += (isJSON ? object(fields) : record(fields)).utf8
            if random.int(0...40) == 0 { bytes[bytes.count - 2] = 0xFF }
        }
        return bytes
    }

    private mutating func record(_ fields: [String]) -> String {
        fields.map { field in
            let needsQuotes = field.contains { ",\"\n".contains($0) } || random.int(0...9) == 0
            return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
        }.joined(separator: ",") + random.pick(["\n", "\r\n"])
    }

    private mutating func object(_ fields: [String]) -> String {
        var members = zip(Self.columns, fields).map { column, field in
            let value =
                random.int(0...20) == 0 ? random.pick(["null", "true", "1.50", "-0", "1e3"]) : quoted(field)
            return "\"\(column)\": \(value)"
        }
        if random.int(0...9) == 0 { members.reverse() }
        if random.int(0...9) == 0 { members.append("\"more\":[1]") }
        return "{" + members.joined(separator: ", ") + "}\n"
    }

    private mutating func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\0"..." ":
                quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
