/// A standard that breaks a mandatory standard is not evaluated.
///
/// Regulation A1 three, 4 (符合强制性标准): compliance is judged before evaluation, and that judgement comes
/// with the data.
package struct MandatoryStandardsGate: Rule {
    package static let code = "BREAKS_MANDATORY"
    package static let citation = Citation("A1", term: "符合强制性标准")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        candidate.standard.mandatoryBreaches.map(Self.finding(breached:))
    }

    package static func finding(breached standard: String) -> Finding {
        Finding(
            citation, code: code, subject: standard, zh: "不符合强制性标准\(standard)",
            en: "breaks mandatory standard \(standard)")
    }
}
