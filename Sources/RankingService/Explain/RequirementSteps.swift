import Regulation

/// The better requirements that one indicator of one standard could be changed to, least change first.
///
/// What changes is the declaration that decides the indicator; where nothing usable is declared, a
/// declaration by the first variant that applies is added. Numbers keep the sign they are declared with, and
/// turn strict only where that is what makes the difference.
struct RequirementSteps {
    let indicator: Indicator
    let judgement: IndicatorJudgement
    private let standard: DeclaredStandard
    private let variant: Variant
    /// The number to be reached, of the entry that a search compares with.
    private let mark: ExactDecimal?

    /// Nil where the indicator does not apply.
    ///
    /// - Parameter reference: the standard to catch up with, whose value of the indicator is tried as well.
    init?(_ indicator: Indicator, in standard: DeclaredStandard, reference: DeclaredStandard?) {
        let judgement = IndicatorJudgement(indicator, in: standard)
        let applicable = indicator.applicableVariants(for: standard.attributes)
        guard let variant = judgement.deciding?.variant ?? applicable.first else { return nil }
        self.indicator = indicator
        self.judgement = judgement
        self.standard = standard
        self.variant = variant
        let other = reference.flatMap { IndicatorJudgement(indicator, in: $0).deciding }
        if case .number(let number)? = other?.requirement.value { mark = number } else { mark = nil }
    }

    /// The standard with this requirement in place of the one that decides now.
    func standard(with declaration: Declaration) -> DeclaredStandard {
        var changed = standard
        if let deciding = judgement.deciding?.declaration,
            let index = changed.declarations.firstIndex(of: deciding)
        {
            changed.declarations[index] = declaration
        } else {
            changed.declarations.append(declaration)
        }
        return changed
    }

    /// A requirement of any value, with the sign that is declared now.
    func declaration(of value: RequirementValue) -> Declaration {
        switch value {
        case .number(let number): declaration(number, isStrict: false)
        case .interval(let low, let high): declaration(value, relation: .equal, "\(low)～\(high)")
        case .word(let word): declaration(value, relation: .equal, word)
        case .flag(let flag): declaration(value, relation: .equal, flag ? "yes" : "no")
        }
    }

    /// The least change that `suffices`; nil when none does.
    func least(where suffices: (Declaration) -> Bool) -> Declaration? {
        switch indicator.direction {
        case .lower, .higher: leastNumber(where: suffices)
        case .interval, .ordinal, .yesNo: plainSteps.first(where: suffices)
        }
    }

    /// The greatest change that is ever tried; nil when nothing is better than what is declared.
    var greatest: Declaration? {
        switch indicator.direction {
        case .lower, .higher: marks.last.map { declaration($0, isStrict: true) }
        case .interval, .ordinal, .yesNo: plainSteps.last
        }
    }

    private func declaration(_ value: RequirementValue, relation: Relation, _ written: String) -> Declaration
    {
        var declaration =
            judgement.deciding?.declaration
            ?? Declaration(
                indicator: indicator.code, relation: relation, value: value, written: written,
                testMethod: variant.testMethod, unit: variant.unit)
        declaration.value = value
        declaration.relation = relation
        declaration.written = written
        declaration.provenance = ""
        return declaration
    }
}

// Numbers.
extension RequirementSteps {
    private var current: ExactDecimal? {
        guard case .number(let number)? = judgement.deciding?.requirement.value else { return nil }
        return number
    }

    private var isLower: Bool { indicator.direction == .lower }

    private var limits: [ExactDecimal] {
        [variant.legal, variant.baseline, variant.average, variant.advanced].compactMap { limit in
            guard case .number(let number)? = limit?.value else { return nil }
            return number
        }
    }

    private var grid: DecimalGrid { DecimalGrid(limits + [current, mark].compactMap(\.self)) }

    /// Where something can turn: the limits, and the value to be reached with one step beyond it; those
    /// better than the value declared, nearest first.
    private var marks: [ExactDecimal] {
        let grid = grid
        let beyond = mark.map { grid.value(at: grid.index(of: $0) + (isLower ? -1 : 1)) }
        let all = Set(limits + [mark, beyond].compactMap(\.self)).sorted()
        let ordered = isLower ? all.reversed() : all
        guard let current else { return ordered }
        return ordered.filter { isLower ? $0 <= current : $0 >= current }
    }

    private func declaration(_ value: ExactDecimal, isStrict: Bool) -> Declaration {
        let declared = judgement.deciding?.declaration.relation
        let plain: Relation = declared == .equal ? .equal : isLower ? .atMost : .atLeast
        let isStrict = isStrict || judgement.deciding?.requirement.isStrict == true
        let relation: Relation = isStrict ? (isLower ? .below : .above) : plain
        return declaration(.number(value), relation: relation, value.description)
    }

    /// Between two neighbouring marks the level stays and the score runs on a straight line, so there the
    /// first step that suffices is found by halving.
    private func leastNumber(where suffices: (Declaration) -> Bool) -> Declaration? {
        let grid = grid
        let towards: Int128 = isLower ? -1 : 1
        func at(_ index: Int128, _ isStrict: Bool = false) -> Declaration {
            declaration(grid.value(at: index), isStrict: isStrict)
        }
        var last = current.map(grid.index(of:))
        if let last, suffices(at(last, true)) { return at(last, true) }
        for mark in marks.map(grid.index(of:)) {
            if let last {
                let stepCount = (mark - last) * towards - 1
                if stepCount > 0, suffices(at(last + towards * stepCount)) {
                    var (low, high): (Int128, Int128) = (1, stepCount)
                    while low < high {
                        let middle = low + (high - low) / 2
                        if suffices(at(last + towards * middle)) { high = middle } else { low = middle + 1 }
                    }
                    return at(last + towards * low)
                }
            }
            for isStrict in [false, true] where suffices(at(mark, isStrict)) { return at(mark, isStrict) }
            last = mark
        }
        return nil
    }
}

// Intervals, grades, yes and no.
extension RequirementSteps {
    private var plainSteps: [Declaration] {
        let now = judgement.deciding?.requirement.value
        switch indicator.direction {
        case .ordinal(let grades):
            var better = grades[...]
            if case .word(let word)? = now, let index = grades.firstIndex(of: word) {
                better = grades[..<index]
            }
            return better.reversed().map { declaration(of: .word($0)) }
        case .yesNo:
            let flags = now == nil ? [false, true] : now == .flag(false) ? [true] : []
            return flags.map { declaration(of: .flag($0)) }
        case .interval:
            return intervals(now).map { declaration(of: .interval($0.0, $0.1)) }
        case .lower, .higher:
            return []
        }
    }

    /// What is declared cut down to each limit, or the limit itself where the two have nothing in common.
    private func intervals(_ now: RequirementValue?) -> [(ExactDecimal, ExactDecimal)] {
        var found: [(ExactDecimal, ExactDecimal)] = []
        for limit in [variant.legal, variant.baseline, variant.average, variant.advanced] {
            guard case .interval(let low, let high)? = limit?.value, low <= high else { continue }
            var step = (low, high)
            if case .interval(let mine, let myEnd)? = now, max(mine, low) <= min(myEnd, high) {
                step = (max(mine, low), min(myEnd, high))
                if step == (mine, myEnd) { continue }
            }
            if !found.contains(where: { $0 == step }) { found.append(step) }
        }
        return found
    }
}
