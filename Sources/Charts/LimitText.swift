import Regulation

/// A limit as messages write it, taken apart: "≥ 95", "< 0.2". Nil for intervals, words, yes and no.
struct LimitText {
    let value: Double
    /// More is better.
    let isHigher: Bool
    let text: String

    init?(_ text: String) {
        guard let sign = text.first, "≥>≤<".contains(sign),
            let number = ExactDecimal(text.dropFirst().drop { $0 == " " }),
            let value = Double(number.description)
        else { return nil }
        self.value = value
        isHigher = sign == "≥" || sign == ">"
        self.text = text
    }
}
