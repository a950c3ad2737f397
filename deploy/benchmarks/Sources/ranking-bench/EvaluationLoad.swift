import Dispatch
import Foundation
import RankingService
import Regulation
import Synchronization

/// Evaluates all categories of a folder that `peers/py-ranking/generate.py` wrote, on two threads, from
/// columns in memory to levels, composites, ranks and top lists.
struct EvaluationLoad {
    private static let indicatorCount = 20
    private static let limitCount = 5
    private static let missing: Int64 = -(1 << 62)
    private static let topCount = 10
    private static let cores = 2

    private struct Category: Sendable {
        let rows: Range<Int>
        let columns: CategoryColumns
    }

    private let columns: [[Int64]]
    private let attributes: [UInt8]
    private let starts: [Int]
    private let limits: [Int64]
    private let weights: [Int64]

    init(folder: String) throws {
        let all: [Int64] = try Self.read(folder, "columns.bin")
        let count = all.count / Self.indicatorCount
        columns = (0..<Self.indicatorCount).map { Array(all[$0 * count..<($0 + 1) * count]) }
        let rows: [UInt8] = try Self.read(folder, "rows.bin")
        attributes = Array(rows[(4 * count)...])
        let categories: [Int32] = rows[..<(4 * count)].withUnsafeBytes {
            Array($0.bindMemory(to: Int32.self))
        }
        limits = try Self.read(folder, "limits.bin")
        weights = try Self.read(folder, "weights.bin")
        var starts = [0]
        for row in categories.indices.dropFirst() where categories[row] != categories[row - 1] {
            for _ in categories[row - 1]..<categories[row] { starts.append(row) }
        }
        starts.append(count)
        self.starts = starts
    }

    private static func read<Number: BitwiseCopyable>(_ folder: String, _ name: String) throws -> [Number] {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"), options: .alwaysMapped)
        return data.withUnsafeBytes { Array($0.bindMemory(to: Number.self)) }
    }

    // MARK: What the peers do: levels reached, their weighted sum, ranks, top lists

    func levels(repeats: Int) throws {
        try run(repeats) { category in
            let indicators = (0..<Self.indicatorCount).map { place in
                // One indicator is core, because a scheme has some; nothing is below a baseline that it has
                // not.
                var variant = variant(category, place, withLegal: false)
                if place == 0 { variant.baseline = nil }
                return indicator(place, place == 0 ? .core : .innovative, [variant])
            }
            let rows = starts[category]..<starts[category + 1]
            return (
                scheme(indicators, .tiered), (0..<Self.indicatorCount).map { numbers($0, rows) },
                rows.map { _ in false }
            )
        }
    }

    // MARK: Everything: gates, conditions, scores

    /// Three basic, thirteen core and four innovative indicators; the sixth has two variants by an
    /// attribute, and the twelfth does not apply where the attribute is not given.
    func full(repeats: Int) throws {
        try run(repeats) { category in
            let rows = starts[category]..<starts[category + 1]
            let indicators = (0..<Self.indicatorCount).map { place in
                let kind: IndicatorKind = place < 3 ? .basic : place < 16 ? .core : .innovative
                let first = variant(category, place, withLegal: true)
                guard place == 5 else { return indicator(place, kind, [first]) }
                return indicator(
                    place, kind, [first, variant(category, place, withLegal: true, isSecond: true)])
            }
            return (
                scheme(indicators, .weighted),
                (0..<Self.indicatorCount).map { numbers($0, rows, isFull: true) },
                rows.map { attributes[$0] & 2 != 0 }
            )
        }
    }

    // MARK: Building, not timed

    var indicatorCodes: [String] { (0..<Self.indicatorCount).map { "i\($0)" } }

    /// The scheme of `full`, for the first category, without conditions.
    func weightedScheme(category name: String) -> EvaluationScheme {
        let indicators = (0..<Self.indicatorCount).map { place in
            let kind: IndicatorKind = place < 3 ? .basic : place < 16 ? .core : .innovative
            return indicator(place, kind, [variant(0, place, withLegal: true)])
        }
        return scheme(indicators, .weighted, category: name)
    }

    /// As a file says them; nothing for a value that is missing.
    func values(ofRow row: Int) -> [String] {
        columns.map { column in
            column[row] == Self.missing
                ? "" : ExactDecimal(significand: column[row], scale: 2)?.text(fractionDigits: 2) ?? ""
        }
    }

    private func indicator(_ place: Int, _ kind: IndicatorKind, _ variants: [Variant]) -> Indicator {
        Indicator(
            code: "i\(place)", name: "i\(place)", kind: kind, direction: .higher,
            weight: ExactDecimal(Int(weights[place * 3 + 1])), isConsumerConcern: false, isUpgradeNeed: false,
            reason: "", source: "", variants: variants)
    }

