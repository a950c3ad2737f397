/// The last day of a period counted in working days.
package struct NoticeEnd: Hashable, Sendable {
    /// Inclusive: the period runs to 24:00 of this day.
    package let lastDay: CivilDate
    /// 暂定 (R3): a day of the period lies in a year whose calendar is not announced, so the end can still
    /// move.
    package let provisional: Bool

    package init(lastDay: CivilDate, provisional: Bool) {
        self.lastDay = lastDay
        self.provisional = provisional
    }

    /// The end after the calendar was announced or amended: never earlier than the end that was promised
    /// (R3).
    package func kept(under recomputed: NoticeEnd) -> NoticeEnd {
        NoticeEnd(lastDay: max(lastDay, recomputed.lastDay), provisional: recomputed.provisional)
    }
}
