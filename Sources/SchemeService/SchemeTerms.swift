import Contracts
import Regulation

// The words of the messages as the words of the rules.

extension ExpertRepresentation {
    init?(_ message: SchemeAPI.Representation) {
        switch message {
        case .industryAssociation: self = .industryAssociation
        case .university: self = .university
        case .researchInstitute: self = .researchInstitute
        case .standardsBody: self = .standardsBody
        case .testingBody: self = .testingBody
        case .certificationBody: self = .certificationBody
        case .consultingBody: self = .consultingBody
        case .enterprise: self = .enterprise
        case .consumer: self = .consumer
        case .unspecified, .unrecognized: return nil
        }
    }
}

extension AgencyKind {
    init?(_ message: SchemeAPI.AgencyKind) {
        switch message {
        case .standardsBody: self = .standardsBody
        case .researchInstitute: self = .researchInstitute
        case .industryAssociation: self = .industryAssociation
        case .testingBody: self = .testingBody
        case .certificationBody: self = .certificationBody
        case .consultingBody: self = .consultingBody
        case .other: self = .other
        case .unspecified, .unrecognized: return nil
        }
    }
}

extension PanelVerdict {
    init?(_ message: SchemeAPI.Verdict) {
        switch message {
        case .pass: self = .pass
        case .passAfterChange: self = .passAfterChange
        case .fail: self = .fail
        case .unspecified, .unrecognized: return nil
        }
    }

    var message: SchemeAPI.Verdict {
        switch self {
        case .pass: .pass
        case .passAfterChange: .passAfterChange
        case .fail: .fail
        }
    }
}

extension ExpertOpinion {
    /// A criterion without a verdict is left out, and the rule says so.
    init(_ message: SchemeAPI.Opinion) {
        var verdicts: [PanelCriterion: PanelVerdict] = [:]
        verdicts[.feasibility] = PanelVerdict(message.feasibility)
        verdicts[.indicators] = PanelVerdict(message.indicators)
        verdicts[.fairness] = PanelVerdict(message.fairness)
        verdicts[.authority] = PanelVerdict(message.authority)
        self.init(
            expert: message.expertId, verdicts: verdicts, declaresNoConflict: message.noConflict)
    }
}

extension ObjectionOutcome {
    init?(_ message: CommonAPI.ObjectionState) {
        switch message {
        case .rejected: self = .rejected
        case .upheld: self = .upheld
        case .amend: self = .amend
        case .received, .opinionGiven, .unspecified, .unrecognized: return nil
        }
    }

    /// The objection's state in a receipt.
    var state: String {
        switch self {
        case .rejected: "REJECTED"
        case .upheld: "UPHELD"
        case .amend: "AMEND"
        }
    }
}
