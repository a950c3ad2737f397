/// What is brought forward for one cause of exit.
package struct ExitEvidence: Sendable, Hashable {
    package var cause: ExitCause
    /// Id of a spot check, or the reference of a document.
    package var reference: String
    package var statement: String
    /// The second half of causes 1 and 2: the serious effect, the lowered indicator.
    package var secondStatement: String

    package init(cause: ExitCause, reference: String, statement: String, secondStatement: String) {
        self.cause = cause
        self.reference = reference
        self.statement = statement
        self.secondStatement = secondStatement
    }
}

/// Each cause of exit is shown by evidence, and both halves of a cause that has two.
///
/// Regulation 3.2.6(1) to (7).
package struct ExitEvidenceRule: Rule {
    package static let citation = Citation("3.2.6", term: "退出机制")

    package init() {}

    package func findings(in evidence: ExitEvidence) -> [Finding] {
        var findings: [Finding] = []
        let cause = evidence.cause
        if evidence.statement.isUnstated {
            findings.append(
                Finding(
                    cause.citation, code: "EXIT_STATEMENT_MISSING", subject: "evidence.statement",
                    zh: "未说明退出原因（\(cause.number)）的事实",
                    en: "the facts of cause \(cause.number) are not stated"))
        }
        if cause.hasTwoHalves, evidence.secondStatement.isUnstated {
            findings.append(
                Finding(
                    cause.citation, code: "EXIT_SECOND_HALF_MISSING", subject: "evidence.secondStatement",
                    zh: "退出原因（\(cause.number)）有两个条件，须同时证明",
                    en: "cause \(cause.number) has two conditions, and the second is not shown"))
        }
        if cause.needsReference, evidence.reference.isUnstated {
            findings.append(
                Finding(
                    cause.citation, code: "EXIT_REFERENCE_MISSING", subject: "evidence.reference",
                    zh: "退出原因（\(cause.number)）须注明报告或决定的文号",
                    en: "cause \(cause.number) needs the reference of a report or decision"))
        }
        return findings
    }
}
