import Charts
import Contracts
import Exporting
import Hummingbird
import Mustache
import Wire

// What the record says in numbers, drawn, and the same numbers as a file.
extension Site {
    func addStatistics(to router: Router<BasicRequestContext>) {
        router.get("/statistics") { request, _ in
            let list = request.text("list")
            return try await page("statistics") { try await statistics(of: list) }
        }
        router.get("/statistics.csv") { request, _ in
            do throws(RPCStatus) {
                let answer = try await reader.statistics(list: request.text("list"))
                return PublicFile(Self.csv(answer), "text/csv; charset=utf-8; header=present", seconds: 60)
                    .response
            } catch {
                return try await apology(Self.answer(to: error.code))
            }
        }
    }

    private func statistics(of list: String) async throws(RPCStatus) -> [String: Any] {
        let answer = try await reader.statistics(list: list)
        let lists = try await reader.rankingLists().filter { $0.state == .published }
        let names = try await keyFieldNames()
        let tables = answer.tables.enumerated().map { index, table in
            CountSection(Self.named(table, names), id: "count-\(index)", .zh).html
        }
        var content: [String: Any] = [
            "title": "统计", "tables": DrawnMarkup(tables.joined()), "hasLists": !lists.isEmpty,
            "lists": lists.map(Self.row),
        ]
        if let drawn = answer.list {
            content["product"] = drawn.product
            content["list"] = drawn.listId
            content["standards"] = ChartLanguage.grouped(drawn.standardCount)
            content["entries"] = ChartLanguage.grouped(drawn.entryCount)
            content["drawn"] = DrawnMarkup(StatisticsSection(Self.named(drawn), .zh).html)
        }
        return content
    }

    /// Names of key fields by their codes; codes stand for themselves while SchemeService is away.
    private func keyFieldNames() async throws(RPCStatus) -> [String: String] {
        let fields = (try? await reader.keyFields()) ?? []
        return Dictionary(fields.map { ($0.code, $0.name) }) { first, _ in first }
    }

    private static func named(
        _ table: RankingAPI.CountTable, _ names: [String: String]
    ) -> RankingAPI.CountTable {
        var table = table
        for index in table.rows.indices {
            let value = table.rows[index].value
            switch table.attribute {
            case "KEY_FIELD": table.rows[index].name = names[value] ?? ""
            case "REASON": table.rows[index].name = Terms.exclusion(value, term: "")
            case "GRADE": table.rows[index].name = ["1": "一级", "2": "二级", "3": "三级"][value] ?? ""
            default: break
            }
        }
        return table
    }

    private static func named(_ list: RankingAPI.ListStatistics) -> RankingAPI.ListStatistics {
        var list = list
        list.tables = list.tables.map { named($0, [:]) }
        return list
    }

    private static func csv(_ answer: RankingAPI.GetStatisticsResponse) -> String {
        let lines =
            answer.tables.flatMap(StatisticsLines.lines)
            + (answer.list.map { StatisticsLines($0).lines } ?? [])
        return ([StatisticsLines.head] + lines)
            .map(CSVText.line).joined()
    }
}

/// Markup that our own drawing made, every text in it escaped: it reaches the page as it is.
struct DrawnMarkup: MustacheCustomRenderable {
    let renderText: String
    let isNull = false

    init(_ markup: String) { renderText = markup }
}
