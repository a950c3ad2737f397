import Contracts
import Wire

// Home: what is under notice now and until when.
extension Site {
    func home() async throws(RPCStatus) -> [String: Any] {
        let notices = try await reader.notices()
        let lists = try await reader.rankingLists().filter { $0.state == .published }
        let open = notices.filter { $0.state == .open }.sorted { $0.lastDay < $1.lastDay }
        let closed = notices.filter { $0.state == .closed }.sorted { $0.lastDay > $1.lastDay }.prefix(8)
        return [
            "title": "正在公示", "notices": open.map(Self.row), "closed": closed.map(Self.row),
            "hasClosed": !closed.isEmpty, "lists": lists.map(Self.row),
        ]
    }

    static func row(_ notice: CommonAPI.Notice) -> [String: Any] {
        [
            "kind": Terms.notice(notice.kind), "title": notice.title, "link": Terms.link(of: notice),
            "posted": notice.postedOn, "last": notice.lastDay, "days": notice.workingDays,
            "provisional": notice.provisional, "objections": notice.objections.count,
        ]
    }

    static func row(_ list: RankingAPI.RankingList) -> [String: Any] {
        [
            "id": list.id, "product": list.product, "period": Terms.period(list.period),
            "state": Terms.state(list.state), "entries": list.entryCount,
            "exclusions": list.exclusionCount, "agency": list.agency?.name ?? "",
            "published": list.publishedOn,
        ]
    }

    static func lines(_ lines: [CommonAPI.HistoryLine]) -> [[String: Any]] {
        lines.map { ["date": $0.date, "text": $0.textZh, "citation": $0.citation] }
    }
}
