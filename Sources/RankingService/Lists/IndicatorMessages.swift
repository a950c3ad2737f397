import Contracts
import Regulation

/// Explains entries by the columns of their evaluation: what `IndicatorResult` says of one standard, with no
/// value judged again, and what does not depend on the standard said once.
///
/// Of some entries, one after the other. What is counted by reference is looked at once for all of them:
/// several cores explain, and a count that goes to and fro between them costs more than what it counts for.
struct IndicatorMessages {
    private let standards: any RankedStandards
    private let rows: [Int]
    private let indicators: [Prepared]
    /// By entry, then by indicator.
    private let outcomes: [Outcome]
    private var position = 0
    /// Of the entry under way.
    private var declared: [ShownDeclaration] = []

    private struct Prepared {
        let code: String
        let name: String
        let weight: String
        let isScored: Bool
        /// By variant.
        let units: [String]
        /// By variant, then by level.
        let limits: [String]

        static let levelCount = Level.missing.rawValue + 1
    }

    private struct Outcome {
        let level: UInt8
        let score: Int32
        let variant: Int32
        let declaration: Int32

        static let none = Outcome(level: 0, score: 0, variant: 0, declaration: 0)
    }

    /// `rows` are those of the entries, of the standards.
    init(_ evaluation: CategoryEvaluation, of rows: [Int]) {
        standards = evaluation.standards
        self.rows = rows
        indicators = evaluation.scheme.indicators.map(Self.prepared)
        let places = rows.map { Int(evaluation.places[$0]) }
        let indicatorCount = indicators.count
        var outcomes = [Outcome](repeating: .none, count: rows.count * indicatorCount)
        for index in 0..<indicatorCount {
            let levels = evaluation.columns.levels[index]
            let scores = evaluation.columns.scores[index]
            for (entry, place) in places.enumerated() {
                let value = evaluation.values.value(place, index)
                outcomes[entry * indicatorCount + index] = Outcome(
                    level: levels[place], score: scores.isEmpty ? 0 : scores[place], variant: value.variant,
                    declaration: value.declaration)
            }
        }
        self.outcomes = outcomes
    }

    private static func prepared(_ indicator: Indicator) -> Prepared {
        Prepared(
            code: own(indicator.code), name: own(indicator.name), weight: own(indicator.weight.description),
            isScored: indicator.kind != .basic, units: indicator.variants.map { own($0.unit) },
            limits: indicator.variants.flatMap { variant in
                (0..<Prepared.levelCount).map { level in
                    let limit = Level(rawValue: level).flatMap(variant.limit(of:))
                    return limit.map { own($0.text(in: indicator.direction)) } ?? ""
                }
            })
    }

    /// One that shares its memory with no other text.
    private static func own(_ text: String) -> String { String(decoding: Array(text.utf8), as: UTF8.self) }

    /// Of the next entry.
    mutating func next() -> [RankingAPI.IndicatorResult] {
        declared.removeAll(keepingCapacity: true)
        standards.appendDeclared(of: rows[position], to: &declared)
        let start = position * indicators.count
        position += 1
        return indicators.withUnsafeBufferPointer { indicators in
            outcomes.withUnsafeBufferPointer { outcomes in
                declared.withUnsafeBufferPointer { declared in
                    indicators.indices.map { Self.message(indicators, $0, outcomes[start + $0], declared) }
                }
            }
        }
    }

    /// Field by field: a copy of what was prepared would count the references of all of it.
    @inline(__always)
    private static func message(
        _ indicators: UnsafeBufferPointer<Prepared>, _ index: Int, _ outcome: Outcome,
        _ declared: UnsafeBufferPointer<ShownDeclaration>
    ) -> RankingAPI.IndicatorResult {
        let isScored = indicators[index].isScored && outcome.level != UInt8(Level.notApplicable.rawValue)
        let score = isScored ? text(ofScore: outcome.score) : ""
        guard outcome.variant >= 0 else {
            return RankingAPI.IndicatorResult(
                indicator: indicators[index].code, name: indicators[index].name,
                level: RankingAPI.Level(rawValue: Int32(outcome.level)), score: score,
                weight: indicators[index].weight)
        }
        let (variant, declaration) = (Int(outcome.variant), Int(outcome.declaration))
        let hasUnit = !declared[declaration].unit.isEmpty
        return RankingAPI.IndicatorResult(
            indicator: indicators[index].code, name: indicators[index].name,
            declared: declared[declaration].text,
            unit: hasUnit ? declared[declaration].unit : indicators[index].units[variant],
            level: RankingAPI.Level(rawValue: Int32(outcome.level)),
            limit: indicators[index].limits[variant * Prepared.levelCount + Int(outcome.level)],
            score: score, weight: indicators[index].weight, provenance: declared[declaration].provenance)
    }

    /// Four digits behind the point: scores are counted in ten-thousandths, and the greatest is 100.
    private static func text(ofScore score: Int32) -> String {
        let count = score < 100_000 ? 6 : score < 1_000_000 ? 7 : 8
        return String(unsafeUninitializedCapacity: count) { text in
            var rest = UInt32(score)
            for place in (0..<count).reversed() {
                guard place != count - 1 - IndicatorScore.fractionDigits else {
                    text.initializeElement(at: place, to: UInt8(ascii: "."))
                    continue
                }
                text.initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            }
            return count
        }
    }
}
