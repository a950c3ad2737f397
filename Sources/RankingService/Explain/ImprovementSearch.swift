package import Regulation

/// Looks for the least changes of requirements that bring a standard to where it is wanted.
///
/// Everything found is judged once more by the law's own rules (`StandardTrial`). That nothing smaller would
/// do is true where the limits of every variant are ordered as 3.1 demands of a scheme (`LimitsRule`) and
/// each indicator is declared once.
package struct ImprovementSearch {
    private let trial: StandardTrial
    private let standard: DeclaredStandard
    private let reference: DeclaredStandard?
    private let suffices: (StandardTrial.Outcome) -> Bool

    /// - Parameters:
    ///   - reference: the standard to catch up with; nil when only the scheme's limits matter.
    ///   - suffices: whether a standard with this outcome is where it is wanted; the standard's own is not.
    package init(
        _ standard: DeclaredStandard, by trial: StandardTrial, reference: DeclaredStandard?,
        suffices: @escaping (StandardTrial.Outcome) -> Bool
    ) {
        self.trial = trial
        self.standard = standard
        self.reference = reference
        self.suffices = suffices
    }

    package func improvement() -> Improvement {
        let indicators = trial.scheme.indicators
        let single = indicators.compactMap { indicator -> RequirementChange? in
            guard let steps = steps(of: indicator, in: standard) else { return nil }
            let least = steps.least { isEnough(steps.standard(with: $0)) }
            return least.map { RequirementChange(steps, $0) }
        }
        guard single.isEmpty else { return .anyOf(RequirementChange.inOrder(single)) }
        return together()
    }

    /// Everything as good as it gets; then what is not needed is taken back, the largest changes first, and
    /// what is needed is brought down to the least that does.
    private func together() -> Improvement {
        var changes: [(indicator: Indicator, declaration: Declaration)] = trial.scheme.indicators.compactMap {
            guard let greatest = steps(of: $0, in: standard)?.greatest else { return nil }
            return ($0, greatest)
        }
        guard isEnough(applied(changes)) else { return .unreachable }
        for code in largestFirst(changes) {
            let fewer = changes.filter { $0.indicator.code != code }
            if isEnough(applied(fewer)) { changes = fewer }
        }
        for index in changes.indices {
            var others = changes
            others.remove(at: index)
            let base = applied(others)
            guard let steps = steps(of: changes[index].indicator, in: base),
                let least = steps.least(where: { isEnough(steps.standard(with: $0)) })
            else { continue }
            changes[index].declaration = least
        }
        return .allOf(
            RequirementChange.inOrder(
                changes.compactMap { change in
                    steps(of: change.indicator, in: standard).map {
                        RequirementChange($0, change.declaration)
                    }
                }))
    }

    private func steps(of indicator: Indicator, in standard: DeclaredStandard) -> RequirementSteps? {
        RequirementSteps(indicator, in: standard, reference: reference)
    }

    private func isEnough(_ changed: DeclaredStandard) -> Bool { suffices(trial.outcome(of: changed)) }

    package func applied(_ changes: [RequirementChange]) -> DeclaredStandard {
        applied(changes.map { ($0.indicator, $0.declaration) })
    }

    private func applied(_ changes: [(indicator: Indicator, declaration: Declaration)]) -> DeclaredStandard {
        changes.reduce(standard) { changed, change in
            steps(of: change.indicator, in: changed)?.standard(with: change.declaration) ?? changed
        }
    }

    private func largestFirst(_ changes: [(indicator: Indicator, declaration: Declaration)]) -> [String] {
        let described = changes.compactMap { change in
            steps(of: change.indicator, in: standard).map { RequirementChange($0, change.declaration) }
        }
        return RequirementChange.inOrder(described).reversed().map(\.indicator.code)
    }
}
