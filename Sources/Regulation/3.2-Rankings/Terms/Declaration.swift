/// The sign a requirement is written with.
package enum Relation: Sendable, Hashable, CaseIterable {
    /// ≤
    case atMost
    /// <
    case below
    /// ≥
    case atLeast
    /// >
    case above
    /// =
    case equal

    package var sign: String {
        switch self {
        case .atMost: "≤"
        case .below: "<"
        case .atLeast: "≥"
        case .above: ">"
        case .equal: "="
        }
    }
}

/// The value of a requirement or of a limit.
package enum RequirementValue: Sendable, Hashable {
    case number(ExactDecimal)
    /// Lower and upper end, both included.
    case interval(ExactDecimal, ExactDecimal)
    /// A grade word.
    case word(String)
    case flag(Bool)
}

/// One requirement of a declared standard (声明的指标要求).
package struct Declaration: Sendable, Hashable {
    /// Code of the scheme's indicator.
    package var indicator: String
    /// Has a meaning for numbers only.
    package var relation: Relation
    package var value: RequirementValue
    /// The value as it was written, without its sign; for an interval both ends, as in "2.0~3.0".
    /// Shown, never computed with.
    package var written: String
    package var testMethod: String
    package var unit: String
    /// As in "引用 GB 12021.2—2015" where a national standard is adopted; empty where the value is the
    /// enterprise's own.
    package var provenance: String

    package init(
        indicator: String, relation: Relation, value: RequirementValue, written: String,
        testMethod: String = "",
        unit: String = "", provenance: String = ""
    ) {
        self.indicator = indicator
        self.relation = relation
        self.value = value
        self.written = written
        self.testMethod = testMethod
        self.unit = unit
        self.provenance = provenance
    }
}
