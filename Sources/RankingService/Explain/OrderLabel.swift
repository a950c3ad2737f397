package import Regulation

/// What one part of a ranking key stands for; `labels(of:)` has as many as a key has parts.
package enum OrderLabel: Sendable, Hashable {
    case grade
    case advancedCoreCount
    /// Of the weighted or of the tiered model.
    case composite
    /// The declared value of the indicator of this code.
    case value(String)
    /// Its sign (< before ≤), or where indicators order by level, its score.
    case sign(String)

    /// In the order of `RankingKey.parts`.
    package static func labels(of scheme: EvaluationScheme) -> [OrderLabel] {
        switch scheme.method.model {
        case .weighted, .tiered: [.composite]
        case .graded: [.grade] + scheme.method.orderWithinGrade.flatMap { labels(of: $0, in: scheme) }
        }
    }

    private static func labels(of key: OrderKey, in scheme: EvaluationScheme) -> [OrderLabel] {
        switch key {
        case .advancedCoreCount: [.advancedCoreCount]
        case .weightedScore: [.composite]
        case .indicator(let code):
            scheme.indicators.contains { $0.code == code } ? [.value(code), .sign(code)] : []
        }
    }
}

extension OrderPart {
    /// The number itself; empty where there is none.
    package var text: String {
        switch self {
        case .lowerFirst(let number), .higherFirst(let number): number.description
        case .absent: ""
        }
    }
}
