package import Regulation

/// How the columns of one registry's file become declared standards: an import profile that has been checked.
///
/// Made from the message `ImportProfile`; RankingService.docc/ImportProfiles.md says what a user may write.
package struct Profile: Sendable, Hashable {
    package enum Format: Sendable, Hashable {
        /// The delimiter is one ASCII character.
        case csv(delimiter: UInt8)
        case ndjson
    }

    /// Where a text comes from.
    package enum Text: Sendable, Hashable {
        case column(String)
        case constant(String)
        case template(TextTemplate)
    }

    package struct Day: Sendable, Hashable {
        package let column: String
        package let format: DayFormat
    }

    package struct Attribute: Sendable, Hashable {
        package let name: String
        package let column: String
        /// Word of the file to its meaning; empty: every word means itself.
        package let words: [String: String]
    }

    package struct Indicator: Sendable, Hashable {
        package let code: String
        package let column: String
        package let relation: Relation
        package let unit: String
        package let testMethod: String
        package let minimum: ExactDecimal?
        package let maximum: ExactDecimal?
        package let missingWords: Set<String>
        /// Word of the file to a grade, "yes" or "no"; empty for numbers.
        package let words: [String: String]
        package let isRequired: Bool
    }

    /// What rows refer to, and what is known of it.
    package struct References: Sendable, Hashable {
        package let source: Text
        /// By number without the year.
        package let known: [String: ReferencedStandard]
        /// Cut-off day, on which undated references are read; without one they mean no edition.
        package var day: CivilDate?
    }

    package var name: String
    package var format: Format
    package var decodesEntities: Bool
    package var enterpriseName: Text
    /// nil: the file has no codes, and synthetic ones are derived from the name.
    package var creditCode: Text?
    /// nil: the region digits of the credit code say it.
    package var province: Text?
    package var standardNumber: Text
    package var standardName: Text
    package var category: Text
    package var models: [Text]
    /// What parts several models in one text.
    package var modelSeparators: Set<Character>
    package var declaredOn: Day
    package var abolishedOn: Day?
    package var attributes: [Attribute]
    package var indicators: [Indicator]
    /// nil: the file says nothing of what a standard refers to.
    package var references: References?
    package var isSeriesProduced: Bool
    package var isWidelyOffered: Bool
}

extension Profile {
    /// The catalogue of a ministry has some thousands.
    package static let referencedStandardCountMax = 8_192
    /// Requirements of all editions together: each is one bit of every stored row.
    package static let adoptableCountMax = 512

    /// Reads undated references on a day.
    package func resolvingReferences(on day: CivilDate) -> Profile {
        var profile = self
        profile.references?.day = day
        return profile
    }

    /// Every requirement that a row may adopt, in the order in which stored rows have them.
    var adoptable: [Declaration] {
        (references?.known.values.sorted { ByteOrder.compare($0.family, $1.family) < 0 } ?? []).flatMap {
            $0.editions.flatMap { $0.requirements.map(\.declaration) }
        }
    }

    /// A column that the profile reads, and the field of the profile that names it.
    package struct ColumnUse: Sendable, Hashable {
        package let path: String
        package let column: String
    }

    /// Every use of a column, in the order of the profile's fields.
    package var columnUses: [ColumnUse] {
        var uses: [ColumnUse] = []
        func add(_ text: Text?, _ path: String) {
            switch text {
            case .column(let column): uses.append(ColumnUse(path: path + ".column", column: column))
            case .template(let template):
                uses += template.columns.map { ColumnUse(path: path + ".template", column: $0) }
            case .constant, nil: break
            }
        }
        add(enterpriseName, "enterpriseName")
        add(creditCode, "creditCode")
        add(province, "province")
        add(standardNumber, "standardNumber")
        add(standardName, "standardName")
        add(category, "category")
        for (index, model) in models.enumerated() { add(model, "models[\(index)]") }
        add(references?.source, "references")
        uses.append(ColumnUse(path: "declaredOn.column", column: declaredOn.column))
        if let abolishedOn { uses.append(ColumnUse(path: "abolishedOn.column", column: abolishedOn.column)) }
        for (index, attribute) in attributes.enumerated() {
            uses.append(ColumnUse(path: "attributes[\(index)].column", column: attribute.column))
        }
        for (index, indicator) in indicators.enumerated() {
            uses.append(ColumnUse(path: "indicators[\(index)].column", column: indicator.column))
        }
        return uses
    }

    /// Names of the columns read, each once, in the order of first use.
    package var columnNames: [String] {
        var seen: Set<String> = []
        return columnUses.map(\.column).filter { seen.insert($0).inserted }
    }
}
