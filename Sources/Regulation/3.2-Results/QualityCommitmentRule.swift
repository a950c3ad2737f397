/// A quality commitment (质量承诺) from a shortlisted enterprise.
package struct QualityCommitment: Sendable, Hashable {
    package var text: String
    package var signedBy: String
    /// nil when the form has no valid date.
    package var signedOn: CivilDate?
    package var recordedOn: CivilDate

    package init(text: String, signedBy: String, signedOn: CivilDate?, recordedOn: CivilDate) {
        self.text = text
        self.signedBy = signedBy
        self.signedOn = signedOn
        self.recordedOn = recordedOn
    }
}

/// A shortlisted enterprise signs a quality commitment before the list of forerunners is fixed.
///
/// Regulation A1 three, 6 (质量承诺).
package struct QualityCommitmentRule: Rule {
    package static let citation = Citation("A1", term: "质量承诺")

    package init() {}

    package func findings(in commitment: QualityCommitment) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, _ subject: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: subject, zh: zh, en: en))
        }
        if commitment.text.isUnstated {
            add("COMMITMENT_EMPTY", "commitment.text", zh: "质量承诺为空", en: "the commitment has no text")
        }
        if commitment.signedBy.isUnstated {
            add(
                "COMMITMENT_UNSIGNED", "commitment.signedBy", zh: "质量承诺未签字",
                en: "the commitment is not signed")
        }
        if let signedOn = commitment.signedOn {
            if signedOn > commitment.recordedOn {
                add(
                    "COMMITMENT_DATED_AHEAD", "commitment.signedOn", zh: "签字日期\(signedOn)晚于提交日期",
                    en: "the commitment is signed on \(signedOn), after it was handed in")
            }
        } else {
            add(
                "COMMITMENT_UNDATED", "commitment.signedOn", zh: "质量承诺未写日期",
                en: "the commitment has no date")
        }
        return findings
    }
}
