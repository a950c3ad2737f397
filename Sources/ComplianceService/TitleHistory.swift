import Authority
import Contracts
import Ledger
import Regulation
import Wire

/// The public history of a title.
enum TitleHistory {
    static func line(_ event: StoredEvent) throws -> CommonAPI.HistoryLine? {
        try words(event).map { .init(event, $0) }
    }

    private static func words(_ event: StoredEvent) throws -> HistoryWords? {
        switch event.type {
        case ComplianceAPI.TitleGranted.fullName:
            let title = try ComplianceAPI.TitleGranted(serialized: event.payload).title ?? .init()
            return (
                "授予“领跑者”称号，有效期\(title.validFrom)至\(title.validUntil)",
                "title granted, valid from \(title.validFrom) to \(title.validUntil)", "3.2.5"
            )
        case ComplianceAPI.SpotCheckRecorded.fullName:
            let check = try ComplianceAPI.SpotCheckRecorded(serialized: event.payload).check ?? .init()
            let meets = check.outcome == .meetsDeclared
            return (
                "产品抽检（\(check.reportNumber)）：\(check.indicator)实测\(check.measured)，"
                    + "公开标准\(check.declared)，\(meets ? "达到" : "未达到")公开标准水平",
                "spot check \(check.reportNumber): \(check.indicator) measured \(check.measured), declared "
                    + "\(check.declared): \(meets ? "met" : "not met")",
                "3.2.6(4)"
            )
        case ComplianceAPI.CancellationDemanded.fullName:
            let demanded = try ComplianceAPI.CancellationDemanded(serialized: event.payload)
            let causes = demanded.evidence.compactMap { ExitCause($0.cause) }
            return (
                "工作机构要求取消称号：" + causes.map { "（\($0.number)）\($0.term)" }.joined(separator: "；")
                    + "；评估机构须于\(demanded.answerBy)前办理",
                "cancellation demanded: "
                    + causes.map { "(\($0.number)) \($0.words)" }.joined(separator: "; ")
                    + "; to be answered by \(demanded.answerBy)",
                "3.2.6"
            )
        case ComplianceAPI.TitleCancelled.fullName:
            let cancelled = try ComplianceAPI.TitleCancelled(serialized: event.payload)
            let by = cancelled.cancelledBy?.name ?? ""
            return (
                "\(by)取消称号：\(cancelled.reason)", "title cancelled by \(by): \(cancelled.reason)", "3.2.6"
            )
        case ComplianceAPI.EnterpriseBarred.fullName:
            let bar = try ComplianceAPI.EnterpriseBarred(serialized: event.payload).bar ?? .init()
            return (
                "企业三年内不再纳入排行榜和“领跑者”评估，至\(bar.lastDay)止",
                "enterprise barred from rankings and evaluation up to and including \(bar.lastDay)", "3.2.6"
            )
        default:
            return nil
        }
    }
}
