package import Contracts
package import Regulation

/// What can be asked of an application, in the order of 3.1.
package enum ApplicationStep: String, Sendable, CaseIterable {
    case reviewForm, appointPanel, giveOpinion, concludePanel, reviseScheme, openNotice
    case lodgeObjection, settleObjection, determineAgency, publishScheme

    /// Section of the regulation the step belongs to.
    package var section: String {
        switch self {
        case .reviewForm, .appointPanel, .giveOpinion, .concludePanel, .reviseScheme: "3.1.2"
        case .openNotice, .lodgeObjection, .settleObjection, .publishScheme: "3.1.3"
        case .determineAgency: "3.1.1"
        }
    }
}

/// The states of an application and their exits (3.1.2, 3.1.3).
///
/// - submitted: leaves to formPassed or formFailed by the form review.
/// - formFailed: final; there is no panel after a failed form review.
/// - formPassed: leaves to underPanel when the panel is appointed.
/// - underPanel: takes opinions; leaves to panelPassed, panelFailed or sentBack when the panel concludes.
/// - sentBack: leaves to underPanel, or to panelPassed when a committee's amendment after notice sent it
///   back; takes settlements, for the other objections of that notice are answered before the revision.
/// - panelPassed: leaves to underNotice.
/// - underNotice: takes objections and settlements; leaves to sentBack (amend), rejected (upheld) or
///   determined.
/// - determined: leaves to published.
/// - rejected: final; takes settlements, for an objection is answered also when the scheme has ended.
/// - panelFailed, published: final here.
package enum ApplicationLifecycle {
    /// Whether the state takes the step.
    package static func takes(_ step: ApplicationStep, in state: SchemeAPI.ApplicationState) -> Bool {
        steps(in: state).contains(step)
    }

    package static func steps(in state: SchemeAPI.ApplicationState) -> Set<ApplicationStep> {
        switch state {
        case .submitted: [.reviewForm]
        case .formPassed: [.appointPanel]
        case .underPanel: [.giveOpinion, .concludePanel]
        case .sentBack: [.reviseScheme, .settleObjection]
        case .panelPassed: [.openNotice]
        case .underNotice: [.lodgeObjection, .settleObjection, .determineAgency]
        case .determined: [.publishScheme]
        case .rejected: [.settleObjection]
        case .formFailed, .panelFailed, .published, .unspecified, .unrecognized: []
        }
    }

    /// Refuses a step that the state does not take, naming the state and the steps it does take.
    package static func require(
        _ step: ApplicationStep, of application: SchemeAPI.Application
    ) throws(Refusal) {
        guard !takes(step, in: application.state) else { return }
        let possible = steps(in: application.state).map(\.rawValue).sorted().joined(separator: ", ")
        throw Refusal(
            Finding(
                Citation(step.section, term: "评估方案评审程序"), code: "WRONG_STATE", subject: application.id,
                zh: "申请处于“\(application.state.name)”状态，不能办理 \(step.rawValue)"
                    + (possible.isEmpty ? "；该状态为终态" : "；可办理：\(possible)"),
                en: "the application is \(application.state.name) and does not take \(step.rawValue)"
                    + (possible.isEmpty ? "; this state is final" : "; it takes: \(possible)")))
    }
}
