/// A scheme and its agency are under public notice for exactly ten working days.
///
/// Regulation 3.1.3 (方案公示), R2: neither fewer nor more. The case is the number of working days planned.
package struct SchemeNoticeRule: Rule {
    package static let citation = Citation("3.1.3", term: "公示")
    package static let workingDays = 10

    package init() {}

    package func findings(in workingDays: Int) -> [Finding] {
        guard workingDays != Self.workingDays else { return [] }
        return [
            Finding(
                Self.citation, code: "SCHEME_NOTICE_NOT_TEN_DAYS", subject: "notice.workingDays",
                zh: "公示期为\(workingDays)个工作日，应为\(Self.workingDays)个工作日",
                en: "the notice is of \(workingDays) working days; it is of exactly \(Self.workingDays)")
        ]
    }
}
