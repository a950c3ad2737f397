/// The time in which an enterprise whose title was cancelled enters no ranking and no evaluation.
///
/// Regulation 3.2.6 (三年内不再纳入), R18: it begins with the day of the decision; the last barred day is the same
/// date three years later, the month's end where there is none. Holidays do not move it. All seven causes
/// bring it (R22), and it is the enterprise that is barred, in every category (R16).
package struct ThreeYearBar: Sendable, Hashable {
    package static let citation = Citation("3.2.6", term: "三年内不再纳入")
    package static let years = 3

    package let decidedOn: CivilDate

    package init(decidedOn: CivilDate) {
        self.decidedOn = decidedOn
    }

    /// Last barred day, inclusive.
    package var lastDay: CivilDate { decidedOn.adding(months: Self.years * 12) }

    package func isBarred(on day: CivilDate) -> Bool { decidedOn <= day && day <= lastDay }
}
