/// The committee's act of determining an evaluation agency.
package struct AgencyDetermination: Sendable, Hashable {
    package var panelVerdict: PanelVerdict?
    /// Minutes of the committee's meeting.
    package var minutes: String

    package init(panelVerdict: PanelVerdict?, minutes: String) {
        self.panelVerdict = panelVerdict
        self.minutes = minutes
    }
}

/// The committee determines the agency on the strength of a scheme that passed its review, and says why.
///
/// Regulation 3.1.1 (确定评估机构) and 2.1.3.
package struct AgencyDeterminationRule: Rule {
    package static let citation = Citation("3.1.1", term: "确定评估机构")

    package init() {}

    package func findings(in determination: AgencyDetermination) -> [Finding] {
        var findings: [Finding] = []
        if determination.panelVerdict != .pass {
            findings.append(
                Finding(
                    Self.citation, code: "SCHEME_NOT_PASSED", subject: "application",
                    zh: "评估方案未通过评审", en: "the scheme did not pass its review"))
        }
        if determination.minutes.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "MINUTES_MISSING", subject: "minutes",
                    zh: "未附专家委员会纪要", en: "the committee's minutes are missing"))
        }
        return findings
    }
}
