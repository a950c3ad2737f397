import Authority
package import Contracts
package import Regulation

/// What an entry's standard declares of the scheme's core indicators: what its title will promise, and what
/// its conformity report is held against.
///
/// Of several declarations of one indicator it is the one that the ranking judged by, which is the worst.
package struct CoreDeclarations {
    package let declarations: [StandardsAPI.Declaration]
    /// Of the declarations, in the same order.
    package let heads: [RankingAPI.IndicatorHead]
    package let requirements: [CoreRequirement]

    package init(_ standard: StandardsAPI.DeclaredStandard, under scheme: EvaluationScheme) throws {
        var declarations: [StandardsAPI.Declaration] = []
        var heads: [RankingAPI.IndicatorHead] = []
        var requirements: [CoreRequirement] = []
        let read = RecordedForm.read([try DeclaredStandard(standard)], under: scheme)[0]
        for indicator in scheme.indicators where indicator.kind == .core {
            let judgement = IndicatorJudgement(indicator, in: read)
            // What is declared of an indicator that does not apply was not judged; it is promised too.
            let judged = judgement.deciding?.declaration
            let place = read.declarations.firstIndex {
                judged == nil ? $0.indicator == indicator.code : $0 == judged
            }
            guard let place else { continue }
            let message = standard.declarations[place]
            declarations.append(message)
            var declaration = read.declarations[place]
            // A declaration without a unit is in the unit of the scheme's variant, as the ranking read it.
            if declaration.unit.isEmpty { declaration.unit = IndicatorResult(judgement).unit }
            heads.append(
                RankingAPI.IndicatorHead(code: indicator.code, name: indicator.name, unit: message.unit))
            requirements.append(
                CoreRequirement(
                    name: indicator.name, direction: indicator.direction,
                    declaration: declaration))
        }
        self.declarations = declarations
        self.heads = heads
        self.requirements = requirements
    }
}

extension Declaration {
    /// A message does not say whether "1" is a number or a grade; the indicator's direction does.
    func read(as direction: Direction) -> Declaration {
        guard case .ordinal = direction else { return self }
        var word = self
        word.value = value.asWord(written)
        return word
    }
}

extension RequirementValue {
    /// A grade may be written as a number or a flag.
    func asWord(_ written: String) -> RequirementValue {
        switch self {
        case .number, .flag: .word(written)
        case .word, .interval: self
        }
    }
}

extension RankingStore {
    /// The standard behind an entry of a list.
    func standard(of entryKey: String, in list: RankingAPI.RankingList) throws
        -> StandardsAPI.DeclaredStandard
    {
        try Fields.found(try standard(key: entryKey, in: list.snapshotId), "declared standard", entryKey)
    }

    func forerunner(
        of entryKey: String, in list: RankingAPI.RankingList, under scheme: EvaluationScheme
    ) throws -> RankingAPI.Forerunner {
        let entry = try Fields.found(try entry(key: entryKey, in: list.id), "entry", entryKey)
        let core = try CoreDeclarations(try standard(of: entryKey, in: list), under: scheme)
        return RankingAPI.Forerunner(
            rank: entry.rank, enterprise: entry.enterprise, syntheticCode: entry.syntheticCode,
            province: entry.province, standardNumber: entry.standardNumber,
            standardName: entry.standardName, models: entry.models, entryKey: entry.key,
            declarations: core.declarations, indicators: core.heads)
    }
}
