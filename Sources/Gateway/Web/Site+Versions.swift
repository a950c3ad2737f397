import Contracts
import Regulation
import Transparency
import Wire

// Versions of a ranking list and what changed between two lists.
extension Site {
    /// Earlier lists that a list's page offers for comparison.
    private static let earlierCountMax = 8
    /// Hexadecimal digits of a digest in a line that compares two.
    private static let shortDigitCount = 16

    /// The newer version, and the earlier lists of the scheme, latest first.
    func versions(of list: RankingAPI.RankingList) async throws(RPCStatus) -> [String: Any] {
        let lists = try await reader.rankingLists(ofScheme: list.schemeId)
        let earlier = lists.prefix { $0.id != list.id }.suffix(Self.earlierCountMax).reversed()
        var content: [String: Any] = ["newer": list.supersededBy]
        if !earlier.isEmpty {
            content["earlier"] = [
                "rows": earlier.map { other in
                    [
                        "id": list.id, "other": other.id, "period": Terms.period(other.period),
                        "version": other.version, "superseded": other.id == list.supersedes,
                    ] as [String: Any]
                }
            ]
        }
        return content
    }

    /// `earlier` may be empty: then the version that the list supersedes.
    func changes(
        of id: String, since earlier: String, page: Int
    ) async throws(RPCStatus) -> [String: Any] {
        var earlier = earlier
        if earlier.isEmpty {
            earlier = try await reader.rankingList(id, offset: 0, limit: 1).list?.supersedes ?? ""
        }
        let found = try await reader.comparison(
            of: earlier, with: id, offset: (page - 1) * Self.rowCount, limit: Self.rowCount)
        let (before, after) = (found.before ?? .init(), found.after ?? .init())
        var content: [String: Any] = [
            "title": "\(after.product)排行榜的变化", "product": after.product, "id": after.id,
            "earlier": before.id, "earlierPeriod": Terms.period(before.period),
            "earlierVersion": before.version, "earlierDay": before.computedOn,
            "earlierEntries": before.entryCount, "laterPeriod": Terms.period(after.period),
            "laterVersion": after.version, "laterDay": after.computedOn, "laterEntries": after.entryCount,
            "unchanged": found.unchanged, "hasRows": !found.changes.isEmpty,
        ]
        content["inputs"] = found.inputs.map { input in
            [
                "name": Terms.input(input.name), "changed": input.changed,
                "before": Self.short(input.before), "after": Self.short(input.after),
            ] as [String: Any]
        }
        content["counts"] = found.counts.map { count in
            let term = Terms.change(count.kind)
            return ["name": term.name, "style": term.style, "count": count.count] as [String: Any]
        }
        content["rows"] = found.changes.map(Self.row)
        content.merge(try Self.pages(page, of: Int(found.total))) { $1 }
        return content
    }

    /// What the agency published itself; nil where nothing is on record.
    static func elsewhere(_ publications: [RankingAPI.OwnPublication]) -> [String: Any]? {
        guard !publications.isEmpty else { return nil }
        return [
            "rows": publications.map { publication in
                [
                    "day": publication.publishedOn, "url": publication.url,
                    // The record takes no other addresses; a page makes a link of nothing else either.
                    "link": ["https://", "http://"].contains(where: publication.url.hasPrefix),
                    "bytes": publication.byteCount, "digest": HexText.text(publication.sha256),
                ] as [String: Any]
            }
        ]
    }

    private static func row(_ change: RankingAPI.EntryChange) -> [String: Any] {
        let term = Terms.change(change.kind)
        return [
            "kind": term.name, "style": term.style, "before": place(change.before),
            "after": place(change.after), "enterprise": change.enterprise?.name ?? "",
            "synthetic": change.syntheticCode, "standard": change.standardNumber,
            "models": change.models.joined(separator: "、"),
            "values": change.indicators.map { indicator in
                [
                    "name": indicator.name, "before": value(indicator.declaredBefore),
                    "after": value(indicator.declaredAfter),
                    "levelBefore": Terms.level(indicator.levelBefore).name,
                    "levelAfter": Terms.level(indicator.levelAfter).name,
                ]
            },
            "reasons": change.reasons.map { ["text": $0.textZh, "citation": $0.citation] },
        ]
    }

    private static func value(_ declared: String) -> String {
        declared.isEmpty ? "—" : Terms.value(declared)
    }

    private static func place(_ place: RankingAPI.EntryPlace?) -> String {
        place.map { "\($0.rank)" } ?? "—"
    }

    private static func short(_ digest: [UInt8]) -> String {
        String(HexText.text(digest).prefix(shortDigitCount))
    }
}
