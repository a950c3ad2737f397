/// The law says no: every finding that blocks, at once.
package struct Refusal: Error, Sendable, Hashable {
    package let findings: [Finding]

    package init(_ findings: [Finding]) {
        self.findings = findings
    }

    package init(_ finding: Finding) {
        findings = [finding]
    }
}
