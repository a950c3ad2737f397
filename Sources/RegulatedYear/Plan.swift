package import Regulation

/// The dates of the demonstration year. Every one is checked by the services against the official calendar;
/// change one and the year is refused where the law says so.
package enum Plan {
    package static let keyField = "2025-LAMP"
    package static let start = Instant.shanghai(date(2025, 6, 3), hour: 9, minute: 0)

    static let keyFieldPublished = date(2025, 6, 3)
    static let callOpened = date(2025, 6, 9)
    static let callDeadline = date(2025, 7, 18)
    static let applied = date(2025, 7, 14)
    static let formReviewed = date(2025, 7, 23)
    static let panelAppointed = date(2025, 7, 28)
    static let opinionsGiven = date(2025, 8, 6)
    static let panelConcluded = date(2025, 8, 8)
    static let schemeNotice = date(2025, 8, 11)
    static let schemePublished = date(2025, 8, 26)

    static let snapshot = date(2025, 9, 1)
    static let rankingComputed = date(2025, 9, 3)
    static let consents = date(2025, 9, 12)
    static let rankingSubmitted = date(2025, 9, 15)
    static let rankingReviewed = date(2025, 9, 17)
    static let rankingNotice = date(2025, 9, 19)
    static let objection = date(2025, 9, 24)
    static let opinion = date(2025, 9, 28)
    static let decision = date(2025, 10, 10)
    static let rankingPublished = date(2025, 10, 11)

    static let evidence = date(2025, 11, 3)
    static let chosen = date(2025, 11, 10)
    static let forerunnerConsents = date(2025, 11, 11)
    static let forerunnersSubmitted = date(2025, 11, 12)
    static let forerunnersReviewed = date(2025, 11, 13)
    static let forerunnerNotice = date(2025, 11, 14)
    static let forerunnersPublished = date(2025, 12, 1)

    static let spotCheck = date(2026, 3, 16)
    static let demand = date(2026, 3, 18)
    static let cancellation = date(2026, 3, 25)
    static let nextComputed = date(2026, 4, 8)
    static let nextConsents = date(2026, 4, 10)
    static let nextSubmitted = date(2026, 4, 13)
    static let nextReviewed = date(2026, 4, 14)
    static let nextNotice = date(2026, 4, 15)
    static let nextPublished = date(2026, 5, 6)

    static let lastComputed = date(2026, 5, 7)
    static let lastConsents = date(2026, 5, 8)
    static let lastSubmitted = date(2026, 5, 9)
    static let lastReviewed = date(2026, 5, 11)
    static let lastNotice = date(2026, 5, 12)

    /// The constants above are dates that exist.
    private static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        guard let date = CivilDate(year: year, month: month, day: day) else {
            preconditionFailure("the plan names a day that does not exist: \(year)-\(month)-\(day)")
        }
        return date
    }
}
