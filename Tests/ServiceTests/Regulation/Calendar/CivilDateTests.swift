import Regulation
import Testing

@Suite("Civil dates")
struct CivilDateTests {
    @Test("every day from 1900 to 2999 follows the one before")
    func everyDay() throws {
        var expected = (year: 1900, month: 1, day: 1)
        var weekday = 0  // 1900-01-01 was a Monday.
        for number in CivilDate.min.dayNumber...CivilDate.max.dayNumber {
            let date = CivilDate(dayNumber: number)
            guard date.year == expected.year, date.month == expected.month, date.day == expected.day,
                date.weekday == Weekday.allCases[weekday],
                CivilDate(year: expected.year, month: expected.month, day: expected.day) == date
            else {
                Issue.record("\(date) is not \(expected)")
                return
            }
            weekday = (weekday + 1) % 7
            expected = Self.following(expected)
        }
        #expect(expected == (3000, 1, 1))
    }

    private static func following(_ date: (year: Int, month: Int, day: Int)) -> (
        year: Int, month: Int, day: Int
    ) {
        let isLeap =
            date.year.isMultiple(of: 400) || (date.year.isMultiple(of: 4) && !date.year.isMultiple(of: 100))
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if date.day < lengths[date.month - 1] { return (date.year, date.month, date.day + 1) }
        return date.month < 12 ? (date.year, date.month + 1, 1) : (date.year + 1, 1, 1)
    }

    @Test(
        "a date reads and prints as it is written",
        arguments: ["2025-06-03", "1900-01-01", "2999-12-31", "2024-02-29"])
    func text(written: String) {
        #expect(CivilDate(written)?.description == written)
    }

    @Test(
        "what is no date is refused",
        arguments: [
            "", "2025-6-3", "2025-06-31", "2023-02-29", "1900-02-29", "2025-00-10", "2025-13-01",
            "2025-01-00",
            "1899-12-31", "3000-01-01", "2025/06/03", "20250603", "2025-06-03 ", " 2025-06-03", "２025-06-03",
            "2025-06-03T", "-025-06-03", "2025-+6-03",
        ])
    func refuses(written: String) {
        #expect(CivilDate(written) == nil)
    }

    @Test(
        "months are added to the corresponding date, to the month's end where there is none",
        arguments: [
            ("2024-02-29", 36, "2027-02-28"), ("2024-02-29", 48, "2028-02-29"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2025-01-31", 1, "2025-02-28"), ("2025-12-31", 2, "2026-02-28"),
            ("2025-06-03", 12, "2026-06-03"),
            ("2025-03-31", -1, "2025-02-28"), ("2025-01-15", -1, "2024-12-15"),
            ("2025-01-15", 0, "2025-01-15"),
            ("2025-01-15", Int.max, "2999-12-31"), ("2025-01-15", Int.min, "1900-01-01"),
            ("2999-12-15", 1, "2999-12-31"), ("1900-01-15", -1, "1900-01-01"),
        ] as [(String, Int, String)])
    func months(from: String, months: Int, expected: String) throws {
        #expect(try #require(CivilDate(from)).adding(months: months).description == expected)
    }

    @Test("days are added across years and stop at the bounds")
    func days() throws {
        let date = try #require(CivilDate("2023-12-31"))
        #expect(date.adding(days: 60).description == "2024-02-29")
        #expect(date.adding(days: -365).description == "2022-12-31")
        #expect(date.adding(days: .max) == .max)
        #expect(date.adding(days: .min) == .min)
        #expect(CivilDate(dayNumber: 0).description == "1970-01-01")
    }
}
