import Authority
import Contracts
import Ledger
import Regulation
import Wire

/// The public history of a snapshot, a ranking list or a list of forerunners: acts and dates, no personal
/// data.
enum RankingHistory {
    static func line(_ event: StoredEvent) throws -> CommonAPI.HistoryLine? {
        (try ranking(event) ?? objection(event) ?? forerunners(event)).map { .init(event, $0) }
    }

    private static func ranking(_ event: StoredEvent) throws -> HistoryWords? {
        if let done = try event.decoded(as: RankingAPI.SnapshotImported.self) {
            let count = done.snapshot?.summary?.accepted ?? 0
            return ("导入声明公开的企业标准\(count)项", "\(count) declared standards imported", "3.2.1")
        }
        if let done = try event.decoded(as: RankingAPI.SchemeLearnt.self) {
            return ("获知评估方案\(done.schemeId)", "scheme \(done.schemeId) learnt", "3.1.3")
        }
        if let done = try event.decoded(as: RankingAPI.RankingComputed.self) {
            let list = done.list ?? .init()
            return (
                "形成排行榜：入榜\(list.entryCount)项，未入榜\(list.exclusionCount)项",
                "ranking computed: \(list.entryCount) entries, \(list.exclusionCount) left out", "3.2.2"
            )
        }
        if let done = try event.decoded(as: RankingAPI.ConsentsRecorded.self) {
            let given = done.consents.count(where: \.given)
            return (
                "记录企业答复：\(given)家同意，\(done.consents.count - given)家不同意",
                "answers recorded: \(given) agree, \(done.consents.count - given) do not", "3.2.4"
            )
        }
        if let done = try event.decoded(as: RankingAPI.RankingSubmitted.self) {
            return ("按附件2-1报送，\(done.rowCount)项", "submitted with \(done.rowCount) rows", "A2-1")
        }
        if let done = try event.decoded(as: RankingAPI.RankingReviewed.self) { return reviewed(done.pass) }
        if let done = try event.decoded(as: RankingAPI.RankingNoticeOpened.self) {
            return noticed(done.notice)
        }
        if let done = try event.decoded(as: RankingAPI.RankingPublished.self) {
            let kept = done.heldBack.count + done.removed.count
            return (
                "发布排行榜" + (kept == 0 ? "" : "（\(kept)项因异议未列）"),
                "ranking list published" + (kept == 0 ? "" : ", \(kept) entries kept back by objections"),
                "3.2.4"
            )
        }
        if let done = try event.decoded(as: RankingAPI.OwnPublicationRecorded.self) {
            let day = done.publication?.publishedOn ?? ""
            return ("评估机构于\(day)在其他渠道发布", "published elsewhere by the agency on \(day)", "3.2.4")
        }
        return nil
    }

    private static func objection(_ event: StoredEvent) throws -> HistoryWords? {
        switch event.type {
        case RankingAPI.ObjectionLodged.fullName:
            return ("收到异议", "objection received", "3.2.4")
        case RankingAPI.ComprehensiveOpinionGiven.fullName:
            let done = try RankingAPI.ComprehensiveOpinionGiven(serialized: event.payload)
            return (
                "\(done.voices.count)名专家综合评议：异议\(done.founded ? "成立" : "不成立")",
                "\(done.voices.count) experts hold the objection \(done.founded ? "founded" : "not founded")",
                "3.2.4"
            )
        case RankingAPI.ObjectionDecided.fullName:
            let done = try RankingAPI.ObjectionDecided(serialized: event.payload)
            let outcome = ObjectionOutcome(done.outcome)
            return ("处理异议：\(zh(outcome))", "objection decided: \(outcome?.rawValue ?? "")", "3.2.4")
        default:
            return nil
        }
    }

    private static func zh(_ outcome: ObjectionOutcome?) -> String {
        switch outcome {
        case .rejected: "不成立"
        case .upheld: "成立"
        case .amend: "须修改"
        case nil: ""
        }
    }

    private static func forerunners(_ event: StoredEvent) throws -> HistoryWords? {
        if let done = try event.decoded(as: RankingAPI.EvidenceRecorded.self) {
            let count = done.evidence?.reports.count ?? 0
            return ("收到标准符合性报告\(count)份", "\(count) conformity reports received", "3.2.3")
        }
        if let done = try event.decoded(as: RankingAPI.ForerunnersChosen.self) {
            let count = done.list?.number ?? 0
            return ("确定“领跑者”入围名单\(count)项", "\(count) forerunners chosen", "3.2.3")
        }
        if try event.decoded(as: RankingAPI.ForerunnersSubmitted.self) != nil {
            return ("按附件2-2报送", "submitted in the form of Annex 2-2", "A2-2")
        }
        if let done = try event.decoded(as: RankingAPI.ForerunnersReviewed.self) {
            return reviewed(done.pass)
        }
        if let done = try event.decoded(as: RankingAPI.ForerunnerNoticeOpened.self) {
            return noticed(done.notice)
        }
        if let done = try event.decoded(as: RankingAPI.ForerunnersPublished.self) {
            let count = done.list?.forerunners.count ?? 0
            return ("发布“领跑者”名单\(count)项", "\(count) forerunners published", "3.2.4")
        }
        return nil
    }

    private static func reviewed(_ pass: Bool) -> HistoryWords {
        pass ? ("形式审查通过", "form review passed", "3.2.4") : ("形式审查退回", "returned by the form review", "3.2.4")
    }

    private static func noticed(_ notice: CommonAPI.Notice?) -> HistoryWords {
        let last = notice?.lastDay ?? ""
        return ("公示至\(last)", "under notice until \(last)", "3.2.4")
    }
}
