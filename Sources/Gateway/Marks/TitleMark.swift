import Contracts

/// A mark that a shop prints: whose title, for what, until when, and a code that leads to the title's page.
struct TitleMark {
    let title: ComplianceAPI.Title
    /// Address of the title's page.
    let address: String

    /// Millimetres: A7 across, which fits a shelf and a box.
    private static let (width, height) = (105, 74)
    /// Characters of a line that fit beside the code.
    private static let lineCount = 22

    /// Attributes of a line of text, in place of a style sheet, which the site's pages do not allow.
    private enum LineStyle: String {
        case head = ##"font-size="6.5" font-weight="700" fill="#fff""##
        case product = #"font-size="5" font-weight="700""#
        case plain = #"font-size="4""#
        case number = #"font-size="4" font-family="monospace""#
        case small = #"font-size="3.2""#
        case smallNumber = #"font-size="3.2" font-family="monospace""#
    }

    private static let fonts =
        "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"

    /// A picture of the mark; nil when the address is longer than a code holds.
    var svg: String? {
        guard let code = QRCode(address) else { return nil }
        let side = code.width + 2 * QRCode.quietZone
        let (width, height) = (Self.width, Self.height)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)mm" height="\(height)mm" \
            viewBox="0 0 \(width) \(height)" font-family="\(Self.fonts)" fill="#1a1a1a" role="img">
            <title>企业标准“领跑者”称号 \(Self.escaped(title.id))</title>
            <rect width="\(width)" height="\(height)" rx="3" fill="#fff"/>
            <path d="M0 3a3 3 0 0 1 3-3h\(width - 6)a3 3 0 0 1 3 3v12H0z" fill="#a3181f"/>
            \(Self.line("企业标准“领跑者”", .head, x: 5, y: 10))
            \(lines.joined(separator: "\n"))
            <svg x="3" y="20" width="42" height="42" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges">
            <path d="\(code.path)" fill="#000"/></svg>
            <rect x=".25" y=".25" width="\(width - 1).5" height="\(height - 1).5" rx="3" \
            fill="none" stroke="#a3181f" stroke-width=".5"/>
            </svg>

            """
    }

    private var lines: [String] {
        let forerunner = title.forerunner ?? .init()
        let lines: [(LineStyle, String)] = [
            (.product, Self.fitting(title.product)),
            (.plain, Self.fitting(forerunner.enterprise?.name ?? "")),
            (.number, Self.fitting(forerunner.standardNumber)),
            (.small, "有效期 \(title.validFrom) 至 \(title.validUntil)"), (.small, "扫码核验称号当前状态"),
            (.smallNumber, title.id),
        ]
        return lines.enumerated().map { Self.line($1.1, $1.0, x: 47, y: 26 + 7 * $0) }
    }

    private static func line(_ text: String, _ style: LineStyle, x: Int, y: Int) -> String {
        #"<text \#(style.rawValue) x="\#(x)" y="\#(y)">\#(escaped(text))</text>"#
    }

    private static func fitting(_ text: String) -> String {
        text.count <= lineCount ? text : text.prefix(lineCount - 1) + "…"
    }

    /// XML 1.0: the three characters that text must not have, and no control characters.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .control {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
