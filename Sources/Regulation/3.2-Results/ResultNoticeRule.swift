/// A result is under public notice for ten working days or more, generally.
///
/// Regulation 3.2.4 (公示), R2: ten by default, longer is allowed, shorter only with a recorded reason. The
/// case is the number of working days planned.
package struct ResultNoticeRule: Rule {
    package static let citation = Citation("3.2.4", term: "公示时间")
    package static let workingDaysMin = 10

    package init() {}

    package func findings(in workingDays: Int) -> [Finding] {
        if workingDays < 1 {
            return [
                Finding(
                    Self.citation, code: "NOTICE_WITHOUT_DAYS", subject: "notice.workingDays",
                    zh: "公示期至少1个工作日", en: "a notice has at least one working day")
            ]
        }
        guard workingDays < Self.workingDaysMin else { return [] }
        return [
            Finding(
                Self.citation, .generally, code: "RESULT_NOTICE_SHORT", subject: "notice.workingDays",
                zh: "公示期为\(workingDays)个工作日，一般不少于\(Self.workingDaysMin)个工作日",
                en:
                    "\(workingDays) working days; generally at least \(Self.workingDaysMin)"
            )
        ]
    }
}
