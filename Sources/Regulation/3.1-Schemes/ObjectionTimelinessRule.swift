/// An objection (异议) that reached a notice.
package struct ObjectionArrival: Sendable, Hashable {
    package var kind: NoticeKind
    package var period: NoticePeriod
    package var receivedOn: CivilDate
    package var ground: String

    package init(kind: NoticeKind, period: NoticePeriod, receivedOn: CivilDate, ground: String) {
        self.kind = kind
        self.period = period
        self.receivedOn = receivedOn
        self.ground = ground
    }
}

/// Anybody may object while the notice runs, to 24:00 of its last day, and says on what ground.
///
/// Regulation 3.1.3 (公开征求意见) and, with the same words, 3.2.4. Findings cite the notice they are about.
package struct ObjectionTimelinessRule: Rule {
    package static let citation = Citation("3.1.3", term: "公示期异议")

    package init() {}

    package func findings(in arrival: ObjectionArrival) -> [Finding] {
        var findings: [Finding] = []
        if arrival.receivedOn < arrival.period.postedOn {
            findings.append(
                Finding(
                    arrival.kind.citation, code: "OBJECTION_TOO_EARLY", subject: "objection",
                    zh: "公示于\(arrival.period.postedOn)开始",
                    en: "the notice begins on \(arrival.period.postedOn)"))
        }
        if arrival.receivedOn > arrival.period.lastDay {
            findings.append(
                Finding(
                    arrival.kind.citation, code: "OBJECTION_TOO_LATE", subject: "objection",
                    zh: "公示已于\(arrival.period.lastDay)24:00结束",
                    en: "the notice ended at 24:00 of \(arrival.period.lastDay)"))
        }
        if arrival.ground.isUnstated {
            findings.append(
                Finding(
                    arrival.kind.citation, code: "OBJECTION_GROUND_MISSING", subject: "objection.ground",
                    zh: "未写明异议理由", en: "the ground of the objection is not stated"))
        }
        return findings
    }
}
