/// Supplementary information (补充信息) from a shortlisted enterprise.
package struct Supplement: Sendable, Hashable {
    package var text: String
    /// SHA-256 of a file in lower-case hex; empty when there is none.
    package var sha256: String

    package init(text: String, sha256: String) {
        self.text = text
        self.sha256 = sha256
    }
}

/// A shortlisted enterprise hands in supplementary information before the list of forerunners is fixed.
///
/// Regulation A1 three, 6 (补充信息): a text, a file or both.
package struct SupplementRule: Rule {
    package static let citation = Citation("A1", term: "补充信息")

    package init() {}

    package func findings(in supplement: Supplement) -> [Finding] {
        if supplement.sha256.isEmpty {
            guard supplement.text.isUnstated else { return [] }
            return [
                Finding(
                    Self.citation, code: "SUPPLEMENT_EMPTY", subject: "supplement.text",
                    zh: "补充信息为空", en: "the supplement has neither text nor file")
            ]
        }
        guard !FileDigest.isWellFormed(supplement.sha256) else { return [] }
        return [
            Finding(
                Self.citation, code: "SUPPLEMENT_DIGEST_MALFORMED", subject: "supplement.sha256",
                zh: "文件摘要应为64位小写十六进制数", en: "the file's digest is not 64 lower-case hex digits")
        ]
    }
}
