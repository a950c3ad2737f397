/// An enterprise's answer to being named on a result, as it is to be recorded.
package struct ConsentAnswer: Sendable, Hashable {
    package var enterprise: CreditCode
    package var isGiven: Bool
    /// Who spoke for the enterprise, and in what office.
    package var speaker: String
    package var office: String
    /// Day of the answer; nil when it has no valid date.
    package var givenOn: CivilDate?
    /// SHA-256 of the paper in lower-case hex; empty when there is none.
    package var sha256: String
    /// Whether the enterprise answers itself; otherwise its agency hands in what it was told.
    package var isItsOwn: Bool
    /// Digest of the result that the answer names, and of the result on record.
    package var answeredDigest: [UInt8]
    package var resultDigest: [UInt8]
    /// Day on which the ranking was computed, or the forerunners were chosen.
    package var formedOn: CivilDate
    package var recordedOn: CivilDate
    /// Day of the enterprise's answer that stands; nil when there is none.
    package var standingSince: CivilDate?

    package init(
        enterprise: CreditCode, isGiven: Bool, speaker: String, office: String, givenOn: CivilDate?,
        sha256: String, isItsOwn: Bool, answeredDigest: [UInt8], resultDigest: [UInt8],
        formedOn: CivilDate, recordedOn: CivilDate, standingSince: CivilDate?
    ) {
        self.enterprise = enterprise
        self.isGiven = isGiven
        self.speaker = speaker
        self.office = office
        self.givenOn = givenOn
        self.sha256 = sha256
        self.isItsOwn = isItsOwn
        self.answeredDigest = answeredDigest
        self.resultDigest = resultDigest
        self.formedOn = formedOn
        self.recordedOn = recordedOn
        self.standingSince = standingSince
    }
}

/// An answer says who gave it, in what office and when, and it is to one result and no other.
///
/// Regulation 3.2.4 (征得其同意), R32: an enterprise agrees to a rank it has seen, so its answer names the
/// result by its digest and does not carry over to a list that is computed anew, nor from a ranking to its
/// forerunners. A yes that the agency hands
/// in needs its paper; a no, and what an enterprise says itself, do not.
package struct ConsentAnswerRule: Rule {
    package static let citation = ConsentRule.citation

    package init() {}

    package func findings(in answer: ConsentAnswer) -> [Finding] {
        speakerFindings(answer) + dateFindings(answer) + versionFindings(answer) + paperFindings(answer)
    }

    private func speakerFindings(_ answer: ConsentAnswer) -> [Finding] {
        var findings: [Finding] = []
        if answer.speaker.isUnstated {
            findings.append(
                finding(
                    "CONSENT_SPEAKER_MISSING", answer, zh: "未写明代表企业答复的人",
                    en: "who spoke for the enterprise is missing"))
        }
        if answer.office.isUnstated {
            findings.append(
                finding(
                    "CONSENT_OFFICE_MISSING", answer, zh: "未写明答复人的职务",
                    en: "the office of who spoke for the enterprise is missing"))
        }
        return findings
    }

    private func dateFindings(_ answer: ConsentAnswer) -> [Finding] {
        guard let givenOn = answer.givenOn else {
            return [finding("CONSENT_UNDATED", answer, zh: "未写答复日期", en: "the answer has no date")]
        }
        var findings: [Finding] = []
        if givenOn > answer.recordedOn {
            findings.append(
                finding(
                    "CONSENT_DATED_AHEAD", answer, zh: "答复日期\(givenOn)晚于记录日期",
                    en: "the answer is dated \(givenOn), after its recording"))
        }
        if givenOn < answer.formedOn {
            findings.append(
                finding(
                    "CONSENT_BEFORE_RESULT", answer,
                    zh: "答复日期\(givenOn)早于榜单形成日期\(answer.formedOn)",
                    en: "the answer is dated \(givenOn); the result is of \(answer.formedOn)"))
        }
        if let since = answer.standingSince, givenOn < since {
            findings.append(
                finding(
                    "CONSENT_OLDER_THAN_RECORDED", answer, zh: "已记录该企业\(since)的答复",
                    en: "an answer of \(since) is on record, which is later"))
        }
        return findings
    }

    private func versionFindings(_ answer: ConsentAnswer) -> [Finding] {
        guard answer.answeredDigest != answer.resultDigest else { return [] }
        return [
            finding(
                "CONSENT_TO_OTHER_VERSION", answer, zh: "答复所对应的榜单结果摘要与本榜单不一致",
                en: "the answer is to another result; state the digest of this list's result")
        ]
    }

    private func paperFindings(_ answer: ConsentAnswer) -> [Finding] {
        if answer.sha256.isEmpty {
            guard answer.isGiven, !answer.isItsOwn else { return [] }
            return [
                finding(
                    "CONSENT_PAPER_MISSING", answer, zh: "缺少同意文件的摘要",
                    en: "the digest of the paper that shows the consent is missing")
            ]
        }
        guard !FileDigest.isWellFormed(answer.sha256) else { return [] }
        return [
            finding(
                "CONSENT_DIGEST_MALFORMED", answer, zh: "文件摘要应为64位小写十六进制数",
                en: "the paper's digest is not 64 lower-case hex digits")
        ]
    }

    private func finding(_ code: String, _ answer: ConsentAnswer, zh: String, en: String) -> Finding {
        Finding(Self.citation, code: code, subject: answer.enterprise.text, zh: zh, en: en)
    }
}
