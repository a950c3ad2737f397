package import Contracts
import Regulation

/// One declared number on the axis of its limits: which level it reaches, and how far the next one is.
package struct LimitScale {
    private static let width = 640.0
    private static let edge = 30.0
    private static let bandTop = 44.0

    private let id: String
    private let title: String
    private let declared: LimitText
    private let level: RankingAPI.Level
    private let limits: [(limit: LimitText, level: RankingAPI.Level)]
    private let legal: LimitText?
    private let language: ChartLanguage

    /// Nil where the declared value or every limit is no number.
    package init?(
        id: String, title: String, declared: String, level: RankingAPI.Level,
        limits: [(text: String, level: RankingAPI.Level)], legal: String, _ language: ChartLanguage
    ) {
        let numbers = limits.compactMap { entry in LimitText(entry.text).map { ($0, entry.level) } }
        guard let first = numbers.first,
            let value = LimitText(declared.replacingSign("=", with: first.0.isHigher ? "≥" : "≤"))
        else { return nil }
        self.id = id
        self.title = title
        self.declared = value
        self.level = level
        self.limits = numbers
        self.legal = LimitText(legal)
        self.language = language
    }

    package var svg: String {
        let all = limits.map { "\(language.name(of: $0.level)) \($0.limit.text)" }
        var drawing = Drawing(
            id: id, title: title,
            description: ([language.pick(zh: "声明 ", en: "declared ") + declared.text] + all)
                .joined(separator: "; "), width: Self.width, height: 96)
        for zone in LevelZones.zones(limits) {
            let from = zone.low.map(x) ?? Self.edge / 2
            let end = zone.high.map(x) ?? Self.width - Self.edge / 2
            drawing.rectangle(
                x: from, y: Self.bandTop, width: end - from, height: 16, style: zone.style.rawValue)
        }
        var taken = [0.0, 0.0]
        for (limit, level) in limits.sorted(by: { $0.limit.value < $1.limit.value }) {
            mark(limit, language.name(of: level), "mark", &taken, &drawing)
        }
        if let legal { mark(legal, language.pick(zh: "国行标", en: "legal"), "mark-legal", &taken, &drawing) }
        let place = x(declared.value)
        drawing.line(x1: place, y1: 20, x2: place, y2: 32, style: "mark")
        drawing.text("▼", x: place, y: Self.bandTop - 2, anchor: .middle, style: "strong")
        let label = language.pick(zh: "声明 ", en: "declared ") + declared.text
        let half = TextWidth.of(label) / 2
        drawing.text(
            label, x: min(max(place, half + 4), Self.width - half - 4), y: 16, anchor: .middle,
            style: "strong")
        return drawing.svg
    }

    private func mark(
        _ limit: LimitText, _ name: String, _ style: String, _ taken: inout [Double],
        _ drawing: inout Drawing
    ) {
        let place = x(limit.value)
        let label = "\(name) \(limit.text)"
        let half = TextWidth.of(label) / 2
        let centre = min(max(place, half + 4), Self.width - half - 4)
        let row = taken[0] <= centre - half ? 0 : 1
        taken[row] = centre + half + 6
        drawing.line(x1: place, y1: Self.bandTop, x2: place, y2: Self.bandTop + 20, style: style)
        drawing.text(
            label, x: centre, y: Self.bandTop + 32 + Double(row) * 15, anchor: .middle, style: "soft")
    }

    private func x(_ value: Double) -> Double {
        let all = limits.map(\.limit.value) + [declared.value] + (legal.map { [$0.value] } ?? [])
        let low = all.min() ?? 0
        let high = all.max() ?? 1
        let room = Self.width - 2 * Self.edge
        guard high > low else { return Self.width / 2 }
        return Self.edge + room * (value - low) / (high - low)
    }
}

extension String {
    /// With another sign in front, where it begins with this one.
    fileprivate func replacingSign(_ sign: Character, with other: Character) -> String {
        first == sign ? String(other) + dropFirst() : self
    }
}
