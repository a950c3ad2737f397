import Contracts
import Wire

// Home: what is under notice now and until when.
extension Site {
    /// Shows what can be reached; nothing at all is a failure.
    func home() async throws(RPCStatus) -> [String: Any] {
        var content: [String: Any] = ["title": "正在公示"]
        var notices: [CommonAPI.Notice] = []
        var isWhole = true
        do throws(RPCStatus) {
            notices += try await reader.schemeNotices()
        } catch {
            isWhole = false
        }
        do throws(RPCStatus) {
            notices += try await reader.resultNotices()
            let lists = try await reader.rankingLists().filter { $0.state == .published }
            content["lists"] = lists.map(Self.row)
            content["noLists"] = lists.isEmpty
        } catch {
            guard isWhole else { throw error }
            isWhole = false
        }
        if !isWhole { content["problem"] = "部分服务暂时没有应答，下面的内容可能不全，请稍后再看。" }
        let open = notices.filter { $0.state == .open }.sorted { $0.lastDay < $1.lastDay }
        let closed = notices.filter { $0.state == .closed }.sorted { $0.lastDay > $1.lastDay }.prefix(8)
        content["notices"] = open.map(Self.row)
        content["noNotices"] = open.isEmpty && isWhole
        content["closed"] = closed.map(Self.row)
        content["hasClosed"] = !closed.isEmpty
        return content
    }

    static func row(_ notice: CommonAPI.Notice) -> [String: Any] {
        [
            "kind": Terms.notice(notice.kind), "title": notice.title, "link": Terms.link(of: notice),
            "posted": notice.postedOn, "last": notice.lastDay, "days": notice.workingDays,
            "provisional": notice.provisional, "open": notice.state == .open,
            "objections": notice.objections.count,
        ]
    }

    static func row(_ list: RankingAPI.RankingList) -> [String: Any] {
        [
            "id": list.id, "product": list.product, "period": Terms.period(list.period),
            "state": Terms.state(list.state), "entries": list.entryCount,
            "exclusions": list.exclusionCount, "agency": list.agency?.name ?? "",
            "published": list.publishedOn, "version": list.version,
            "laterVersion": list.version > 1,
        ]
    }

    static func lines(_ lines: [CommonAPI.HistoryLine]) -> [[String: Any]] {
        lines.map { ["date": $0.date, "text": $0.textZh, "citation": $0.citation] }
    }
}
