import Contracts
import Regulation
import Transparency
import Wire

// Ranking lists, and what was left out of them.
extension Site {
    func lists() async throws(RPCStatus) -> [String: Any] {
        let lists = try await reader.rankingLists()
        return ["title": "排行榜", "lists": lists.map(Self.row), "hasLists": !lists.isEmpty]
    }

    func list(_ id: String, page: Int) async throws(RPCStatus) -> [String: Any] {
        let found = try await reader.rankingList(
            id, offset: (page - 1) * Self.rowCount, limit: Self.rowCount)
        let pages = try Self.pages(page, of: Int(found.total))
        let list = found.list ?? .init()
        let isGraded = list.model.hasSuffix("GRADED")
        var content = Self.row(list)
        content["title"] = "\(list.product)排行榜"
        content["scheme"] = list.schemeId
        content["model"] = Terms.model(list.model)
        content["cutoff"] = list.cutoff
        content["consents"] = list.consentCount
        content["enterprises"] = list.enterpriseCount
        content["digest"] = HexText.text(list.digests?.result ?? [])
        content["synthetic"] = list.syntheticCodes
        content["showsScore"] = !isGraded || found.entries.contains { !$0.score.isEmpty }
        content["showsGrade"] = isGraded
        content["notice"] = list.notice.map(Self.row)
        let objections = list.notice?.objections ?? []
        if !objections.isEmpty { content["objections"] = ["rows": objections.map(Self.row)] }
        content["rows"] = found.entries.map { Self.row($0, of: id, isGraded: isGraded) }
        content["due"] = list.dueOn
        content["late"] = !list.submittedOn.isEmpty && list.submittedOn > list.dueOn && !list.dueOn.isEmpty
        content["elsewhere"] = Self.elsewhere(list.ownPublications)
        content.merge(try await versions(of: list)) { $1 }
        content.merge(pages) { $1 }
        let history = try await reader.rankingHistory("ranking-list/\(id)")
        content["history"] = ["lines": Self.lines(history)]
        return content
    }

    func exclusions(_ id: String, code: String, page: Int) async throws(RPCStatus) -> [String: Any] {
        let found = try await reader.exclusions(
            id, code: code, offset: (page - 1) * Self.rowCount, limit: Self.rowCount)
        let list = try await reader.rankingList(id, offset: 0, limit: 1).list ?? .init()
        var content: [String: Any] = [
            "title": "未入榜的标准", "id": id, "product": list.product, "total": found.total, "code": code,
            "counts": found.counts.map {
                [
                    "id": id, "code": $0.code, "count": $0.count,
                    "text": Terms.exclusion($0.code, term: $0.textZh),
                ] as [String: Any]
            },
            "rows": found.exclusions.map { exclusion in
                [
                    "enterprise": exclusion.enterprise?.name ?? "", "standard": exclusion.standardNumber,
                    "models": exclusion.models.joined(separator: "、"),
                    "reasons": exclusion.reasons.map {
                        ["code": $0.code, "text": $0.textZh, "citation": $0.citation]
                    },
                ] as [String: Any]
            },
        ]
        if !code.isEmpty { content["codeText"] = Terms.exclusion(code, term: "") }
        content.merge(try Self.pages(page, of: Int(found.total))) { $1 }
        return content
    }

    private static func row(
        _ entry: RankingAPI.Entry, of listID: String, isGraded: Bool
    ) -> [String: Any] {
        let grade = ["", "一级", "二级", "三级"]
        let gradeName = grade.indices.contains(Int(entry.grade)) ? grade[Int(entry.grade)] : ""
        let isNamed = entry.standing == .named || entry.standing == .heldBack
        return [
            "rank": entry.rank, "enterprise": entry.enterprise?.name ?? "",
            "code": entry.enterprise?.creditCode ?? "", "synthetic": entry.syntheticCode,
            "province": entry.province, "standard": entry.standardNumber,
            "models": entry.models.joined(separator: "、"), "score": entry.score, "grade": gradeName,
            "named": isNamed && entry.enterprise != nil, "standing": Terms.standing(entry.standing),
            "reason": reason(entry, grade: isGraded ? gradeName : ""),
            "deciding": deciding(entry.indicators).map(Self.row),
            "indicators": entry.indicators.map(Self.row),
            "why": entry.key.isEmpty ? "" : link(toEntry: entry.key, of: listID),
        ]
    }

    private static func reason(_ entry: RankingAPI.Entry, grade: String) -> String {
        let standing = grade.isEmpty ? entry.score.isEmpty ? "" : "得分\(entry.score)" : grade
        let advanced = "\(entry.advancedCore)项核心指标先进"
        return standing.isEmpty ? advanced : "\(standing)，\(advanced)"
    }

    /// The indicators that made the rank: those with a weight, or where none has one, those with a level.
    private static func deciding(_ results: [RankingAPI.IndicatorResult]) -> [RankingAPI.IndicatorResult] {
        let graded = results.filter {
            switch $0.level {
            case .advanced, .average, .baseline, .below: true
            case .notApplicable, .missing, .unspecified, .unrecognized: false
            }
        }
        let weighted = graded.filter { ExactDecimal($0.weight).map { $0 > .zero } ?? false }
        return weighted.isEmpty ? graded.filter { $0.level != .below } : weighted
    }

    private static func row(_ result: RankingAPI.IndicatorResult) -> [String: Any] {
        let level = Terms.level(result.level)
        return [
            "name": result.name, "declared": Terms.value(result.declared), "unit": result.unit,
            "provenance": result.provenance, "level": level.style, "levelName": level.name,
            "limit": Terms.value(result.limit), "score": result.score, "weight": result.weight,
        ]
    }

    private static func row(_ objection: CommonAPI.Objection) -> [String: Any] {
        [
            "received": objection.receivedOn, "ground": objection.ground,
            "objector": objection.objector, "target": Terms.target(objection), "opinion": objection.opinion,
            "outcome": Terms.outcome(objection),
        ]
    }

    /// Which page of how many; the neighbours only where there are some. NOT_FOUND beyond the last.
    static func pages(_ page: Int, of total: Int) throws(RPCStatus) -> [String: Any] {
        let count = max(1, (total + rowCount - 1) / rowCount)
        guard page <= count else { throw RPCStatus(code: .notFound, message: "there are \(count) pages") }
        var pages: [String: Any] = ["page": page, "pages": count]
        if page > 1 { pages["previous"] = page - 1 }
        if page < count { pages["next"] = page + 1 }
        return pages
    }
}
