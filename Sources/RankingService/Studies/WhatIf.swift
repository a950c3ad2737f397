package import Regulation

/// What a ranking would be after some edits, beside what it is.
package struct WhatIf: Sendable {
    package let scheme: EvaluationScheme
    package let result: RankingResult
    package let comparison: ResultComparison
    /// What the regulation would say of the edited scheme (3.1); a study may still ask.
    package let remarks: [Finding]

    /// Edits are made one after the other.
    package init(
        _ edits: [StudyEdit], scheme: EvaluationScheme, result base: RankingResult, standing: Standing,
        cutoff: CivilDate
    ) throws(StudyFlaw) {
        var scheme = scheme
        var standards = base.standards
        let rows = Self.rows(of: base)
        for edit in edits { try edit.apply(to: &scheme, &standards, rows: rows) }
        let changed = RankingEngine.evaluate(
            scheme: scheme, standards: standards, standing: standing, cutoff: cutoff)
        self.scheme = scheme
        result = changed
        comparison = ResultComparison(
            before: base, after: changed, pairs: standards.indices.map { ($0, $0) }, scheme: scheme)
        remarks = SchemeExamination.findings(in: scheme).filter { $0.modality == .must }
    }

    private static func rows(of result: RankingResult) -> [String: Int] {
        let entries = result.entries.map { (result.key(of: $0), $0.row) }
        let exclusions = result.exclusions.map { (result.key(of: $0), $0.row) }
        return Dictionary(entries + exclusions) { first, _ in first }
    }
}

extension StudyEdit {
    fileprivate func apply(
        to scheme: inout EvaluationScheme, _ standards: inout [DeclaredStandard], rows: [String: Int]
    ) throws(StudyFlaw) {
        switch self {
        case .value(let key, let code, let value):
            guard let row = rows[key] else { throw .noStandard(key) }
            guard let indicator = scheme.indicators.first(where: { $0.code == code }) else {
                throw .noIndicator(code, known: scheme.indicators.map(\.code))
            }
            guard let steps = RequirementSteps(indicator, in: standards[row], reference: nil) else {
                throw .notApplicable(key: key, indicator: code)
            }
            standards[row] = steps.standard(with: steps.declaration(of: value))
        case .weight(let code, let weight):
            for index in scheme.indicators.indices where scheme.indicators[index].code == code {
                scheme.indicators[index].weight = weight
            }
        case .limit(let code, let variant, let name, let value):
            for index in scheme.indicators.indices where scheme.indicators[index].code == code {
                scheme.indicators[index].variants[variant - 1].set(name, value)
            }
        }
    }
}

extension Variant {
    /// A limit keeps its sign; a new one is not strict.
    fileprivate mutating func set(_ name: StudyEdit.LimitName, _ value: RequirementValue?) {
        func limit(_ old: Limit?) -> Limit? {
            value.map { Limit(value: $0, isStrict: old?.isStrict ?? false) }
        }
        switch name {
        case .legal: legal = limit(legal)
        case .baseline: baseline = limit(baseline)
        case .average: average = limit(average)
        case .advanced: advanced = limit(advanced)
        }
    }
}
