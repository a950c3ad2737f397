/// Which public notice (公示) is meant; the two are worded differently.
package enum NoticeKind: String, Sendable, Hashable, CaseIterable {
    case scheme, result

    package var citation: Citation {
        switch self {
        case .scheme: Citation("3.1.3", term: "公示")
        case .result: Citation("3.2.4", term: "公示")
        }
    }
}

/// The days during which anybody may object.
///
/// Regulation 3.1.3 and 3.2.4 (公示), R1: day 0 is the day of posting, days 1…n are the next n working days,
/// objections are in time until 24:00 of day n, and the earliest publication is the day after.
package struct NoticePeriod: Sendable, Hashable {
    /// Day 0.
    package let postedOn: CivilDate
    package let workingDays: Int
    /// Day n, inclusive.
    package let lastDay: CivilDate
    /// 暂定 (R3): the period runs into a year whose calendar is not announced; it cannot close before that is
    /// loaded.
    package let provisional: Bool

    /// A period as recorded.
    package init(postedOn: CivilDate, workingDays: Int, lastDay: CivilDate, provisional: Bool) {
        self.postedOn = postedOn
        self.workingDays = workingDays
        self.lastDay = lastDay
        self.provisional = provisional
    }

    /// A period that begins; `workingDays` is positive.
    package init(postedOn: CivilDate, workingDays: Int, calendar: WorkingDayCalendar) {
        let end = calendar.day(workingDays, workingDaysAfter: postedOn)
        self.init(
            postedOn: postedOn, workingDays: workingDays, lastDay: end.lastDay, provisional: end.provisional)
    }

    /// Objections are heard from the moment of posting to 24:00 of the last day.
    package func accepts(objectionOn day: CivilDate) -> Bool { postedOn <= day && day <= lastDay }

    package var earliestPublication: CivilDate { lastDay.adding(days: 1) }

    /// The period under the calendar as it is known now. A promised end never moves forward, it only moves
    /// back (R3).
    package func settled(by calendar: WorkingDayCalendar) -> NoticePeriod {
        let end = calendar.day(workingDays, workingDaysAfter: postedOn)
        return NoticePeriod(
            postedOn: postedOn, workingDays: workingDays, lastDay: max(lastDay, end.lastDay),
            provisional: end.provisional)
    }

    package func mayClose(on day: CivilDate, calendar: WorkingDayCalendar) -> Bool {
        let settled = settled(by: calendar)
        return !settled.provisional && day >= settled.earliestPublication
    }

    /// Why the notice cannot close on a day; nothing when it may.
    package func findings(closingOn day: CivilDate, calendar: WorkingDayCalendar, kind: NoticeKind)
        -> [Finding]
    {
        let settled = settled(by: calendar)
        var findings: [Finding] = []
        if settled.provisional {
            findings.append(
                Finding(
                    kind.citation, code: "NOTICE_END_PROVISIONAL", subject: "notice.lastDay",
                    zh: "公示截止日\(settled.lastDay)为暂定，待公布放假安排后确定",
                    en:
                        "\(settled.lastDay) is provisional until that year's calendar is announced"
                ))
        }
        if day < settled.earliestPublication {
            findings.append(
                Finding(
                    kind.citation, code: "NOTICE_STILL_OPEN", subject: "notice.lastDay",
                    zh: "公示至\(settled.lastDay)24:00，最早\(settled.earliestPublication)公布",
                    en:
                        "the notice runs to 24:00 of \(settled.lastDay)"
                ))
        }
        return findings
    }
}
