import Contracts
import Exporting
import Regulation
import Transparency

/// A letter as one printable page of HTML, A4, without anything loaded from elsewhere.
///
/// Regulation A2-1 and A2-2 (报送函): the letter, the undertakings, the table with its heads on every sheet, and
/// the sign-off with room for the seal, which stays on one sheet.
package struct LetterPage: Sendable {
    private let assembled: AssembledLetter
    private let remarks: LetterRemarks
    private var letter: RankingAPI.Letter { assembled.letter }

    package init(_ letter: AssembledLetter) {
        assembled = letter
        remarks = LetterRemarks(letter.letter.rows)
    }

    package var html: String {
        let annex = letter.annex == RankingLetter.citation.section ? "附件2-1" : "附件2-2"
        let last = letter.undertakings.count - 1
        let undertakings = letter.undertakings.enumerated().map { index, text in
            "<li>\(Markup.escaped(text))\(index == last ? "。" : "；")</li>"
        }.joined()
        return """
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Markup.escaped(letter.title))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <main>
            <p class="annex">\(annex)</p>
            <h1>\(Markup.escaped(letter.title))</h1>
            <p class="addressee">\(Markup.escaped(letter.addressee))：</p>
            <p class="body">\(Markup.escaped(letter.body))</p>
            <p class="body">本机构承诺：</p>
            <ol>\(undertakings)</ol>
            \(table)
            \(signature)
            <p class="digest">\(Markup.escaped(digestWords))</p>
            </main>
            </body>
            </html>

            """
    }

    private var table: String {
        let isRanking = letter.annex == RankingLetter.citation.section
        let widths = isRanking ? Self.rankingWidths : Self.forerunnerWidths
        let columns = widths.map { "<col style=\"width:\($0)%\">" }.joined()
        let heads = letter.columns.map { "<th scope=\"col\">\(Markup.escaped($0))</th>" }.joined()
        let rows = zip(letter.rows, remarks.own).map { row, remark in
            let cells = letter.cells(of: row).dropLast() + [remark.isEmpty ? "见注" : remark]
            return "<tr>" + cells.map { "<td>\(Markup.escaped($0))</td>" }.joined() + "</tr>\n"
        }
        let empty = "<tr><td colspan=\"\(letter.columns.count)\" class=\"empty\">没有列名的条目</td></tr>\n"
        return """
            <table>
            <colgroup>\(columns)</colgroup>
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(rows.isEmpty ? empty : rows.joined())</tbody>
            </table>
            \(note)
            """
    }

    private var note: String {
        remarks.common.isEmpty ? "" : "<p class=\"note\">注：各项备注另有：\(Markup.escaped(remarks.common))</p>"
    }

    private var signature: String {
        let dated = CivilDate(letter.dated).map { "\($0.year)年\($0.month)月\($0.day)日" }
        return """
            <section class="signature">
            <div class="seal" aria-label="盖章处">（公章）</div>
            <p>\(Markup.escaped(letter.agency?.name ?? ""))</p>
            <p>\(dated ?? "&emsp;&emsp;年&emsp;月&emsp;日")</p>
            </section>
            """
    }

    private var digestWords: String {
        let digest = "共\(letter.rows.count)项，函件摘要（SHA-256）：\(HexText.text(letter.digest))"
        return switch assembled.standing {
        case .notSubmitted: digest + "；尚未提交"
        case .asSubmitted: digest + "；与提交时一致"
        case .changedSince: digest + "；提交后有变动，提交时为：\(HexText.text(letter.submittedDigest))"
        }
    }

    /// Of the width of the sheet, in hundredths.
    private static let rankingWidths = [7, 13, 19, 18, 23, 9, 11]
    private static let forerunnerWidths = [12, 13, 19, 17, 22, 8, 9]

    private static let style = """
        @page { size: A4; margin: 22mm 18mm 20mm; @bottom-center { content: "第 " counter(page) " 页，共 " \
        counter(pages) " 页"; font: 9pt "Noto Serif CJK SC", "Songti SC", SimSun, serif; } }
        body { margin: 0; color: #000; font: 12pt/1.75 "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
        main { max-width: 174mm; margin: 0 auto; }
        h1 { font-size: 18pt; line-height: 1.5; text-align: center; margin: 6mm 8mm 8mm; text-wrap: balance; }
        .annex { margin: 0; font-weight: bold; }
        .addressee { margin: 0; }
        .body { margin: 0; text-indent: 2em; }
        ol { margin: 0 0 6mm; padding-left: 4em; }
        table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 9pt; \
        line-height: 1.4; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        th, td { border: 0.5pt solid #000; padding: 1.2mm 1.4mm; text-align: left; vertical-align: middle; \
        overflow-wrap: anywhere; }
        th { text-align: center; }
        td:first-child { text-align: center; }
        .empty { padding: 6mm; }
        .note { margin: 2mm 0 0; font-size: 9pt; line-height: 1.5; }
        .signature { position: relative; break-inside: avoid; margin: 8mm 0 0 auto; width: 84mm; \
        min-height: 44mm; text-align: center; display: flex; flex-direction: column; \
        justify-content: center; }
        .signature p { margin: 0; }
        .seal { position: absolute; inset: 0 auto auto 50%; width: 42mm; height: 42mm; \
        margin-left: -21mm; \
        border: 0.5pt dashed #888; border-radius: 50%; color: #888; font-size: 9pt; line-height: 1; \
        padding-top: 4mm; box-sizing: border-box; }
        .digest { break-before: avoid; margin: 6mm 0 0; font-size: 8pt; line-height: 1.4; color: #444; \
        overflow-wrap: anywhere; }
        @media screen { body { background: #e9e9e6; } main { background: #fff; padding: 22mm 18mm; \
        margin: 8mm auto; box-shadow: 0 1px 6px #0003; } }
        """
}
