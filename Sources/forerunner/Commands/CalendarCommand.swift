import ArgumentParser
import Regulation

struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "Working days by the official calendar (2018–2026).",
        subcommands: [NoticeEndCommand.self])
}

struct NoticeEndCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice-end",
        abstract: "Print the last day of a public notice posted on DATE.",
        discussion: """
            The day of posting does not count; objections are in time until 24:00 of the day printed.
            A notice that runs into a year whose calendar is not announced has a provisional end: the day is
            printed with a note on standard error.

            Example: forerunner calendar notice-end 2025-01-20   prints 2025-02-08
            """)

    @Argument(help: "Day of posting, YYYY-MM-DD.")
    var date: String

    @Option(help: "Working days of the notice.")
    var days = 10

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        try await endingWith {
            guard let posted = CivilDate(date) else {
                throw Failure(.badInput, "“\(date)” is no date; write YYYY-MM-DD, as in 2025-01-20")
            }
            guard (1...250).contains(days) else {
                throw Failure(.badInput, "--days \(days) is out of range; give 1 to 250 working days")
            }
            let end = WorkingDayCalendar.official.day(days, workingDaysAfter: posted)
            Console.result(end.lastDay.description)
            if end.provisional {
                Console.tell(
                    lang.language.pick(
                        zh: "暂定：公示期跨入尚未公布放假安排的年度，公布后须重算。",
                        en: "provisional: the notice runs into a year whose calendar is not announced yet."))
            }
        }
    }
}
