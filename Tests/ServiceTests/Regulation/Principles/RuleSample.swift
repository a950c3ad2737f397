@testable import Regulation

/// Values that the tests of the rules share.
enum RuleSample {
    static func date(_ text: String) -> CivilDate { CivilDate(text)! }

    /// A valid credit code; the same number gives the same code.
    static func code(_ number: UInt8) -> CreditCode {
        CreditCode.synthesised(region: "110105", seed: [number])
    }

    static func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text)! }

    static let calendar = WorkingDayCalendar.official
    static let digest = String(repeating: "0a", count: 32)

    static func expert(_ number: UInt8, field: String = "2025-LAMP") -> PanelExpert {
        PanelExpert(id: "E\(number)", affiliation: Affiliation(body: code(100 + number)), keyFields: [field])
    }

    static func panel(_ count: UInt8) -> ReviewPanel {
        ReviewPanel(
            keyField: "2025-LAMP", experts: (0..<count).map { expert($0) },
            drafters: [Affiliation(body: code(1), parent: code(2))])
    }

    static func opinion(_ number: UInt8, _ verdict: PanelVerdict) -> ExpertOpinion {
        var verdicts = Dictionary(
            uniqueKeysWithValues: PanelCriterion.allCases.map { ($0, PanelVerdict.pass) })
        verdicts[.fairness] = verdict
        return ExpertOpinion(expert: "E\(number)", verdicts: verdicts, declaresNoConflict: true)
    }
}

extension Sequence<Finding> {
    /// The findings' codes, for comparing.
    var ruleCodes: [String] { map(\.code) }
}
