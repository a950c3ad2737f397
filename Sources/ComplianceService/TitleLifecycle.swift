package import Contracts
package import Regulation

/// What can be asked of a title.
package enum TitleStep: String, Sendable, CaseIterable {
    case recordSpotCheck, demandCancellation, cancel
}

/// The states of a title and their exits (3.2.5, 3.2.6).
///
/// - valid: leaves to cancellationDemanded by the work agency's demand, to expired by time alone.
/// - cancellationDemanded: leaves to cancelled.
/// - cancelled: final; undone only by a recorded correction.
/// - expired: final; the end of its year is no cancellation. Read from the validity, never recorded.
///
/// Which demands and cancellations the law lets pass is for the rules of 3.2.6; here stands only the order.
package enum TitleLifecycle {
    package static func steps(in state: ComplianceAPI.TitleState) -> Set<TitleStep> {
        switch state {
        case .valid: [.recordSpotCheck, .demandCancellation]
        case .cancellationDemanded: [.recordSpotCheck, .cancel]
        case .cancelled, .expired: []
        case .unspecified, .unrecognized: []
        }
    }

    /// The state as it stands on a day.
    package static func state(
        of title: ComplianceAPI.Title, on day: CivilDate
    ) -> ComplianceAPI.TitleState {
        guard title.state == .valid, let until = CivilDate(title.validUntil), until < day else {
            return title.state
        }
        return .expired
    }

    /// Refuses a step that the title's state on a day does not take.
    package static func require(
        _ step: TitleStep, of title: ComplianceAPI.Title, on day: CivilDate
    ) throws(Refusal) {
        let state = state(of: title, on: day)
        guard !steps(in: state).contains(step) else { return }
        throw Refusal(
            Finding(
                CancellationDemandRule.citation, code: "WRONG_STATE", subject: title.id,
                zh: "称号处于“\(state.name)”状态，不能办理 \(step.rawValue)",
                en: "the title is \(state.name) and does not take \(step.rawValue)"))
    }
}
