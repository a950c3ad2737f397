import Contracts
import Authority
import Ledger
import Wire

/// What one event does to the application it is about.
struct ApplicationChange {
    let applicationID: String
    let lodgedObjectionID: String?
    let apply: (inout SchemeAPI.Application) -> Void

    private init(
        _ applicationID: String, lodged: String? = nil,
        apply: @escaping (inout SchemeAPI.Application) -> Void
    ) {
        self.applicationID = applicationID
        lodgedObjectionID = lodged
        self.apply = apply
    }

    /// Nil for an event that is not about an application.
    init?(_ event: StoredEvent) throws {
        if let change = try Self.review(event) ?? Self.notice(event) {
            self = change
        } else {
            return nil
        }
    }

    private static func review(_ event: StoredEvent) throws -> ApplicationChange? {
        if let done = try event.decoded(as: SchemeAPI.FormReviewed.self) {
            return ApplicationChange(done.applicationId) {
                $0.state = done.pass ? .formPassed : .formFailed
                $0.formOpinion = done.opinion
            }
        }
        if let done = try event.decoded(as: SchemeAPI.PanelAppointed.self) {
            return ApplicationChange(done.applicationId) {
                $0.state = .underPanel
                $0.panel = done.expertIds
            }
        }
        if let done = try event.decoded(as: SchemeAPI.OpinionGiven.self), let opinion = done.opinion {
            return ApplicationChange(done.applicationId) { $0.opinions.append(opinion) }
        }
        if let done = try event.decoded(as: SchemeAPI.PanelConcluded.self) {
            return ApplicationChange(done.applicationId) { $0.conclude(done) }
        }
        if let done = try event.decoded(as: SchemeAPI.SchemeRevised.self) {
            return ApplicationChange(done.applicationId) { $0.revise(done) }
        }
        return nil
    }

    private static func notice(_ event: StoredEvent) throws -> ApplicationChange? {
        if let done = try event.decoded(as: SchemeAPI.SchemeNoticeOpened.self) {
            return ApplicationChange(done.applicationId) {
                $0.state = .underNotice
                if let past = $0.notice { $0.pastNotices.append(past) }
                $0.notice = done.notice
            }
        }
        if let done = try event.decoded(as: SchemeAPI.SchemeObjectionLodged.self),
            let objection = done.objection
        {
            return ApplicationChange(done.applicationId, lodged: objection.id) {
                $0.notice?.objections.append(objection)
            }
        }
        if let done = try event.decoded(as: SchemeAPI.SchemeObjectionSettled.self) {
            return ApplicationChange(done.applicationId) { $0.settle(done) }
        }
        if let done = try event.decoded(as: SchemeAPI.AgencyDetermined.self) {
            return ApplicationChange(done.applicationId) {
                $0.state = .determined
                $0.minutes = done.minutes
                $0.notice?.state = .closed
            }
        }
        return nil
    }
}

extension SchemeAPI.Application {
    /// 3.1.2: pass, fail, or once "pass after change", which sends the scheme back to its agency (R7).
    fileprivate mutating func conclude(_ done: SchemeAPI.PanelConcluded) {
        panelVerdict = done.verdict
        panelOpinion = done.opinion
        switch done.verdict {
        case .pass: state = .panelPassed
        case .passAfterChange:
            state = .sentBack
            sendBackCount += 1
        case .fail, .unspecified, .unrecognized: state = .panelFailed
        }
    }

    /// A scheme changed for the panel goes back to the same panel; one amended after an objection goes to a
    /// new notice (R4).
    fileprivate mutating func revise(_ done: SchemeAPI.SchemeRevised) {
        scheme = done.scheme
        if panelVerdict == .pass {
            state = .panelPassed
        } else {
            state = .underPanel
            opinions = []
        }
    }

    fileprivate mutating func settle(_ done: SchemeAPI.SchemeObjectionSettled) {
        guard var notice, let index = notice.objections.firstIndex(where: { $0.id == done.objectionId })
        else { return }
        notice.objections[index].state = done.outcome
        notice.objections[index].decisionReason = done.reason
        notice.objections[index].decidedOn = done.decidedOn
        switch done.outcome {
        case .upheld:
            state = .rejected
            notice.state = .closed
        case .amend:
            if state == .underNotice { state = .sentBack }
            notice.state = .closed
        case .rejected, .received, .opinionGiven, .unspecified, .unrecognized: break
        }
        self.notice = notice
    }
}
