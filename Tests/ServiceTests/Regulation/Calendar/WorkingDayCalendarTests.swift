import Regulation
import Testing

@Suite("Working days")
struct WorkingDayCalendarTests {
    let calendar = WorkingDayCalendar.official

    @Test(
        "a notice of ten working days ends on the day worked out by hand",
        arguments: [
            ("2019-09-20", "2019-10-10"), ("2020-01-15", "2020-02-05"), ("2022-09-28", "2022-10-17"),
            ("2023-09-15", "2023-10-07"), ("2023-12-18", "2024-01-02"), ("2024-09-10", "2024-09-25"),
            ("2024-09-30", "2024-10-18"), ("2025-01-20", "2025-02-08"), ("2025-09-19", "2025-10-10"),
            ("2025-12-22", "2026-01-06"), ("2026-02-06", "2026-02-27"), ("2026-09-14", "2026-09-28"),
            ("2026-09-25", "2026-10-15"),
        ])
    func tenDays(posted: String, last: String) throws {
        let end = calendar.day(10, workingDaysAfter: try date(posted))
        #expect(end == NoticeEnd(lastDay: try date(last), provisional: false))
    }

    @Test(
        "other counts end on the day worked out by hand",
        arguments: [
            ("2024-02-01", 15, "2024-02-27"), ("2023-12-28", 10, "2024-01-12"),
            ("2018-12-27", 3, "2019-01-02"),
            ("2022-12-29", 3, "2023-01-04"), ("2025-09-25", 5, "2025-10-09"), ("2026-09-28", 5, "2026-10-10"),
            ("2025-06-03", 0, "2025-06-03"), ("2025-06-07", -3, "2025-06-07"),
        ] as [(String, Int, String)])
    func counts(start: String, n: Int, last: String) throws {
        let end = calendar.day(n, workingDaysAfter: try date(start))
        #expect(end == NoticeEnd(lastDay: try date(last), provisional: false))
    }

    @Test("a notice that runs into 2027 ends provisionally, and New Year's Day does not count")
    func provisional() throws {
        let end = calendar.day(10, workingDaysAfter: try date("2026-12-21"))
        #expect(end == NoticeEnd(lastDay: try date("2027-01-05"), provisional: true))
        #expect(calendar.isWorkingDay(try date("2027-01-04")) == nil)
        #expect(!calendar.day(8, workingDaysAfter: try date("2026-12-21")).provisional)
        #expect(calendar.day(9, workingDaysAfter: try date("2026-12-21")).provisional)
    }

    @Test("in a year without calendar the fixed statutory days are off")
    func fixedDays() throws {
        let may = calendar.day(1, workingDaysAfter: try date("2028-04-30"))
        #expect(may == NoticeEnd(lastDay: try date("2028-05-03"), provisional: true))
        let october = calendar.day(1, workingDaysAfter: try date("2029-09-30"))
        #expect(october == NoticeEnd(lastDay: try date("2029-10-04"), provisional: true))
        #expect(calendar.day(1, workingDaysAfter: try date("2016-12-31")).lastDay == (try date("2017-01-02")))
    }

    @Test("counting ends at the last day that there is")
    func bound() {
        #expect(calendar.day(.max, workingDaysAfter: .max) == NoticeEnd(lastDay: .max, provisional: true))
        #expect(calendar.day(400_000, workingDaysAfter: .min) == NoticeEnd(lastDay: .max, provisional: true))
    }

    @Test(
        "each year has its number of working days",
        arguments: [
            (2018, 250), (2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251),
            (2025, 248),
            (2026, 248),
        ])
    func yearCounts(year: Int, expected: Int) throws {
        let first = try date("\(year)-01-01")
        let count = (0..<366).map { first.adding(days: $0) }
            .filter { $0.year == year && calendar.isWorkingDay($0) == true }.count
        #expect(count == expected)
    }

    @Test("the December days that the next year's notice named stand in their own year")
    func december() throws {
        #expect(calendar.isWorkingDay(try date("2018-12-29")) == true)
        #expect(calendar.isWorkingDay(try date("2018-12-31")) == false)
        #expect(calendar.isWorkingDay(try date("2022-12-31")) == false)
    }

