/// The days on which a forerunner may use the title.
///
/// Regulation 3.2.5 (评估周期原则上为1年), R15: from publication to the day before the same date next year. It ends by
/// itself, and that is no cancellation.
package struct TitleValidity: Sendable, Hashable {
    package static let citation = Citation("3.2.5", term: "评估周期原则上为1年")
    package static let months = 12

    /// First valid day.
    package let from: CivilDate
    /// Last valid day, inclusive.
    package let until: CivilDate

    /// A validity as recorded.
    package init(from: CivilDate, until: CivilDate) {
        self.from = from
        self.until = until
    }

    /// The validity of a title published on a day; `months` is positive and other than twelve only with a
    /// reason.
    ///
    /// Where the month has no such date (29 February), its last day is the last valid one, so that no day
    /// is lost.
    package init(publishedOn day: CivilDate, months: Int = TitleValidity.months) {
        let corresponding = day.adding(months: months)
        let isClamped = corresponding.day != day.day
        self.init(from: day, until: isClamped ? corresponding : corresponding.adding(days: -1))
    }

    package func isValid(on day: CivilDate) -> Bool { from <= day && day <= until }
}
