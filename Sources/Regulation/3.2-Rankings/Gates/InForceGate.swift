/// A standard that was abolished by the cut-off is not evaluated.
///
/// Regulation 3.2.1 (评估对象). Where the day of abolition is known it decides, and that day no longer
/// counts as in force; where it is not, the source's word does.
package struct InForceGate: Rule {
    package static let code = "NOT_IN_FORCE"
    package static let citation = Citation("3.2.1", term: "现行有效")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        let standard = candidate.standard
        if let day = standard.abolishedOn {
            return day <= candidate.cutoff ? [Self.finding(abolishedOn: day)] : []
        }
        return standard.isInForce ? [] : [Self.finding(abolishedOn: nil)]
    }

    package static func finding(abolishedOn day: CivilDate?) -> Finding {
        guard let day else {
            return Finding(citation, code: code, zh: "标准已废止，日期不详", en: "abolished on an unknown day")
        }
        return Finding(
            citation, code: code, subject: day.description, zh: "标准自\(day)起废止", en: "abolished from \(day)")
    }
}