    private func variant(
        _ category: Int, _ place: Int, withLegal: Bool, isSecond: Bool = false
    ) -> Variant {
        let start = (category * Self.indicatorCount + place) * Self.limitCount
        func limit(_ kind: Int) -> Limit {
            let value = limits[start + kind]
            let text =
                "\(value < 0 ? "-" : "")\(value.magnitude / 100)."
                + "\(value.magnitude % 100 < 10 ? "0" : "")\(value.magnitude % 100)"
            return Limit(value: .number(ExactDecimal(text) ?? .zero), isStrict: false)
        }
        return Variant(
            testMethod: "", unit: "", conditions: [], legal: withLegal ? limit(0) : nil, legalSource: "",
            baseline: limit(1), average: limit(2), advanced: limit(isSecond ? 4 : 3))
    }

    private func numbers(_ place: Int, _ rows: Range<Int>, isFull: Bool = false) -> CategoryColumns.Numbers {
        var variants: [UInt16] = []
        if isFull, place == 5 || place == 11 {
            variants = rows.map { row in
                attributes[row] & 1 == 1 ? 0 : place == 5 ? 1 : CategoryColumns.Numbers.notApplicable
            }
        }
        let values = columns[place][rows]
        if values.contains(Self.missing) {
            if variants.isEmpty { variants = rows.map { _ in 0 } }
            for (offset, value) in values.enumerated()
            where value == Self.missing && variants[offset] != CategoryColumns.Numbers.notApplicable {
                variants[offset] = CategoryColumns.Numbers.missing
            }
        }
        return .init(values: values.map { $0 == Self.missing ? 0 : $0 }, scale: 2, variants: variants)
    }

    private func scheme(_ indicators: [Indicator], _ model: Model, category: String = "") -> EvaluationScheme
    {
        EvaluationScheme(
            title: "", year: 2025, keyField: "",
            purpose: Purpose(presentLevel: "", microAim: "", macroAim: ""),
            scope: Scope(items: [], category: category, sector: .consumerGoods, isService: false),
            indicators: indicators,
            method: Method(
                model: model, innovativeAdvancedMin: 0, innovativeAverageMin: 0, orderWithinGrade: [],
                allStrictlyBetter: false),
            methodStatement: "", cycle: .yearly, cycleReason: "", enterpriseInformation: "",
            rankingFormation: "",
            forerunners: ForerunnerRule(
                consumerChoice: "", industryDevelopment: "", declaredStandardCount: "", targetNumber: 1,
                validityMonths: 0, validityReason: ""), verification: "", consistency: "", objectives: "",
            consumerInput: "", mandatoryStandards: [])
    }

    // MARK: Timing

    private func run(
        _ repeats: Int,
        _ build: (Int) -> (EvaluationScheme, [CategoryColumns.Numbers], [Bool])
    ) throws {
        let categories = (0..<starts.count - 1).map { category in
            let (scheme, numbers, isStopped) = build(category)
            return Category(
                rows: starts[category]..<starts[category + 1],
                columns: CategoryColumns(scheme, numbers, isStopped: isStopped))
        }
        var times: [Double] = []
        var check = Check()
        for _ in 0..<repeats {
            let clock = ContinuousClock.now
            check = Self.evaluate(categories)
            times.append(Double((ContinuousClock.now - clock) / .microseconds(1)) / 1000)
        }
        times.sort()
        print(
            "{\"ms\": \(times[repeats / 2]), \"rss_mib\": \(Memory.peak), \"check\": "
                + "\"\(check.entries) \(check.ranks) \(check.top) \(check.composites) \(check.causes)\"}")
    }

    private struct Check: Sendable {
        var entries = 0
        var ranks = 0
        var top = 0
        var composites = 0
        var causes = 0
        /// What is kept of every category until the run is over.
        var results: [ColumnEvaluation] = []
    }

    private static func evaluate(_ categories: [Category]) -> Check {
        let next = Atomic(0)
        let parts = Mutex([Check]())
        DispatchQueue.concurrentPerform(iterations: cores) { _ in
            var check = Check()
            var causes: [(indicator: UInt16, marks: UInt8)] = []
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < categories.count else { break }
                let category = categories[index]
                let evaluation = category.columns.evaluate()
                check.entries += evaluation.rows.count
                for rank in evaluation.ranks { check.ranks += Int(rank) }
                for row in evaluation.rows.prefix(topCount) {
                    check.top += category.rows.lowerBound + Int(row)
                }
                for row in evaluation.rows {
                    check.composites += Int(evaluation.compositeUnits(Int(row)) ?? 0)
                }
                causes.removeAll(keepingCapacity: true)
                for row in evaluation.isStopped.indices where evaluation.isStopped[row] {
                    category.columns.appendCauses(of: row, to: &causes)
                }
                check.causes += causes.count
                check.results.append(evaluation)
            }
            parts.withLock { $0.append(check) }
        }
        return parts.withLock { parts in
            parts.reduce(into: Check()) { sum, part in
                sum.entries += part.entries
                sum.ranks += part.ranks
                sum.top += part.top
                sum.composites += part.composites
                sum.causes += part.causes
            }
        }
    }
}
