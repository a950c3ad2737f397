/// A scheme next to the call it answers.
package struct SchemeField: Sendable, Hashable {
    package var schemeKeyField: String
    package var schemeYear: Int
    package var callKeyField: String
    package var callYear: Int

    package init(schemeKeyField: String, schemeYear: Int, callKeyField: String, callYear: Int) {
        self.schemeKeyField = schemeKeyField
        self.schemeYear = schemeYear
        self.callKeyField = callKeyField
        self.callYear = callYear
    }
}

/// A scheme is for the key field of the call it answers, and for that key field's year.
///
/// Regulation 3.1.1 (公开征集) and 3.1.4.
package struct SchemeFieldRule: Rule {
    package static let citation = Citation("3.1.1", term: "公开征集")

    package init() {}

    package func findings(in field: SchemeField) -> [Finding] {
        var findings: [Finding] = []
        if field.schemeKeyField != field.callKeyField {
            findings.append(
                Finding(
                    Self.citation, code: "SCHEME_OF_OTHER_FIELD", subject: "scheme.keyField",
                    zh: "方案的重点领域\(field.schemeKeyField)与征集的重点领域\(field.callKeyField)不一致",
                    en: "the scheme is for \(field.schemeKeyField), the call for \(field.callKeyField)"))
        }
        if field.schemeYear != field.callYear {
            findings.append(
                Finding(
                    Self.citation, code: "SCHEME_OF_OTHER_YEAR", subject: "scheme.year",
                    zh: "方案年度为\(field.schemeYear)年，应为\(field.callYear)年",
                    en: "the scheme is for \(field.schemeYear), not for \(field.callYear)"))
        }
        return findings
    }
}
