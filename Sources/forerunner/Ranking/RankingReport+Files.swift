import Contracts
import RankingService
import Regulation
import Transparency
import Wire

// The forms for scripts and for reading.
extension RankingReport {
    /// {"title", "cutoff", "digests", "entries", "exclusions"}; messages in the protobuf JSON mapping.
    func json() throws -> String {
        let entryTexts = try Parallel.map(entries) { $0.map { $0.jsonText() } }
        let exclusionTexts = try Parallel.map(exclusions) { $0.map { $0.jsonText() } }
        let members = [
            "\"title\":\(Self.quoted(title))", "\"cutoff\":\(Self.quoted(cutoff.description))",
            "\"digests\":\(digests.jsonText())",
            "\"entries\":[\n\(entryTexts.joined(separator: ",\n"))\n]",
            "\"exclusions\":[\n\(exclusionTexts.joined(separator: ",\n"))\n]",
        ]
        return "{\(members.joined(separator: ",\n"))}"
    }

    /// RFC 4180; a field that a spreadsheet would take for a formula gets an apostrophe in front.
    func csv(_ language: Language) -> String {
        var header = [
            "rank", "grade", "score", "credit_code", "enterprise", "province", "standard", "models",
        ]
        for indicator in scheme.indicators { header += [indicator.code, "\(indicator.code)_level"] }
        var text = ExportText.csvLine(header)
        for entry in entries {
            var row = [
                "\(entry.rank)", entry.grade == 0 ? "" : "\(entry.grade)", entry.score,
                entry.enterprise?.creditCode ?? "", entry.enterprise?.name ?? "", entry.province,
                entry.standardNumber, entry.models.joined(separator: "; "),
            ]
            let results = Dictionary(entry.indicators.map { ($0.indicator, $0) }) { first, _ in first }
            for indicator in scheme.indicators {
                let result = results[indicator.code]
                row += [result?.declared ?? "", result?.level.name ?? ""]
            }
            text += ExportText.csvLine(row)
        }
        return text
    }

    /// A page of its own, without anything loaded from elsewhere.
    func html() -> String {
        var rows = ""
        for entry in entries {
            let cells = entry.indicators.map {
                "<td class=l\($0.level.rawValue)>\(ExportText.html($0.declared))</td>"
            }
            rows +=
                "<tr><td>\(entry.rank)</td><td>\(entry.grade > 0 ? "\(entry.grade)" : entry.score)</td>"
                + "<td>\(ExportText.html(entry.enterprise?.name ?? ""))</td>"
                + "<td>\(ExportText.html(entry.standardNumber))</td>"
                + "<td>\(ExportText.html(entry.models.joined(separator: "、")))</td>\(cells.joined())</tr>\n"
        }
        let heads = scheme.indicators.map { "<th>\(ExportText.html($0.name))</th>" }.joined()
        return """
            <!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>\(ExportText.html(title))</title>
            <style>body{font:15px/1.6 "Noto Sans CJK SC",sans-serif;margin:2em}table{border-collapse:collapse}
            td,th{border-bottom:1px solid #ddd;padding:4px 10px;text-align:left}
            .l1{color:#14713d}.l2{color:#1f5fa8}.l3{color:#8a6100}.l5,.l6{color:#9aa3ab}</style>
            <h1>\(ExportText.html(title))</h1>
            <p>数据截止 \(cutoff)；入榜 \(entries.count) 项，未入榜 \(exclusions.count) 项；结果摘要
            <code>\(HexText.text(digests.result))</code></p>
            <table><tr><th>名次</th><th>等级或得分</th><th>企业</th><th>执行标准</th><th>型号</th>\(heads)</tr>
            \(rows)</table></html>

            """
    }

    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter(pretty: false)
        writer.text(text)
        return writer.text
    }
}
