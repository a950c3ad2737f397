import Regulation

/// A random scheme and random standards, drawn so that ties, equal limits, strict signs, gaps and absurdities
/// are common.
struct RandomEvaluation {
    let scheme: EvaluationScheme
    let standards: [DeclaredStandard]
    let standing: Standing
    private var random: SplitMix

    private static let plainNumbers = [
        "1", "1.0", "1.5", "2", "2.25", "2.5", "3", "3.5", "4", "-1", "0", "0.333",
    ]
    /// On one scale they need more than 64 bits.
    private static let wideNumbers =
        plainNumbers + ["99999999999", "12345678901.5", "0.000000001", "2.000000001"]
    /// On lines between the great ones the small ones score exact halves of the fourth decimal.
    private static let halfwayNumbers = [
        "0", "160000", "320000", "0.4", "1.2", "2", "2.8", "3.6", "160001.2",
    ]
    private static let modelLists = [
        ["A"], ["B"], ["A", "B"], ["A", ""], ["AB"], ["A\u{0}"], ["A\u{1}"], ["A\u{2}"], ["A", "\u{1}"],
    ]
    private static let grades = ["1级", "2级", "3级", "4级"]
    private static let methods = ["", "", "chamber", "desiccator"]
    private static let units = ["", "", "mg/L"]

    init(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let numbers = random.pick([
            Self.plainNumbers, Self.plainNumbers, Self.wideNumbers, Self.halfwayNumbers,
        ])
        let indicators = (0..<random.int(1...6)).map { Self.indicator($0, numbers, &random) }
        var scheme = RankingSamples.scheme(
            indicators, model: random.pick(Model.allCases), n1: random.int(0...2), n2: random.int(0...2),
            allStrictlyBetter: random.once(in: 3), isService: random.once(in: 5))
        let keys: [OrderKey] = [.advancedCoreCount, .weightedScore] + indicators.map { .indicator($0.code) }
        scheme.method.orderWithinGrade = (0..<random.int(0...3)).map { _ in random.pick(keys) }
        if random.once(in: 8) { scheme.scope.category = "" }
        self.scheme = scheme
        standards = (0..<random.int(0...25)).compactMap { row in
            Self.standard(row, indicators, numbers, &random)
        }
        var standing = Standing()
        for seed in UInt8(1)...4 where random.once(in: 12) {
            standing.bars[RankingSamples.enterprise(seed)] =
                RankingSamples.cutoff.adding(days: random.int(-1...1))
        }
        if random.once(in: 10) { standing.blacklisted.insert(RankingSamples.enterprise(2)) }
        self.standing = standing
        self.random = random
    }

    mutating func shuffledStandards() -> [DeclaredStandard] { standards.shuffled(using: &random) }

    private static func indicator(_ index: Int, _ numbers: [String], _ random: inout SplitMix) -> Indicator {
        let kind = random.pick([IndicatorKind.core, .core, .core, .innovative, .basic])
        let direction = random.pick([
            Direction.lower, .lower, .higher, .higher, .interval, .ordinal(grades: grades), .yesNo,
        ])
        let weight = random.pick(["1", "1", "0.5", "0.25", "2", "0.333", "0", "3.7"])
        var indicator = RankingSamples.indicator("i\(index)", kind, direction, weight: weight)
        for _ in 0..<random.pick([1, 1, 1, 2, 3]) {
            indicator.variants.append(variant(direction, numbers, &random))
        }
        return indicator
    }

    private static func variant(
        _ direction: Direction, _ numbers: [String], _ random: inout SplitMix
    ) -> Variant {
        var limits = (0..<3).map { _ in limit(direction, numbers, &random) }
        // Mostly in order, as the rules ask; the rest keeps the engines honest.
        if !random.once(in: 6) { limits = inOrder(limits, direction) }
        let conditions = random.once(in: 3) ? [condition(&random)] : []
        return Variant(
            testMethod: random.pick(methods), unit: random.pick(units), conditions: conditions,
            legal: random.once(in: 2) ? limit(direction, numbers, &random) : nil, legalSource: "",
            baseline: random.once(in: 6) ? nil : limits[0], average: random.once(in: 8) ? nil : limits[1],
            advanced: random.once(in: 8) ? nil : limits[2])
    }

