import RankingService
import Regulation
import Testing

/// Tries every requirement on a grid, and ranks everything anew each time.
struct ImprovementOracle {
    let scheme: EvaluationScheme
    let standards: [DeclaredStandard]
    let standing: Standing
    let result: RankingResult

    /// Steps of a grid that are tried for one indicator.
    private static let stepCountMax = 80

    init(scheme: EvaluationScheme, standards: [DeclaredStandard], standing: Standing) {
        self.scheme = scheme
        self.standards = standards
        self.standing = standing
        result = Self.evaluate(scheme, standards, standing)
    }

    private static func evaluate(
        _ scheme: EvaluationScheme, _ standards: [DeclaredStandard], _ standing: Standing
    ) -> RankingResult {
        PlainEvaluation.evaluate(
            scheme: scheme, standards: standards, standing: standing, cutoff: RankingSamples.cutoff)
    }

    /// Rank of the changed standard and of the other when the one is changed; nil when it is left out.
    private func ranks(_ changed: DeclaredStandard, _ row: Int, _ other: Int) -> (own: Int, other: Int)? {
        var standards = standards
        standards[row] = changed
        let entries = Self.evaluate(scheme, standards, standing).entries
        guard let own = entries.first(where: { $0.row == row }),
            let better = entries.first(where: { $0.row == other })
        else { return nil }
        return (own.rank, better.rank)
    }

    private func suffices(_ changed: DeclaredStandard, _ row: Int, _ other: Int, _ orEqual: Bool) -> Bool {
        guard let ranks = ranks(changed, row, other) else { return false }
        return ranks.own < ranks.other || (orEqual && ranks.own == ranks.other)
    }

    private func replaced(_ row: Int, _ declarations: [Declaration]) -> DeclaredStandard {
        var standard = standards[row]
        for declaration in declarations {
            if let index = standard.declarations.firstIndex(where: { $0.indicator == declaration.indicator })
            {
                standard.declarations[index] = declaration
            } else {
                standard.declarations.append(declaration)
            }
        }
        return standard
    }

    func check(
        _ step: StandardExplanation.Step, of row: Int, against other: Int, orEqual: Bool, seed: Int,
        _ checked: inout Checked
    ) throws {
        switch step.improvement {
        case .anyOf(let changes):
            checked.single += 1
            for (change, rank) in zip(changes, step.ranks) {
                let changed = replaced(row, [change.declaration])
                try #require(suffices(changed, row, other, orEqual), "seed \(seed) \(change)")
                try #require(ranks(changed, row, other)?.own == rank, "seed \(seed) \(change)")
            }
            for indicator in scheme.indicators {
                let found = changes.first { $0.indicator.code == indicator.code }?.declaration
                try checkLeast(indicator, found, row, other, orEqual, seed)
            }
        case .allOf(let changes):
            checked.together += 1
            let all = changes.map(\.declaration)
            try #require(suffices(replaced(row, all), row, other, orEqual), "seed \(seed) \(changes)")
            try #require(ranks(replaced(row, all), row, other)?.own == step.ranks.first, "seed \(seed)")
            for index in all.indices {
                var fewer = all
                fewer.remove(at: index)
                try #require(!suffices(replaced(row, fewer), row, other, orEqual), "seed \(seed) \(changes)")
            }
            for indicator in scheme.indicators { try checkLeast(indicator, nil, row, other, orEqual, seed) }
        case .unreachable:
            checked.unreachable += 1
            for indicator in scheme.indicators { try checkLeast(indicator, nil, row, other, orEqual, seed) }
        }
    }

    /// The first of all steps that suffices is the one that was found; nil when none may.
    private func checkLeast(
        _ indicator: Indicator, _ found: Declaration?, _ row: Int, _ other: Int, _ orEqual: Bool, _ seed: Int
    ) throws {
        guard let steps = self.steps(indicator, row, other) else { return }
        let least = steps.first { suffices(replaced(row, [$0]), row, other, orEqual) }
        try #require(
            least?.value == found?.value && least?.relation == found?.relation,
            "seed \(seed) \(indicator.code): \(String(describing: least)) \(String(describing: found))")
    }

    /// Every requirement better than the declared one, least change first; nil where they are too many, or
    /// no line.
    private func steps(_ indicator: Indicator, _ row: Int, _ other: Int) -> [Declaration]? {
        let judgement = IndicatorJudgement(indicator, in: standards[row])
        guard !judgement.hasUnreadable else { return nil }
        guard
            let variant = judgement.deciding?.variant
                ?? indicator.applicableVariants(for: standards[row].attributes).first
        else { return [] }
        let base =
            judgement.deciding?.declaration
            ?? Declaration(
                indicator: indicator.code, relation: .equal, value: .flag(false), written: "",
                testMethod: variant.testMethod, unit: variant.unit)
        switch indicator.direction {
        case .interval: return nil
        case .ordinal(let grades):
            guard case .word(let now)? = judgement.deciding?.requirement.value else {
                return grades.reversed().map { base.with(.word($0), .equal) }
            }
            return grades.prefix { $0 != now }.reversed().map { base.with(.word($0), .equal) }
        case .yesNo:
            let flags = judgement.deciding == nil ? [false, true] : [true]
            return judgement.deciding?.requirement.value == .flag(true)
                ? [] : flags.map { base.with(.flag($0), .equal) }
        case .lower, .higher:
            return numbers(indicator, judgement, variant, base, other)
        }
    }

    private func numbers(
        _ indicator: Indicator, _ judgement: IndicatorJudgement, _ variant: Variant, _ base: Declaration,
        _ other: Int
    ) -> [Declaration]? {
        func number(_ limit: Limit?) -> ExactDecimal? {
            if case .number(let number)? = limit?.value { number } else { nil }
        }
        let now = number(judgement.deciding?.requirement)
        let theirs = number(IndicatorJudgement(indicator, in: standards[other]).deciding?.requirement)
        let limits = [variant.legal, variant.baseline, variant.average, variant.advanced].compactMap(number)
        let scale = (limits + [now, theirs].compactMap(\.self)).map(\.scale).max() ?? 0
        guard scale <= 1 else { return nil }
        let unit = scale == 0 ? 1 : 10
        func tenths(_ value: ExactDecimal) -> Int { Int(value.scaled(to: scale)) }
        let isLower = indicator.direction == .lower
        let sign = isLower ? -1 : 1
        var ends = limits.map(tenths)
        if let theirs { ends += [tenths(theirs), tenths(theirs) + sign] }
        guard let last = isLower ? ends.min() : ends.max() else { return [] }
        let first = now.map(tenths) ?? (isLower ? ends.max() : ends.min()) ?? last
        guard (0...Self.stepCountMax).contains((last - first) * sign) else { return nil }
        let isEqual = judgement.deciding?.declaration.relation == .equal
        let wasStrict = judgement.deciding?.requirement.isStrict == true
        let plain: Relation = isEqual ? .equal : isLower ? .atMost : .atLeast
        let strict: Relation = isLower ? .below : .above
        return stride(from: first, through: last, by: sign).flatMap { step -> [Declaration] in
            let value = RequirementValue.number(
                .roundedHalfEven(numerator: Int128(step), denominator: Int128(unit), fractionDigits: 1))
            return wasStrict
                ? [base.with(value, strict)] : [base.with(value, plain), base.with(value, strict)]
        }
    }
}

extension Declaration {
    fileprivate func with(_ value: RequirementValue, _ relation: Relation) -> Declaration {
        var declaration = self
        declaration.value = value
        declaration.relation = relation
        return declaration
    }
}
