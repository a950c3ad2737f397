/// How often values fall into each bin of an axis, with the limits of the levels as lines and, below the
/// axis, which level each stretch of it reaches.
package struct Histogram: Sendable {
    /// A bin without a lower or upper end holds everything beyond; it is drawn as wide as its neighbour.
    package struct Bin: Sendable {
        package let low: Double?
        package let high: Double?
        package let count: Int
        /// As in "75 – 80".
        package let text: String

        package init(low: Double?, high: Double?, count: Int, text: String) {
            self.low = low
            self.high = high
            self.count = count
            self.text = text
        }
    }

    package struct Mark: Sendable {
        package let value: Double
        /// As in "先进 ≥ 95".
        package let label: String
        package let isLegal: Bool

        package init(value: Double, label: String, isLegal: Bool = false) {
            self.value = value
            self.label = label
            self.isLegal = isLegal
        }
    }

    /// A stretch of the axis; without an end it goes on to the edge.
    package struct Zone: Sendable {
        package let low: Double?
        package let high: Double?
        package let style: ChartFill

        package init(low: Double?, high: Double?, style: ChartFill) {
            self.low = low
            self.high = high
            self.style = style
        }
    }

    /// A number of the axis with its text.
    package struct Tick: Sendable {
        package let value: Double
        package let text: String

        package init(value: Double, text: String) {
            self.value = value
            self.text = text
        }
    }

    private static let width = 640.0
    private static let left = 44.0
    private static let right = 12.0
    private static let plotHeight = 150.0
    private static let labelHeight = 15.0

    private let id: String
    private let title: String
    private let unit: String
    private let bins: [Bin]
    private let marks: [Mark]
    private let zones: [Zone]
    private let ticks: [Tick]

    package init(
        id: String, title: String, unit: String, bins: [Bin], marks: [Mark], zones: [Zone], ticks: [Tick]
    ) {
        self.id = id
        self.title = title
        self.unit = unit
        self.bins = bins
        self.marks = marks.sorted { $0.value < $1.value }
        self.zones = zones
        self.ticks = ticks
    }

    package var svg: String {
        let described = bins.filter { $0.count > 0 }.map { "\($0.text): \($0.count)" }
        let limits = marks.map(\.label)
        let (rows, rowCount) = labelRows()
        let top = Double(rowCount) * Self.labelHeight + 6
        let bottom = top + Self.plotHeight
        var drawing = Drawing(
            id: id, title: title, description: (described + limits).joined(separator: "; "),
            width: Self.width, height: bottom + 48)
        drawScale(&drawing, top: top, bottom: bottom)
        drawBins(&drawing, bottom: bottom)
        for zone in zones {
            let from = zone.low.map(x) ?? Self.left
            let end = zone.high.map(x) ?? Self.width - Self.right
            drawing.rectangle(
                x: from, y: bottom + 3, width: end - from, height: 6, style: zone.style.rawValue)
        }
        for (mark, row) in zip(marks, rows) {
            drawing.line(
                x1: x(mark.value), y1: Double(row) * Self.labelHeight + 14, x2: x(mark.value), y2: bottom + 9,
                style: mark.isLegal ? "mark-legal" : "mark")
            let isLate = x(mark.value) + TextWidth.of(mark.label) + 6 > Self.width
            drawing.text(
                mark.label, x: x(mark.value) + (isLate ? -4 : 4), y: Double(row) * Self.labelHeight + 12,
                anchor: isLate ? .end : .start, style: "strong")
        }
        drawTicks(&drawing, bottom: bottom)
        return drawing.svg
    }

    // MARK: The axis

    /// Ends of what is drawn: open bins are as wide as the one beside them.
    private var ends: (low: Double, high: Double) {
        let known = bins.flatMap { [$0.low, $0.high].compactMap(\.self) }
        let step =
            bins.lazy.compactMap { bin in
                bin.low.flatMap { low in bin.high.map { $0 - low } }
            }.first ?? 1
        var low = known.min() ?? 0
        var high = known.max() ?? 1
        if bins.first?.low == nil { low -= step }
        if bins.last?.high == nil { high += step }
        let all = marks.map(\.value)
        low = min(low, all.min() ?? low)
        high = max(high, all.max() ?? high)
        return high > low ? (low, high) : (low - 1, high + 1)
    }

    private func x(_ value: Double) -> Double {
        let (low, high) = ends
        let share = (min(max(value, low), high) - low) / (high - low)
        return Self.left + share * (Self.width - Self.left - Self.right)
    }

    /// The row above the plot that each mark's label has room in, and how many rows there are.
    private func labelRows() -> (rows: [Int], count: Int) {
        var taken: [Double] = []
        let rows = marks.map { mark -> Int in
            let length = TextWidth.of(mark.label) + 12
            let isLate = x(mark.value) + length > Self.width
            let start = isLate ? x(mark.value) - length : x(mark.value)
            let row = taken.firstIndex { $0 <= start } ?? taken.count
            if row == taken.count { taken.append(0) }
            taken[row] = start + length
            return row
        }
        return (rows, max(1, taken.count))
    }

    // MARK: Drawing

    private var highest: Int { max(1, bins.map(\.count).max() ?? 1) }

    private func drawScale(_ drawing: inout Drawing, top: Double, bottom: Double) {
        let step = Self.roundStep(highest)
        for count in stride(from: 0, through: highest, by: step) {
            let y = bottom - Self.plotHeight * Double(count) / Double(highest)
            drawing.line(x1: Self.left, y1: y, x2: Self.width - Self.right, y2: y, style: "grid")
            drawing.text("\(count)", x: Self.left - 6, y: y + 4, anchor: .end, style: "soft num")
        }
    }

    /// 1, 2 or 5 times a power of ten, so that there are three to six lines.
    private static func roundStep(_ highest: Int) -> Int {
        var step = 1
        while true {
            for factor in [1, 2, 5] where highest / (step * factor) < 6 { return step * factor }
            step *= 10
        }
    }

    private func drawBins(_ drawing: inout Drawing, bottom: Double) {
        let (low, high) = ends
        for bin in bins where bin.count > 0 {
            let from = x(bin.low ?? low)
            let end = x(bin.high ?? high)
            let height = Self.plotHeight * Double(bin.count) / Double(highest)
            drawing.rectangle(
                x: from, y: bottom - height, width: max(end - from - 1, 1), height: height,
                style: ChartFill.bar.rawValue, hint: "\(bin.text): \(bin.count)")
        }
        drawing.line(x1: Self.left, y1: bottom, x2: Self.width - Self.right, y2: bottom, style: "axis")
    }

    private func drawTicks(_ drawing: inout Drawing, bottom: Double) {
        var free = 0.0
        for tick in ticks {
            let length = TextWidth.of(tick.text) + 10
            guard x(tick.value) - length / 2 >= free else { continue }
            free = x(tick.value) + length / 2
            drawing.text(
                tick.text, x: x(tick.value), y: bottom + 24, anchor: .middle, style: "soft num")
        }
        drawing.text(unit, x: Self.width - Self.right, y: bottom + 42, anchor: .end, style: "soft")
    }
}
