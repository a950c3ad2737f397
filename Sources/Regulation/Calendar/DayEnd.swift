// A deadline of the programme is a day, and it ends at 24:00 of that day in Beijing (R1, R26).
extension CivilDate {
    /// 00:00 of the day.
    package var beginsAt: Instant { .shanghai(self, hour: 0, minute: 0) }

    /// 24:00 of the day; the first moment that no longer belongs to it.
    package var endsAt: Instant { .shanghai(self, hour: 24, minute: 0) }

    /// Whether something done at a moment meets a deadline that this day is the last of.
    package func isMet(by moment: Instant) -> Bool { moment < endsAt }
}
