/// Horizontal bars, one a row, with the number at the end of each.
package struct BarChart: Sendable {
    package struct Bar: Sendable {
        package let label: String
        /// Not below zero.
        package let value: Int
        /// As shown, as in "5,299".
        package let text: String
        package let style: ChartFill

        package init(label: String, value: Int, text: String, style: ChartFill = .bar) {
            self.label = label
            self.value = value
            self.text = text
            self.style = style
        }
    }

    private static let width = 640.0
    private static let rowHeight = 24.0
    private static let labelWidth = 230.0

    private let id: String
    private let title: String
    private let bars: [Bar]

    package init(id: String, title: String, bars: [Bar]) {
        self.id = id
        self.title = title
        self.bars = bars
    }

    package var svg: String {
        var drawing = Drawing(
            id: id, title: title, description: bars.map { "\($0.label): \($0.text)" }.joined(separator: "; "),
            width: Self.width, height: Double(bars.count) * Self.rowHeight + 8)
        let longest = Double(max(1, bars.map(\.value).max() ?? 1))
        let room = bars.map { TextWidth.of($0.text) }.max() ?? 0
        let widest = Self.width - Self.labelWidth - room - 20
        for (row, bar) in bars.enumerated() {
            let top = Double(row) * Self.rowHeight + 4
            drawing.text(
                TextWidth.cut(bar.label, to: Self.labelWidth - 12), x: Self.labelWidth - 8, y: top + 15,
                anchor: .end)
            let length = widest * Double(bar.value) / longest
            drawing.rectangle(
                x: Self.labelWidth, y: top + 2, width: bar.value > 0 ? max(length, 1) : 0,
                height: Self.rowHeight - 7, style: bar.style.rawValue, hint: "\(bar.label): \(bar.text)")
            drawing.text(bar.text, x: Self.labelWidth + length + 6, y: top + 15, style: "num")
        }
        return drawing.svg
    }
}

/// What a surface stands for; the style sheet has its colour.
package enum ChartFill: String, Sendable {
    case bar, advanced, average, baseline, below
    /// Not applicable.
    case none
    /// Not declared: an outline without a surface.
    case absent
}
