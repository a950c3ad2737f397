/// A public call for evaluation schemes (公开征集) as it is about to be opened.
package struct SchemeCall: Sendable, Hashable {
    /// Year of the key field it is for; nil when no published key field has the code given.
    package var keyFieldYear: Int?
    package var conditions: String
    package var openedOn: CivilDate
    /// Last day for applications, inclusive.
    package var deadline: CivilDate

    package init(keyFieldYear: Int?, conditions: String, openedOn: CivilDate, deadline: CivilDate) {
        self.keyFieldYear = keyFieldYear
        self.conditions = conditions
        self.openedOn = openedOn
        self.deadline = deadline
    }
}

/// A call is made in public for a published key field of the current year, and stays open for a while.
///
/// Regulation 3.1.1 (公开征集) and 3.1.4: every year's new key fields are called for anew.
package struct CallRule: Rule {
    package static let citation = Citation("3.1.1", term: "公开征集")
    package static let yearlyCitation = Citation("3.1.4", term: "重新征集")

    package init() {}

    package func findings(in call: SchemeCall) -> [Finding] {
        var findings: [Finding] = []
        if let year = call.keyFieldYear {
            if year != call.openedOn.year {
                findings.append(
                    Finding(
                        Self.yearlyCitation, code: "KEY_FIELD_OF_OTHER_YEAR", subject: "call.keyField",
                        zh: "重点领域属于\(year)年，应征集当年新公布的重点领域",
                        en: "the key field is of \(year); a call is for the key fields of its own year"))
            }
        } else {
            findings.append(
                Finding(
                    Self.citation, code: "KEY_FIELD_NOT_PUBLISHED", subject: "call.keyField",
                    zh: "重点领域未公布", en: "no such key field is published"))
        }
        if call.deadline < call.openedOn {
            findings.append(
                Finding(
                    Self.citation, code: "DEADLINE_BEFORE_OPENING", subject: "call.deadline",
                    zh: "征集截止日（\(call.deadline)）早于开始日（\(call.openedOn)）",
                    en: "the deadline \(call.deadline) is before the opening on \(call.openedOn)"))
        }
        if call.conditions.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "CALL_CONDITIONS_MISSING", subject: "call.conditions",
                    zh: "未写明征集条件", en: "the conditions of the call are not stated"))
        }
        return findings
    }
}
