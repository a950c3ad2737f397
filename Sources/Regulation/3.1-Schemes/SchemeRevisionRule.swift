/// A changed scheme that its drafter hands in after the panel asked for changes.
package struct SchemeRevision: Sendable, Hashable {
    package var isSentBack: Bool
    /// How often the scheme was sent back, this time included.
    package var timesSentBack: Int

    package init(isSentBack: Bool, timesSentBack: Int) {
        self.isSentBack = isSentBack
        self.timesSentBack = timesSentBack
    }
}

/// A scheme changes only when the panel sent it back, and that happens once.
///
/// Regulation 3.1.2 (评审意见), R7: "pass after change" sends it back once, to the same panel.
package struct SchemeRevisionRule: Rule {
    package static let citation = Citation("3.1.2", term: "评审意见")
    package static let revisionCountMax = 1

    package init() {}

    package func findings(in revision: SchemeRevision) -> [Finding] {
        if !revision.isSentBack {
            return [
                Finding(
                    Self.citation, code: "SCHEME_NOT_SENT_BACK", subject: "scheme",
                    zh: "评审专家组未要求修改方案", en: "the panel did not ask for a change of the scheme")
            ]
        }
        if revision.timesSentBack > Self.revisionCountMax {
            return [
                Finding(
                    Self.citation, code: "SCHEME_REVISED_ALREADY", subject: "scheme",
                    zh: "方案已修改\(Self.revisionCountMax)次，不能再次修改",
                    en: "the scheme was changed already; it can be sent back \(Self.revisionCountMax) time")
            ]
        }
        return []
    }
}