    private static func inOrder(_ limits: [Limit], _ direction: Direction) -> [Limit] {
        func number(_ limit: Limit) -> ExactDecimal {
            guard case .number(let number) = limit.value else { return .zero }
            return number
        }
        switch direction {
        case .lower: return limits.sorted { number($0) > number($1) }
        case .higher: return limits.sorted { number($0) < number($1) }
        case .interval, .ordinal, .yesNo: return limits
        }
    }

    private static func condition(_ random: inout SplitMix) -> Condition {
        Condition(
            attribute: random.pick(["power", "shape"]), test: random.pick(ConditionTest.allCases),
            value: random.pick(["5", "5.0", "9", "tube", ""]))
    }

    private static func limit(_ direction: Direction, _ numbers: [String], _ random: inout SplitMix) -> Limit
    {
        if random.once(in: 40) { return Limit(value: .word("?"), isStrict: false) }
        return Limit(value: value(direction, numbers, &random), isStrict: random.once(in: 4))
    }

    private static func value(
        _ direction: Direction, _ numbers: [String], _ random: inout SplitMix
    ) -> RequirementValue {
        let number = ExactDecimal(random.pick(numbers)) ?? .zero
        switch direction {
        case .lower, .higher: return .number(number)
        case .interval:
            let other = ExactDecimal(random.pick(numbers)) ?? .zero
            return random.once(in: 12)
                ? .interval(number, other) : .interval(min(number, other), max(number, other))
        case .ordinal: return .word(random.pick(grades))
        case .yesNo: return .flag(random.once(in: 2))
        }
    }

    private static func standard(
        _ row: Int, _ indicators: [Indicator], _ numbers: [String], _ random: inout SplitMix
    ) -> DeclaredStandard? {
        var declarations: [Declaration] = []
        for indicator in indicators where !random.once(in: 12) {
            declarations.append(declaration(indicator, numbers, &random))
            if random.once(in: 10) { declarations.append(declaration(indicator, numbers, &random)) }
        }
        if random.once(in: 5) { declarations.append(RankingSamples.declaration("unknown≥1")) }
        if random.once(in: 3) { declarations.shuffle(using: &random) }
        let number = random.pick(["Q/ABC 001—2024", "Q/ABC 002—2024", "Q/ABC 002—2024", "Q/X 1—2023"])
        guard
            var standard = try? RankingSamples.standard(
                [], enterprise: UInt8(random.int(1...4)), number: random.once(in: 40) ? "GB 1—2020" : number,
                models: random.pick(modelLists))
        else { return nil }
        standard.declarations = declarations
        standard.sourceRow = row
        if !random.once(in: 4) { standard.attributes["power"] = random.pick(["5", "5.00", "9", "10", "x"]) }
        if !random.once(in: 3) { standard.attributes["shape"] = random.pick(["tube", "bulb"]) }
        spoil(&standard, &random)
        return standard
    }

    private static func spoil(_ standard: inout DeclaredStandard, _ random: inout SplitMix) {
        let cutoff = RankingSamples.cutoff
        if random.once(in: 30) { standard.category = "fridges" }
        if random.once(in: 30) { standard.declaredOn = cutoff.adding(days: random.int(0...1)) }
        if random.once(in: 30) { standard.abolishedOn = cutoff.adding(days: random.int(0...1)) }
        if random.once(in: 30) { standard.isInForce = false }
        if random.once(in: 40) { standard.models = [] }
        if random.once(in: 40) { standard.name = "" }
        if random.once(in: 30) { standard.mandatoryBreaches = ["GB 2", "GB 1"] }
        if random.once(in: 30) { standard.isSeriesProduced = false }
        standard.isWidelyOffered = !random.once(in: 10)
    }

    private static func declaration(
        _ indicator: Indicator, _ numbers: [String], _ random: inout SplitMix
    ) -> Declaration {
        let right: [Relation] =
            switch indicator.direction {
            case .lower: [.atMost, .atMost, .below, .equal]
            case .higher: [.atLeast, .atLeast, .above, .equal]
            case .interval, .ordinal, .yesNo: [.equal]
            }
        let relation = random.once(in: 25) ? random.pick(Relation.allCases) : random.pick(right)
        var value = value(indicator.direction, numbers, &random)
        if random.once(in: 40) {
            value = random.pick([.word("perhaps"), RankingSamples.number("2"), .flag(true)])
        }
        return Declaration(
            indicator: indicator.code, relation: relation, value: value, written: "\(value)",
            testMethod: random.pick(methods + ["chamber", "chamber"]), unit: random.pick(units),
            provenance: "")
    }
}
