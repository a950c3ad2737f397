/// A case that every rule given has judged and let pass.
///
/// Only `examine` makes one and it can be used once, so an act that takes an `Examined` cannot happen before
/// the examination. `remarks` are the findings that did not block: departures with their reason, and advice.
package struct Examined<Subject: Sendable>: ~Copyable, Sendable {
    package let subject: Subject
    package let remarks: [Finding]
    package let departures: [Departure]

    fileprivate init(subject: Subject, remarks: [Finding], departures: [Departure]) {
        self.subject = subject
        self.remarks = remarks
        self.departures = departures
    }
}

/// Judges a case by all rules and refuses with everything that blocks.
///
/// A "must" finding always blocks. A "generally" or "in principle" finding blocks unless a departure with a
/// non-empty reason names its code. Advice never blocks.
package func examine<Subject: Sendable>(
    _ subject: Subject, against rules: [any Rule<Subject>], departures: [Departure] = []
) throws(Refusal) -> Examined<Subject> {
    var findings: [Finding] = []
    for rule in rules {
        findings.append(contentsOf: rule.findings(in: subject))
    }
    return try examine(subject, findings: findings, departures: departures)
}

/// As above, for findings already gathered from rules on several kinds of case.
package func examine<Subject: Sendable>(
    _ subject: Subject, findings: [Finding], departures: [Departure] = []
) throws(Refusal) -> Examined<Subject> {
    let departed = Set(departures.filter { !$0.reason.isEmpty }.map(\.code))
    let blocking = findings.filter { finding in
        switch finding.modality {
        case .must: true
        case .generally, .inPrinciple: !departed.contains(finding.code)
        case .advice: false
        }
    }
    guard blocking.isEmpty else { throw Refusal(blocking) }
    let used = departures.filter { departure in findings.contains { $0.code == departure.code } }
    return Examined(subject: subject, remarks: findings, departures: used)
}
