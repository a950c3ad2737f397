import Contracts
import Transparency
import Wire

// Published evaluation schemes.
extension Site {
    func schemes() async throws(RPCStatus) -> [String: Any] {
        let schemes = try await reader.schemes()
        return [
            "title": "评估方案",
            "rows": schemes.map { scheme in
                [
                    "id": scheme.id, "title": scheme.scheme?.title ?? "", "published": scheme.publishedOn,
                    "agency": scheme.agency?.name ?? "", "field": scheme.scheme?.keyField ?? "",
                ]
            },
        ]
    }

    func scheme(_ id: String) async throws(RPCStatus) -> [String: Any] {
        let published = try await reader.scheme(id)
        let scheme = published.scheme ?? .init()
        let history = try await reader.schemeHistory("application/\(published.applicationId)")
        return [
            "title": scheme.title, "name": scheme.title, "field": scheme.keyField,
            "agency": published.agency?.name ?? "", "published": published.publishedOn,
            "category": scheme.scope?.category ?? "", "model": Terms.model(scheme.method?.model.name ?? ""),
            "statement": scheme.methodStatement, "formation": scheme.rankingFormation,
            "verification": scheme.verification, "target": scheme.forerunners?.targetNumber ?? 0,
            "digest": HexText.text(published.digest),
            "indicators": scheme.indicators.flatMap(Self.rows), "history": Self.lines(history),
        ]
    }

    /// One row a variant.
    private static func rows(_ indicator: EvaluationAPI.Indicator) -> [[String: Any]] {
        indicator.variants.map { variant in
            [
                "kind": Terms.kind(indicator.kind), "name": indicator.name,
                "condition": variant.conditions.map(Terms.condition).joined(separator: "，"),
                "unit": variant.unit, "legal": Terms.limit(variant.legal, indicator.direction),
                "baseline": Terms.limit(variant.baseline, indicator.direction),
                "average": Terms.limit(variant.average, indicator.direction),
                "advanced": Terms.limit(variant.advanced, indicator.direction), "weight": indicator.weight,
            ]
        }
    }
}
