/// Rows of one length each, parted into shares, as for the mix of levels.
package struct StackedBars: Sendable {
    package struct Part: Sendable {
        package let label: String
        package let value: Int
        package let style: ChartFill

        package init(label: String, value: Int, style: ChartFill) {
            self.label = label
            self.value = value
            self.style = style
        }
    }

    package struct Row: Sendable {
        package let label: String
        package let parts: [Part]

        package init(label: String, parts: [Part]) {
            self.label = label
            self.parts = parts
        }
    }

    private static let width = 640.0
    private static let rowHeight = 30.0
    private static let labelWidth = 190.0
    private static let legendHeight = 28.0

    private let id: String
    private let title: String
    private let rows: [Row]

    package init(id: String, title: String, rows: [Row]) {
        self.id = id
        self.title = title
        self.rows = rows
    }

    package var svg: String {
        let described = rows.map { row in
            "\(row.label): " + row.parts.map { "\($0.label) \($0.value)" }.joined(separator: ", ")
        }
        var drawing = Drawing(
            id: id, title: title, description: described.joined(separator: "; "), width: Self.width,
            height: Double(rows.count) * Self.rowHeight + Self.legendHeight + 4)
        drawLegend(&drawing)
        for (index, row) in rows.enumerated() {
            draw(row, at: Double(index) * Self.rowHeight + Self.legendHeight, &drawing)
        }
        return drawing.svg
    }

    private func drawLegend(_ drawing: inout Drawing) {
        var x = Self.labelWidth
        for part in rows.first?.parts ?? [] {
            drawing.rectangle(x: x, y: 5, width: 11, height: 11, style: part.style.rawValue)
            drawing.text(part.label, x: x + 16, y: 15, style: "soft")
            x += 32 + TextWidth.of(part.label)
        }
    }

    private func draw(_ row: Row, at top: Double, _ drawing: inout Drawing) {
        drawing.text(
            TextWidth.cut(row.label, to: Self.labelWidth - 12), x: Self.labelWidth - 8, y: top + 19,
            anchor: .end)
        let sum = row.parts.reduce(0) { $0 + $1.value }
        guard sum > 0 else { return }
        var x = Self.labelWidth
        for part in row.parts where part.value > 0 {
            let length = (Self.width - Self.labelWidth - 4) * Double(part.value) / Double(sum)
            drawing.rectangle(
                x: x, y: top + 3, width: length - 1, height: Self.rowHeight - 8, style: part.style.rawValue,
                hint: "\(row.label), \(part.label): \(part.value)")
            let text = "\(part.value)"
            if TextWidth.of(text) + 8 < length {
                let style = part.style == .absent ? "num soft" : "num on-\(part.style.rawValue)"
                drawing.text(text, x: x + length / 2, y: top + 19, anchor: .middle, style: style)
            }
            x += length
        }
    }
}
