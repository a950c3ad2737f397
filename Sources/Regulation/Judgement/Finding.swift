/// One judgement of one rule on one case.
///
/// Findings are values: a rule never throws and never stops at the first. `code` is stable and
/// machine-readable; `subject` says what the finding is about (a path in the form, an id, a code) and may be
/// empty.
package struct Finding: Sendable, Hashable {
    package let citation: Citation
    package let modality: Modality
    package let code: String
    package let subject: String
    package let messageZH: String
    package let messageEN: String

    package init(
        _ citation: Citation, _ modality: Modality = .must, code: String, subject: String = "",
        zh: String, en: String
    ) {
        self.citation = citation
        self.modality = modality
        self.code = code
        self.subject = subject
        messageZH = zh
        messageEN = en
    }
}
