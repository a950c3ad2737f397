/// A list that is to be computed for a period.
package struct PeriodChoice: Sendable, Hashable {
    package var period: RankingPeriod
    package var cycle: Cycle
    package var schemeYear: Int
    package var computedOn: CivilDate

    package init(period: RankingPeriod, cycle: Cycle, schemeYear: Int, computedOn: CivilDate) {
        self.period = period
        self.cycle = cycle
        self.schemeYear = schemeYear
        self.computedOn = computedOn
    }
}

/// A list is of a period that its scheme's cycle has and that has begun.
///
/// Regulation 3.2.2 (定期形成), R31: a yearly scheme has years, a quarterly one quarters, none before the
/// scheme's own year.
package struct RankingPeriodRule: Rule {
    package static let citation = Citation("3.2.2", term: "定期形成")

    package init() {}

    package func findings(in choice: PeriodChoice) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: "period", zh: zh, en: en))
        }
        if !choice.period.isOf(choice.cycle) {
            switch choice.cycle {
            case .yearly:
                add(
                    "PERIOD_NOT_OF_CYCLE", zh: "方案的评估周期为年度，没有季度榜单",
                    en: "the scheme's cycle is yearly; leave the quarter at 0")
            case .quarterly:
                add(
                    "PERIOD_NOT_OF_CYCLE", zh: "方案的评估周期为季度，须写明第几季度",
                    en: "the scheme's cycle is quarterly; name the quarter, 1 to 4")
            }
        }
        if choice.period.year < choice.schemeYear {
            add(
                "PERIOD_BEFORE_SCHEME", zh: "方案为\(choice.schemeYear)年度方案，不能用于更早的期间",
                en: "the scheme is of \(choice.schemeYear) and makes no list of an earlier year")
        }
        if choice.period.firstDay > choice.computedOn {
            add(
                "PERIOD_NOT_BEGUN", zh: "该期间自\(choice.period.firstDay)起，尚未开始",
                en: "the period begins on \(choice.period.firstDay)")
        }
        return findings
    }
}
