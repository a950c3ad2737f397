/// Why one indicator of one standard came out as it did, in the words of the declaration and of the
/// scheme.
package struct IndicatorResult: Sendable, Hashable {
    /// Code of the indicator.
    package let indicator: String
    package let name: String
    /// The deciding requirement with its sign, as in "≥ 95"; empty without one.
    package let declared: String
    package let unit: String
    package let level: Level
    /// The limit of the level reached, as in "≥ 90.9"; empty where none is reached.
    package let limit: String
    /// Nil for basic indicators and where the indicator does not apply.
    package let score: ExactDecimal?
    package let weight: ExactDecimal
    /// As in "引用 GB 12021.2—2015"; empty where the value is the enterprise's own.
    package let provenance: String

    /// One for each indicator of the scheme, in its order.
    package static func results(for standard: DeclaredStandard, under scheme: EvaluationScheme)
        -> [IndicatorResult]
    {
        scheme.indicators.map { IndicatorResult(IndicatorJudgement($0, in: standard)) }
    }

    package init(_ judgement: IndicatorJudgement) {
        let indicator = judgement.indicator
        let declaration = judgement.deciding?.declaration
        self.indicator = indicator.code
        name = indicator.name
        declared = declaration?.shown ?? ""
        let declaredUnit = declaration?.unit ?? ""
        unit = declaredUnit.isEmpty ? judgement.deciding?.variant.unit ?? "" : declaredUnit
        level = judgement.level
        limit = Self.limit(reachedBy: judgement)?.text(in: indicator.direction) ?? ""
        score = judgement.score
        weight = indicator.weight
        provenance = declaration?.provenance ?? ""
    }

    private static func limit(reachedBy judgement: IndicatorJudgement) -> Limit? {
        judgement.deciding?.variant.limit(of: judgement.level)
    }
}

extension Declaration {
    /// As it is shown: a number with its sign, as in "≥ 95", everything else as it was written.
    package var shown: String {
        switch value {
        case .number: "\(relation.sign) \(written)"
        case .interval, .word, .flag: written
        }
    }
}

extension Variant {
    /// The limit that a requirement of this level reaches; nil where it reaches none.
    package func limit(of level: Level) -> Limit? {
        switch level {
        case .advanced: advanced
        case .average: average
        case .baseline: baseline ?? legal
        case .below, .notApplicable, .missing: nil
        }
    }
}

extension Limit {
    /// As in "≥ 95", "< 0.2", "2～3", a grade word, "yes".
    package func text(in direction: Direction) -> String {
        switch value {
        case .number(let number):
            switch direction {
            case .lower: "\(isStrict ? "<" : "≤") \(number)"
            case .higher: "\(isStrict ? ">" : "≥") \(number)"
            case .interval, .ordinal, .yesNo: "= \(number)"
            }
        case .interval(let low, let high): "\(low)～\(high)"
        case .word(let word): word
        case .flag(let flag): flag ? "yes" : "no"
        }
    }
}
