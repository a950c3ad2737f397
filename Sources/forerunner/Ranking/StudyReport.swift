import ArgumentParser
import Exporting
import RankingService
import Transparency

/// What a study found, in the forms a person or a script asks for.
struct StudyReport {
    /// Sentences, for people.
    let summary: [String]
    /// Column names, the same in every language.
    let head: [String]
    let rows: [[String]]
    /// Stable, for scripts.
    let json: CanonicalJSON

    /// - Parameter top: rows of the text form; 0 shows all. The other forms have all.
    func write(_ format: StudyFormat, top: Int, _ language: Language) {
        switch format {
        case .text: Console.result(text(top: top, language), terminator: "")
        case .json: Console.result(String(decoding: json.encoded, as: UTF8.self))
        case .csv: Console.result(csv, terminator: "")
        }
    }

    private func text(top: Int, _ language: Language) -> String {
        let shown = top == 0 ? rows[...] : rows.prefix(top)
        var lines = summary
        if !rows.isEmpty {
            lines.append(head.joined(separator: "\t"))
            lines += shown.map { $0.joined(separator: "\t") }
        }
        if shown.count < rows.count {
            lines.append(
                language.pick(
                    zh: "…（共 \(rows.count) 行；--top 0 显示全部）", en: "… (\(rows.count) rows; --top 0 shows all)"))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var csv: String {
        ([head] + rows).map(CSVText.line).joined()
    }
}

enum StudyFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, csv
}

/// How a study shows what it found.
struct StudyOutput: ParsableArguments {
    @Option(help: "text, json or csv.")
    var format = StudyFormat.text

    @Option(help: "Rows of the text form; 0 shows all.")
    var top = 30
}