    @Test("counting back finds the days to remind of a deadline")
    func before() throws {
        let deadline = try date("2026-01-31")
        #expect(calendar.day(1, workingDaysBefore: deadline).lastDay == (try date("2026-01-30")))
        #expect(calendar.day(10, workingDaysBefore: deadline).lastDay == (try date("2026-01-19")))
        #expect(!calendar.day(30, workingDaysBefore: deadline).provisional)
    }

    @Test("a further year is loaded as data and settles what was provisional")
    func further() throws {
        let year = try AnnouncedYear(
            year: 2027, daysOff: [date("2026-12-31"), date("2027-01-01"), date("2027-01-04")],
            makeUpDays: [date("2027-01-02")], source: "invented for this test")
        let later = calendar.announcing(year)
        let posted = try date("2026-12-21")
        let end = later.day(10, workingDaysAfter: posted)
        #expect(end == NoticeEnd(lastDay: try date("2027-01-06"), provisional: false))
        #expect(later.isWorkingDay(try date("2027-01-02")) == true)
        #expect(later.isWorkingDay(try date("2026-12-31")) == false)
        #expect(calendar.isWorkingDay(try date("2027-01-02")) == nil, "the calendar before is unchanged")
        #expect(calendar.day(10, workingDaysAfter: posted).kept(under: end) == end)
    }

    @Test("an amended calendar prolongs a running period and never shortens one")
    func amended() throws {
        let old = NoticeEnd(lastDay: try date("2020-02-03"), provisional: false)
        let later = NoticeEnd(lastDay: try date("2020-02-05"), provisional: false)
        #expect(old.kept(under: later) == later)
        #expect(later.kept(under: old) == later)
        let unsure = NoticeEnd(lastDay: try date("2020-02-06"), provisional: true)
        #expect(unsure.kept(under: later) == NoticeEnd(lastDay: try date("2020-02-06"), provisional: false))
    }

    @Test("an amended year replaces the old one whole")
    func replaced() throws {
        let year = try AnnouncedYear(
            year: 2025, daysOff: [date("2025-01-01")], makeUpDays: [], source: "invented for this test")
        let amended = calendar.announcing(year)
        #expect(amended.isWorkingDay(try date("2025-10-01")) == true)
        #expect(amended.isWorkingDay(try date("2025-10-11")) == false)
        #expect(amended.isWorkingDay(try date("2026-10-01")) == false)
    }

    @Test("data that cannot be a year's calendar are refused")
    func refused() throws {
        let newYear = try date("2027-01-01")
        #expect(throws: AnnouncedYearFlaw.withoutNewYear(2027)) {
            try AnnouncedYear(year: 2027, daysOff: [], makeUpDays: [], source: "")
        }
        #expect(throws: AnnouncedYearFlaw.bothOffAndWorked(newYear)) {
            try AnnouncedYear(year: 2027, daysOff: [newYear], makeUpDays: [newYear], source: "")
        }
        let stray = try date("2026-11-30")
        #expect(throws: AnnouncedYearFlaw.dayOfAnotherYear(stray, year: 2027)) {
            try AnnouncedYear(year: 2027, daysOff: [newYear, stray], makeUpDays: [], source: "")
        }
        #expect(throws: AnnouncedYearFlaw.year(1800)) {
            try AnnouncedYear(year: 1800, daysOff: [], makeUpDays: [], source: "")
        }
    }

    @Test("every count from every day of 2018 to 2026 agrees with the notices read as ranges, day by day")
    func secondReading() throws {
        let reading = NoticeRanges()
        var day = try date("2018-01-01")
        let last = try date("2026-12-31")
        var differences: [String] = []
        while day <= last {
            if calendar.isWorkingDay(day) != reading.isWorkingDay(day) { differences.append("\(day)") }
            for n in [1, 5, 10, 15] {
                let slow = reading.day(n, after: day, through: last)
                let end = calendar.day(n, workingDaysAfter: day)
                if end.provisional != (slow == nil) || (slow != nil && slow != end.lastDay) {
                    differences.append("\(day) + \(n)")
                }
            }
            day = day.adding(days: 1)
        }
        #expect(differences == [])
    }

    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
}
