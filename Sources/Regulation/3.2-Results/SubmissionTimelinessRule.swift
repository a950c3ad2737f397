/// The day on which a result is submitted, and the last day for it.
package struct SubmissionArrival: Sendable, Hashable {
    package var submittedOn: CivilDate
    /// Inclusive, to 24:00.
    package var dueOn: CivilDate

    package init(submittedOn: CivilDate, dueOn: CivilDate) {
        self.submittedOn = submittedOn
        self.dueOn = dueOn
    }

    package var isLate: Bool { submittedOn > dueOn }
}

/// A list that is submitted after its due day is marked as late.
///
/// Regulation 3.2.4 (按照时限要求), R31: it is taken all the same, because a late list serves the public better
/// than none; the delay stays on the list and counts against the agency in the work agency's view.
package struct SubmissionTimelinessRule: Rule {
    package static let citation = Citation("3.2.4", term: "按照时限要求")

    package init() {}

    package func findings(in arrival: SubmissionArrival) -> [Finding] {
        guard arrival.isLate else { return [] }
        return [
            Finding(
                Self.citation, .advice, code: "SUBMISSION_LATE", subject: "list.submittedOn",
                zh: "应于\(arrival.dueOn)前提交，逾期",
                en: "the submission was due on \(arrival.dueOn) and is late")
        ]
    }
}
