/// The enterprises a list names, and what each of them said.
package struct ConsentCase: Sendable, Hashable {
    package var named: Set<CreditCode>
    /// Recorded answers; an enterprise without a key was not asked or did not answer.
    package var consents: [CreditCode: Bool]

    package init(named: Set<CreditCode>, consents: [CreditCode: Bool]) {
        self.named = named
        self.consents = consents
    }
}

/// Every enterprise that a list names has agreed to be named.
///
/// Regulation 3.2.4 (征得其同意), R13: an enterprise that does not agree keeps its rank as a visible gap,
/// without its name.
package struct ConsentRule: Rule {
    package static let citation = Citation("3.2.4", term: "征得其同意")

    package init() {}

    package func findings(in subject: ConsentCase) -> [Finding] {
        subject.named.sorted().filter { subject.consents[$0] != true }.map { code in
            Finding(
                Self.citation, code: "CONSENT_MISSING", subject: code.text,
                zh: "未征得\(code.text)同意，不得列名", en: "\(code.text) has not agreed to be named")
        }
    }
}
