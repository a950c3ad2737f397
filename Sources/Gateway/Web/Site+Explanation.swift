import Charts
import Contracts
import Foundation
import Hummingbird
import Wire

// Why an entry of a list has its rank, and what the nearest better one would take.
extension Site {
    func addExplanations(to router: Router<BasicRequestContext>) {
        router.get("/lists/:id/entry") { request, context in
            let id = context.parameters.get("id") ?? ""
            let key = request.text("key", scalarCountMax: Self.keyScalarCountMax)
            return try await page("entry") { try await entry(key, of: id) }
        }
    }

    /// Enterprise, number and models; the last may be many.
    private static let keyScalarCountMax = 1000

    /// The service tells the public of no entry that the list does not name (R13); what is on no rank has its
    /// reasons among the exclusions.
    private func entry(_ key: String, of id: String) async throws(RPCStatus) -> [String: Any] {
        let found = try await reader.explanation(of: key, in: id)
        guard let found, found.rank > 0 else {
            throw RPCStatus(code: .notFound, message: "the list names no such entry")
        }
        let list = try await reader.rankingList(id, offset: 0, limit: 1).list ?? .init()
        var content = Self.row(list)
        content["title"] = "\(found.enterprise?.name ?? "")：为什么是第\(found.rank)名"
        content["model"] = Terms.model(list.model)
        content["cutoff"] = list.cutoff
        content["rank"] = found.rank
        content["enterprise"] = found.enterprise?.name ?? ""
        content["code"] = found.enterprise?.creditCode ?? ""
        content["synthetic"] = found.syntheticCode
        content["standard"] = found.standardNumber
        content["name"] = found.standardName
        content["models"] = found.models.joined(separator: "、")
        content["drawn"] = DrawnMarkup(ExplanationSection(found, number: 1, .zh).html)
        if let ahead = found.ahead, !ahead.key.isEmpty {
            content["ahead"] =
                [
                    "link": Self.link(toEntry: ahead.key, of: id), "rank": ahead.rank,
                    "enterprise": ahead.enterprise,
                ] as [String: Any]
        }
        return content
    }

    static func link(toEntry key: String, of listID: String) -> String {
        "/lists/\(listID)/entry?key="
            + (key.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")
    }

    /// RFC 3986, section 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
