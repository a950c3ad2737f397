import Contracts
package import Regulation

/// What can be asked of a list of forerunners, in the order of 3.2.3 and 3.2.4.
package enum ForerunnerListStep: String, Sendable, CaseIterable {
    case recordConsents, withdrawConsents, submit, review, openNotice, lodgeObjection, giveOpinion
    case decideObjection, publish, recordOwnPublication

    /// The duty of the regulation that the step belongs to.
    package var citation: Citation {
        switch self {
        case .recordConsents, .withdrawConsents: ConsentRule.citation
        case .submit: RankingSubmissionRule.citation
        case .review: ResultFormReviewRule.citation
        case .openNotice: ResultNoticeRule.citation
        case .lodgeObjection: ObjectedEntriesRule.citation
        case .giveOpinion, .decideObjection: ComprehensiveOpinionRule.citation
        case .publish: ResultPublicationRule.citation
        case .recordOwnPublication: OwnPublicationRule.citation
        }
    }
}

/// The states of a list of forerunners and what each of them takes (3.2.3, 3.2.4).
///
/// A published list takes `publish` again: forerunners that an objection held back and that were then cleared
/// follow by a publication of their own (R6). A returned list may be submitted as it is, or the agency
/// chooses anew; so it does when an enterprise declines before the submission (R14). Whoever takes a consent
/// back between submission and publication is not published (R32).
package enum ForerunnerListLifecycle {
    package static func steps(in state: ResultState) -> Set<ForerunnerListStep> {
        switch state {
        case .computed, .returned: [.recordConsents, .withdrawConsents, .submit]
        case .submitted: [.withdrawConsents, .review]
        case .reviewed: [.withdrawConsents, .openNotice]
        case .underNotice:
            [.withdrawConsents, .lodgeObjection, .giveOpinion, .decideObjection, .publish]
        case .published: [.giveOpinion, .decideObjection, .publish, .recordOwnPublication]
        case .withdrawn: []
        }
    }

    package static func takes(_ step: ForerunnerListStep, in state: ResultState) -> Bool {
        steps(in: state).contains(step)
    }

    /// Refuses a step that the state does not take, naming the state and the steps it does take.
    package static func require(
        _ step: ForerunnerListStep, of id: String, in state: ResultState
    ) throws(Refusal) {
        guard !takes(step, in: state) else { return }
        throw Refusal(
            WrongState.finding(
                step.citation, id: id, state: state, step: step.rawValue,
                possible: steps(in: state).map(\.rawValue)))
    }
}
