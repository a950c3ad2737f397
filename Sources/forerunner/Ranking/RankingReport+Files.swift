import Contracts
import Exporting
import RankingService
import Regulation
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
        var text = CSVText.line(header)
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
            text += CSVText.line(row)
        }
        return text
    }

    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter(pretty: false)
        writer.text(text)
        return writer.text
    }
}
