package import Regulation
public import Wire

// The one place where a refusal of the law becomes a status on the wire, and back.

extension RPCStatus {
    /// FAILED_PRECONDITION with every finding as a detail; the message sums up the first.
    package init(refusal: Refusal) {
        let body = CommonAPI.Refusal(findings: refusal.findings.map(CommonAPI.Finding.init))
        let first = refusal.findings.first
        let more = refusal.findings.count > 1 ? " (and \(refusal.findings.count - 1) more findings)" : ""
        let summary = first.map { "\($0.citation.section) \($0.code): \($0.messageEN)\(more)" } ?? "refused"
        self.init(
            code: .failedPrecondition, message: summary,
            details: [StatusDetail(typeURL: Self.refusalTypeURL, value: body.serialized())])
    }

    static let refusalTypeURL = "type.googleapis.com/" + CommonAPI.Refusal.fullName

    /// The findings a refusing service sent, or nil when the status carries none.
    public var refusal: CommonAPI.Refusal? {
        for detail in details where detail.typeURL == Self.refusalTypeURL {
            return try? CommonAPI.Refusal(serialized: detail.value)
        }
        return nil
    }
}

extension CommonAPI.Finding {
    package init(_ finding: Finding) {
        self.init(
            citation: finding.citation.section, term: finding.citation.term,
            modality: CommonAPI.Modality(finding.modality), code: finding.code, subject: finding.subject,
            messageZh: finding.messageZH, messageEn: finding.messageEN)
    }
}

extension CommonAPI.Modality {
    /// Advice has no modality of the law and travels as unspecified.
    package init(_ modality: Modality) {
        switch modality {
        case .must: self = .must
        case .generally: self = .generally
        case .inPrinciple: self = .inPrinciple
        case .advice: self = .unspecified
        }
    }
}

extension Departure {
    package init(_ message: CommonAPI.Departure) {
        self.init(code: message.code, reason: message.reason)
    }
}
