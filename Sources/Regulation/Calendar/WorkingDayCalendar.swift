/// Which days are working days (工作日), as far as it has been announced.
///
/// Calendars are data with a source, year by year. A year that is not announced is never guessed to be plain
/// weekdays: counting goes on with the fixed statutory days off, and the result is marked provisional (R3).
package struct WorkingDayCalendar: Hashable, Sendable {
    package let announced: [Int: AnnouncedYear]
    /// True for a make-up day, false for a day off.
    private let exceptions: [CivilDate: Bool]

    /// Of two entries for a year the later one counts, and where two years name the same day in December, the
    /// later year does.
    package init(_ years: some Sequence<AnnouncedYear>) {
        announced = Dictionary(years.map { ($0.year, $0) }, uniquingKeysWith: { _, later in later })
        var exceptions: [CivilDate: Bool] = [:]
        for year in announced.values.sorted(by: { $0.year < $1.year }) {
            for day in year.daysOff { exceptions[day] = false }
            for day in year.makeUpDays { exceptions[day] = true }
        }
        self.exceptions = exceptions
    }

    /// This calendar with a further year, or with an amended one in place of the old.
    package func announcing(_ year: AnnouncedYear) -> WorkingDayCalendar {
        WorkingDayCalendar(announced.values.filter { $0.year != year.year } + [year])
    }

    /// Nil in a year that is not announced.
    package func isWorkingDay(_ day: CivilDate) -> Bool? {
        guard announced[day.year] != nil else { return nil }
        return exceptions[day] ?? !day.weekday.isWeekend
    }

    /// The n-th working day after a day, that day itself not counted (R1); the day itself for n below 1.
    package func day(_ n: Int, workingDaysAfter start: CivilDate) -> NoticeEnd {
        count(n, from: start, step: 1)
    }

    /// The n-th working day before a day, that day itself not counted: when to remind of a deadline (R26).
    package func day(_ n: Int, workingDaysBefore end: CivilDate) -> NoticeEnd {
        count(n, from: end, step: -1)
    }

    private func count(_ n: Int, from start: CivilDate, step: Int) -> NoticeEnd {
        let bound = step > 0 ? CivilDate.max : CivilDate.min
        var day = start
        var provisional = false
        var left = n
        while left > 0, day != bound {
            day = day.adding(days: step)
            let known = isWorkingDay(day)
            provisional = provisional || known == nil
            if known ?? Self.isPresumedWorking(day) { left -= 1 }
        }
        return NoticeEnd(lastDay: day, provisional: provisional || left > 0)
    }

    /// Weekends are off, and so are the statutory days whose date is fixed: 1 January, 1 and 2 May, 1 to 3
    /// October.
    ///
    /// The days that follow the moon or the sun, and make-up days, are not known before the notice.
    private static func isPresumedWorking(_ day: CivilDate) -> Bool {
        switch (day.month, day.day) {
        case (1, 1), (5, 1...2), (10, 1...3): false
        default: !day.weekday.isWeekend
        }
    }
}
