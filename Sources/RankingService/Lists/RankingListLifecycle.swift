import Contracts
package import Regulation

/// What can be asked of a ranking list, in the order of 3.2.
package enum RankingListStep: String, Sendable, CaseIterable {
    case recordConsents, withdrawConsents, submit, review, openNotice, lodgeObjection, giveOpinion
    case decideObjection, publish, recordEvidence, chooseForerunners, recordOwnPublication

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
        case .recordEvidence: ConformityReportRule.citation
        case .chooseForerunners: AnnualRankingRule.citation
        case .recordOwnPublication: OwnPublicationRule.citation
        }
    }
}

/// The states of a ranking list and what each of them takes (3.2.2 to 3.2.4).
///
/// Consents are gathered before the submission. Afterwards an enterprise can only withdraw its consent, up to
/// the publication; then it is not named (R13). Objections to entries may outlive the notice, so that a
/// published list still takes opinions and decisions, and nothing else that would change it.
package enum RankingListLifecycle {
    package static func steps(in state: ResultState) -> Set<RankingListStep> {
        switch state {
        case .computed, .returned: [.recordConsents, .withdrawConsents, .submit]
        case .submitted: [.withdrawConsents, .review]
        case .reviewed: [.withdrawConsents, .openNotice]
        case .underNotice:
            [.withdrawConsents, .lodgeObjection, .giveOpinion, .decideObjection, .publish]
        case .published:
            [.giveOpinion, .decideObjection, .recordEvidence, .chooseForerunners, .recordOwnPublication]
        case .withdrawn: []
        }
    }

    package static func takes(_ step: RankingListStep, in state: ResultState) -> Bool {
        steps(in: state).contains(step)
    }

    /// Refuses a step that the state does not take, naming the state and the steps it does take.
    package static func require(
        _ step: RankingListStep, of id: String, in state: ResultState
    ) throws(Refusal) {
        guard !takes(step, in: state) else { return }
        throw Refusal(
            WrongState.finding(
                step.citation, id: id, state: state, step: step.rawValue,
                possible: steps(in: state).map(\.rawValue)))
    }
}

/// The finding on a step that comes at the wrong time.
enum WrongState {
    static func finding(
        _ citation: Citation, id: String, state: ResultState, step: String, possible: [String]
    ) -> Finding {
        let possible = possible.sorted().joined(separator: ", ")
        return Finding(
            citation, code: "WRONG_STATE", subject: id,
            zh: "榜单处于“\(state.name)”状态，不能办理 \(step)"
                + (possible.isEmpty ? "；该状态为终态" : "；可办理：\(possible)"),
            en: "the list is \(state.name) and does not take \(step)"
                + (possible.isEmpty ? "; this state is final" : "; it takes: \(possible)"))
    }
}
