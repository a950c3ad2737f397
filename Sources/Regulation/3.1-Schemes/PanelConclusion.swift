/// The share of opinions that must pass, as a charter may set it.
package struct PanelThreshold: Sendable, Hashable, CustomStringConvertible {
    /// Numerator and denominator of the least passing share, inclusive.
    package let parts: Int
    package let of: Int

    /// nil unless it is a share above nothing and not above all.
    package init?(parts: Int, of: Int) {
        guard parts > 0, of >= parts else { return nil }
        self.parts = parts
        self.of = of
    }

    private init(reading parts: Int, of: Int) {
        self.parts = parts
        self.of = of
    }

    /// R7: the regulation names no share; two thirds unless the charter says otherwise.
    package static let twoThirds = PanelThreshold(reading: 2, of: 3)

    /// Counted in whole opinions, so that no rounding decides.
    package func isReached(by count: Int, among total: Int) -> Bool {
        total > 0 && count * of >= total * parts
    }

    package var description: String { "\(parts)/\(of)" }
}

/// What a panel concludes from its experts' opinions.
///
/// Regulation 3.1.2 (评审意见), R7: at least five eligible experts gave an opinion, and the threshold of them
/// pass on all four criteria. "Pass after change" sends the scheme back once; the second time only a pass
/// counts.
package struct PanelConclusion: Sendable, Hashable {
    package static let citation = Citation("3.1.2", term: "评审意见")

    /// Meaningful only when there are no findings.
    package let verdict: PanelVerdict
    package let opinionCount: Int
    package let passCount: Int
    /// The share that was required, for the record.
    package let threshold: PanelThreshold
    package let findings: [Finding]

    /// `opinions` are those on the present text of the scheme; conflicts are looked at once more (R8).
    package init(
        panel: ReviewPanel, opinions: [ExpertOpinion], wasSentBack: Bool, statement: String,
        threshold: PanelThreshold = .twoThirds
    ) {
        var findings: [Finding] = []
        let eligible = panel.eligible
        var counted: [String: PanelVerdict] = [:]
        for opinion in opinions where opinion.declaresNoConflict && eligible.contains(opinion.expert) {
            counted[opinion.expert] = opinion.verdict
        }
        for expert in panel.experts {
            if let flaw = panel.flaw(of: expert), opinions.contains(where: { $0.expert == expert.id }) {
                findings.append(flaw)
            }
        }
        if counted.count < ReviewPanelRule.expertCountMin {
            findings.append(
                Finding(
                    Self.citation, code: "TOO_FEW_OPINIONS", subject: panel.keyField,
                    zh: "有效评审意见\(counted.count)份，应不少于\(ReviewPanelRule.expertCountMin)份",
                    en:
                        "\(counted.count) valid opinions; \(ReviewPanelRule.expertCountMin) are required"
                ))
        }
        if statement.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "PANEL_STATEMENT_MISSING", subject: "opinion",
                    zh: "未形成评审意见", en: "the panel's opinion is not written"))
        }
        let passes = counted.values.count { $0 == .pass }
        let notFailing = counted.values.count { $0 != .fail }
        if threshold.isReached(by: passes, among: counted.count) {
            verdict = .pass
        } else if !wasSentBack, threshold.isReached(by: notFailing, among: counted.count) {
            verdict = .passAfterChange
        } else {
            verdict = .fail
        }
        opinionCount = counted.count
        passCount = passes
        self.threshold = threshold
        self.findings = findings
    }
}
