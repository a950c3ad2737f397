import Contracts
import Wire

// Forerunner lists, titles and bars.
extension Site {
    /// Titles shown for one query.
    private static let titleCount = 100

    func forerunners() async throws(RPCStatus) -> [String: Any] {
        let lists = try await reader.forerunnerLists()
        var content: [String: Any] = ["title": "领跑者名单"]
        var titles: [ComplianceAPI.Title] = []
        do throws(RPCStatus) {
            titles = try await reader.titles("", limit: 1000).titles
        } catch {
            content["problem"] = "称号状态暂时无法查询，请稍后再看。"
        }
        let byEntry = Dictionary(
            titles.map { ("\($0.forerunnerListId)/\($0.forerunner?.entryKey ?? "")", $0) },
            uniquingKeysWith: { first, _ in first })
        content["lists"] = lists.map { list in
            var row: [String: Any] = [
                "id": list.id,
                "year": list.year, "product": list.product, "state": Terms.state(list.state),
                "published": list.publishedOn, "agency": list.agency?.name ?? "", "number": list.number,
                "list": list.rankingListId, "consumer": list.consumerChoice,
                "development": list.industryDevelopment, "declared": list.declaredStandardCount,
                "rows": list.forerunners.map { forerunner in
                    Self.row(forerunner, byEntry["\(list.id)/\(forerunner.entryKey)"])
                },
            ]
            row["target"] = list.targetNumber
            // None are counted where the list was submitted on the ranking's consents.
            if list.consentCount > 0 { row["consents"] = list.consentCount }
            row["enterprises"] = list.enterpriseCount
            row["elsewhere"] = Self.elsewhere(list.ownPublications)
            if let notice = list.notice { row["notice"] = Self.row(notice) }
            return row
        }
        return content
    }

    func titles(_ query: String) async throws(RPCStatus) -> [String: Any] {
        let found = try await reader.titles(query, limit: Self.titleCount)
        return [
            "title": "称号查询", "query": query, "total": found.total, "shown": found.titles.count,
            "more": Int(found.total) > found.titles.count, "rows": found.titles.map(Self.row),
            "hasRows": !found.titles.isEmpty,
        ]
    }

    func title(_ id: String) async throws(RPCStatus) -> [String: Any] {
        let found = try await reader.title(id)
        let title = found.title ?? .init()
        var content = Self.row(title)
        content["title"] = "称号 \(title.id)"
        content["product"] = title.product
        content["agency"] = title.agency?.name ?? ""
        content["list"] = title.rankingListId
        content["scheme"] = title.schemeId
        content["rank"] = title.forerunner?.rank ?? 0
        content["synthetic"] = title.forerunner?.syntheticCode ?? false
        content["barred"] = title.holderBarred
        if title.state == .cancellationDemanded { content["answerBy"] = title.answerBy }
        if !title.cancelledOn.isEmpty { content["cancelledOn"] = title.cancelledOn }
        if !title.causes.isEmpty { content["causes"] = Terms.causes(title.causes) }
        let bar = try await reader.bars().first { $0.titleId == title.id }
        if let bar { content["bar"] = bar.lastDay }
        let names = Dictionary(
            (title.forerunner?.indicators ?? []).map { ($0.code, $0.name) }, uniquingKeysWith: { a, _ in a })
        content["declared"] = (title.forerunner?.declarations ?? []).map {
            ["name": names[$0.indicator] ?? $0.indicator, "value": Terms.relation($0)]
        }
        if !found.spotChecks.isEmpty {
            content["checks"] = ["rows": found.spotChecks.map { Self.row($0, names) }]
        }
        content["history"] = Self.lines(found.history)
        // A title just granted has none yet; a page goes without it.
        if let credential = await reader.issued(title.id) {
            content["credential"] = [
                "id": title.id, "statusList": "\(credential.statusList)",
                "statusIndex": "\(credential.statusIndex)", "mark": title.state == .valid,
            ]
        }
        return content
    }

    func bars() async throws(RPCStatus) -> [String: Any] {
        let bars = try await reader.bars()
        return [
            "title": "退出与限制", "hasRows": !bars.isEmpty,
            "rows": bars.map { bar in
                [
                    "enterprise": bar.enterprise?.name ?? "", "code": bar.enterprise?.creditCode ?? "",
                    "causes": Terms.causes(bar.causes), "decided": bar.decidedOn, "last": bar.lastDay,
                    "title": bar.titleId,
                ]
            },
        ]
    }

    private static func row(
        _ forerunner: RankingAPI.Forerunner, _ title: ComplianceAPI.Title?
    ) -> [String: Any] {
        var row: [String: Any] = [
            "rank": forerunner.rank, "enterprise": forerunner.enterprise?.name ?? "",
            "code": forerunner.enterprise?.creditCode ?? "", "synthetic": forerunner.syntheticCode,
            "standard": forerunner.standardNumber, "models": forerunner.models.joined(separator: "、"),
            "province": forerunner.province,
        ]
        if let title {
            let state = Terms.state(title.state)
            row["award"] =
                [
                    "id": title.id, "state": state.name, "class": state.style,
                    "barred": title.holderBarred && title.state != .cancelled,
                ] as [String: Any]
        }
        return row
    }

    private static func row(_ title: ComplianceAPI.Title) -> [String: Any] {
        let state = Terms.state(title.state)
        return [
            "id": title.id, "state": state.name, "class": state.style,
            "enterprise": title.forerunner?.enterprise?.name ?? "",
            "code": title.forerunner?.enterprise?.creditCode ?? "",
            "standard": title.forerunner?.standardNumber ?? "",
            "models": (title.forerunner?.models ?? []).joined(separator: "、"), "from": title.validFrom,
            "until": title.validUntil,
        ]
    }

    private static func row(_ check: ComplianceAPI.SpotCheck, _ names: [String: String]) -> [String: Any] {
        [
            "date": check.inspectedOn, "report": check.reportNumber, "model": check.model,
            "indicator": names[check.indicator] ?? check.indicator, "measured": check.measured,
            "declared": check.declared,
            "outcome": check.outcome == .meetsDeclared ? "达到公开标准水平" : "未达到公开标准水平",
        ]
    }
}
