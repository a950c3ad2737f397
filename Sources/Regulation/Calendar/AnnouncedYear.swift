/// What the State Council's notice on holidays (放假安排) says about one year: where it departs from the ordinary
/// week.
///
/// Days it does not name follow their weekday. The notice for a year may name days of the December before:
/// 2018-12-31 was a day off by the notice for 2019.
package struct AnnouncedYear: Hashable, Sendable {
    package let year: Int
    package let daysOff: Set<CivilDate>
    /// 调休上班: days that are worked although the week or an earlier notice has them off.
    package let makeUpDays: Set<CivilDate>
    /// The notice, or the notices where it was amended in the year.
    package let source: String

    /// A year read from data; weekend days off and weekdays worked say nothing new and are welcome.
    package init(
        year: Int, daysOff: some Sequence<CivilDate>, makeUpDays: some Sequence<CivilDate>, source: String
    ) throws(AnnouncedYearFlaw) {
        self.init(year: year, off: Set(daysOff), worked: Set(makeUpDays), source: source)
        guard (CivilDate.yearMin...CivilDate.yearMax).contains(year) else { throw .year(year) }
        for day in self.daysOff.union(self.makeUpDays).sorted() {
            guard day.year == year || (day.year == year - 1 && day.month == 12) else {
                throw .dayOfAnotherYear(day, year: year)
            }
            if self.daysOff.contains(day), self.makeUpDays.contains(day) { throw .bothOffAndWorked(day) }
        }
        // A notice that leaves New Year's Day a working day is a file that was cut short, not a notice.
        guard let newYear = CivilDate(year: year, month: 1, day: 1),
            newYear.weekday.isWeekend || self.daysOff.contains(newYear)
        else { throw .withoutNewYear(year) }
    }

    /// A row of the official table; days are written month * 100 + day.
    init(_ year: Int, off: [Int], worked: [Int], source: String) {
        self.init(
            year: year, off: Self.days(off, of: year), worked: Self.days(worked, of: year), source: source)
    }

    private init(year: Int, off: Set<CivilDate>, worked: Set<CivilDate>, source: String) {
        self.year = year
        daysOff = off
        makeUpDays = worked
        self.source = source
    }

    private static func days(_ numbers: [Int], of year: Int) -> Set<CivilDate> {
        Set(numbers.compactMap { CivilDate(year: year, month: $0 / 100, day: $0 % 100) })
    }
}

/// Why data given as a year's calendar cannot be one.
package enum AnnouncedYearFlaw: Error, Hashable, Sendable {
    case year(Int)
    case dayOfAnotherYear(CivilDate, year: Int)
    case bothOffAndWorked(CivilDate)
    case withoutNewYear(Int)

    package var code: String {
        switch self {
        case .year: "YEAR"
        case .dayOfAnotherYear: "DAY_OF_ANOTHER_YEAR"
        case .bothOffAndWorked: "BOTH_OFF_AND_WORKED"
        case .withoutNewYear: "WITHOUT_NEW_YEAR"
        }
    }

    package var messageZH: String {
        switch self {
        case .year(let year): "年份\(year)超出范围（\(CivilDate.yearMin)—\(CivilDate.yearMax)）"
        case .dayOfAnotherYear(let day, let year): "\(day)既不在\(year)年，也不在上年12月，请核对"
        case .bothOffAndWorked(let day): "\(day)既列为放假又列为调休上班，请只保留一项"
        case .withoutNewYear(let year): "\(year)年1月1日未列为放假，数据可能不完整，请补全"
        }
    }

    package var messageEN: String {
        switch self {
        case .year(let year):
            "the year \(year) is out of range; give \(CivilDate.yearMin) to \(CivilDate.yearMax)"
        case .dayOfAnotherYear(let day, let year):
            "\(day) lies neither in \(year) nor in the December before; compare with the notice"
        case .bothOffAndWorked(let day): "\(day) is given as off and as worked; keep one"
        case .withoutNewYear(let year):
            "\(year)-01-01 is not given as off; the data seem cut short, complete them"
        }
    }
}
