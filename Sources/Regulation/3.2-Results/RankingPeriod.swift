/// The year, or the quarter of a year, that a ranking list is of.
package struct RankingPeriod: Sendable, Hashable {
    /// The year in which the programme began.
    package static let yearMin = 2018

    package let year: Int
    /// 1 to 4, or 0 for the whole year.
    package let quarter: Int
    package let firstDay: CivilDate
    /// Inclusive.
    package let lastDay: CivilDate

    /// Nil for a year before the programme or beyond the calendar, or a quarter that no year has.
    package init?(year: Int, quarter: Int) {
        guard year >= Self.yearMin, (0...4).contains(quarter),
            let firstDay = CivilDate(year: year, month: quarter == 0 ? 1 : quarter * 3 - 2, day: 1)
        else { return nil }
        self.year = year
        self.quarter = quarter
        self.firstDay = firstDay
        lastDay = firstDay.adding(months: quarter == 0 ? 12 : 3).adding(days: -1)
    }

    /// The period of a cycle that a day lies in; nil before the programme.
    package init?(holding day: CivilDate, cycle: Cycle) {
        let quarter =
            switch cycle {
            case .yearly: 0
            case .quarterly: (day.month - 1) / 3 + 1
            }
        self.init(year: day.year, quarter: quarter)
    }

    /// The period after this one in the same cycle; nil where the calendar ends.
    package var next: RankingPeriod? {
        switch quarter {
        case 0: RankingPeriod(year: year + 1, quarter: 0)
        case 4: RankingPeriod(year: year + 1, quarter: 1)
        default: RankingPeriod(year: year, quarter: quarter + 1)
        }
    }

    package func isOf(_ cycle: Cycle) -> Bool {
        switch cycle {
        case .yearly: quarter == 0
        case .quarterly: quarter != 0
        }
    }
}

/// The periods for which a scheme asks for a list, and until when each list is in time.
///
/// Regulation 3.2.2 (定期形成) and 3.2.4 (按照时限要求), R31: the scheme's cycle makes the periods, from the one
/// in which the scheme was published; a list is due on the last day of its period, to 24:00, whatever weekday
/// that is.
package struct RankingSchedule: Sendable, Hashable {
    package let cycle: Cycle
    /// Year of the scheme.
    package let schemeYear: Int
    /// nil when the day is not on record; then the scheme's year counts from its beginning.
    package let publishedOn: CivilDate?
    /// Year of the scheme that followed this one for the same category; nil while none has.
    package let succeededIn: Int?

    package init(cycle: Cycle, schemeYear: Int, publishedOn: CivilDate?, succeededIn: Int?) {
        self.cycle = cycle
        self.schemeYear = schemeYear
        self.publishedOn = publishedOn
        self.succeededIn = succeededIn
    }

    /// All periods that have begun by a day, first one first.
    package func periods(begunBy day: CivilDate) -> [RankingPeriod] {
        guard let opening = CivilDate(year: schemeYear, month: 1, day: 1) else { return [] }
        let from = max(opening, publishedOn ?? opening)
        var periods: [RankingPeriod] = []
        var next = RankingPeriod(holding: from, cycle: cycle)
        while let period = next, period.firstDay <= day, period.year < succeededIn ?? Int.max {
            periods.append(period)
            next = period.next
        }
        return periods
    }

    package static func dueDay(of period: RankingPeriod) -> CivilDate { period.lastDay }
}
