package import Contracts
package import Regulation
package import Wire

// A notice as recorded in a message, and as the rules reckon with it.

extension CommonAPI.Notice {
    /// A notice that goes live.
    package init(id: String, kind: String, subjectId: String, title: String, period: NoticePeriod) {
        self.init(
            id: id, kind: kind, subjectId: subjectId, title: title, postedOn: period.postedOn.description,
            lastDay: period.lastDay.description, provisional: period.provisional,
            workingDays: UInt32(period.workingDays), state: .open)
    }

    /// The notice as it stands on a day: open until 24:00 of its last day unless it was closed by a decision.
    package func standing(on day: CivilDate, calendar: WorkingDayCalendar) throws(RPCStatus)
        -> CommonAPI.Notice
    {
        let period = try NoticePeriod(self).settled(by: calendar)
        var notice = self
        notice.lastDay = period.lastDay.description
        notice.provisional = period.provisional
        if state == .open { notice.state = period.mayClose(on: day, calendar: calendar) ? .closed : .open }
        return notice
    }
}

extension NoticePeriod {
    /// The period of a recorded notice.
    package init(_ notice: CommonAPI.Notice) throws(RPCStatus) {
        self.init(
            postedOn: try Fields.date(notice.postedOn, "notice.postedOn"),
            workingDays: Int(notice.workingDays), lastDay: try Fields.date(notice.lastDay, "notice.lastDay"),
            provisional: notice.provisional)
    }
}
