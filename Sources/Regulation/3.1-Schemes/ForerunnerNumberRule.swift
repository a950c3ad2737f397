/// A scheme says how many forerunners it aims at, and weighs the number by the three factors.
///
/// Regulation 3.1.1 (合理确定“领跑者”数量) and A1 three, 7 (实施目标).
package struct ForerunnerNumberRule: Rule {
    package static let citation = Citation("3.1.1", term: "合理确定“领跑者”数量")
    package static let targetMin = 1

    package init() {}

    package func findings(in scheme: EvaluationScheme) -> [Finding] {
        let rule = scheme.forerunners
        var findings = ForerunnerFactors(
            consumerChoice: rule.consumerChoice, industryDevelopment: rule.industryDevelopment,
            declaredStandardCount: rule.declaredStandardCount
        ).findings(citing: Self.citation, under: "scheme.forerunners.")
        if rule.targetNumber < Self.targetMin {
            findings.append(
                Finding(
                    Self.citation, code: "TARGET_NUMBER_MISSING",
                    subject: "scheme.forerunners.targetNumber",
                    zh: "未提出评估周期内形成“领跑者”的目标数量",
                    en: "the number of forerunners aimed at is not stated"))
        }
        return findings
    }
}
