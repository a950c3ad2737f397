import Authority
import Contracts
import Ledger
import Wire

/// The public history of a key field, call or application: acts and dates, no personal data.
///
/// The roster of experts has no public lines.
enum SchemeHistory {
    static func line(_ event: StoredEvent) throws -> CommonAPI.HistoryLine? {
        try words(event).map { .init(event, $0) }
    }

    private static func words(_ event: StoredEvent) throws -> HistoryWords? {
        switch event.type {
        case SchemeAPI.KeyFieldPublished.fullName:
            return ("公布重点领域", "key field published", "1")
        case SchemeAPI.CallOpened.fullName:
            return ("公开征集评估方案", "call opened", "3.1.1")
        case SchemeAPI.ApplicationSubmitted.fullName:
            return ("评估机构提交评估方案", "application submitted", "3.1.1")
        case SchemeAPI.FormReviewed.fullName:
            let done = try SchemeAPI.FormReviewed(serialized: event.payload)
            return done.pass
                ? ("形式审查通过", "form review passed", "3.1.2")
                : ("形式审查未通过", "form review failed", "3.1.2")
        case SchemeAPI.PanelAppointed.fullName:
            let done = try SchemeAPI.PanelAppointed(serialized: event.payload)
            return (
                "组成评审专家组（\(done.expertIds.count)人）", "panel of \(done.expertIds.count) appointed", "3.1.2"
            )
        case SchemeAPI.PanelConcluded.fullName:
            let done = try SchemeAPI.PanelConcluded(serialized: event.payload)
            return (
                "形成评审意见：\(done.passCount)/\(done.opinionCount)名专家通过（门槛\(done.threshold)）",
                "panel concluded: \(done.passCount) of \(done.opinionCount) pass "
                    + "(threshold \(done.threshold))",
                "3.1.2"
            )
        case SchemeAPI.SchemeRevised.fullName:
            return ("修改评估方案", "scheme revised", "3.1.2")
        case SchemeAPI.SchemeNoticeOpened.fullName:
            let last = try SchemeAPI.SchemeNoticeOpened(serialized: event.payload).notice?.lastDay ?? ""
            return ("公示至\(last)", "under notice until \(last)", "3.1.3")
        case SchemeAPI.SchemeObjectionLodged.fullName:
            return ("收到异议", "objection received", "3.1.3")
        case SchemeAPI.SchemeObjectionSettled.fullName:
            return ("专家委员会处理异议", "objection settled by the committee", "3.1.3")
        case SchemeAPI.AgencyDetermined.fullName:
            return ("专家委员会确定评估机构", "agency determined by the committee", "3.1.1")
        case SchemeAPI.SchemePublished.fullName:
            return ("公布评估方案及评估机构", "scheme and agency published", "3.1.3")
        default:
            return nil
        }
    }
}
