package import Regulation

/// What one enterprise's standards still miss: "three limits from forerunner".
package struct GapAnalysis: Sendable {
    /// The limits of one aim that a standard misses: closest first, by their relative distance.
    package struct Gap: Sendable {
        package let aim: Aim
        package let missed: [RequirementChange]
        /// Innovative indicators still to be brought to the grade's level, of whichever kind; in `missed` are
        /// the closest ones.
        package let innovativeShort: Int
        /// False where no requirements reach the aim.
        package let isReachable: Bool
    }

    package enum Aim: Sendable, Hashable {
        /// To be ranked at all.
        case admission
        /// The next better grade of the graded model.
        case grade(Int)
        /// A rank among the forerunners that the scheme plans, as far as the ranking decides it.
        case forerunnerCut(rank: Int)
        /// Every indicator that applies at advanced level.
        case allAdvanced
    }

    package struct Subject: Sendable {
        package let row: Int
        package let key: String
        /// Nil for a standard that was left out.
        package let rank: Int?
        package let grade: Int?
        package let reasons: [Finding]
        package let indicators: [IndicatorExplanation]
        package let gaps: [Gap]
    }

    /// Last rank that the planned number of forerunners takes in, equal ranks together or not at all (R12);
    /// zero where even the first rank is shared by too many.
    package let cutRank: Int
    /// Of the enterprise, in the order of the list, those left out last.
    package let subjects: [Subject]

    package init(
        of enterprise: CreditCode, scheme: EvaluationScheme, result: RankingResult, standing: Standing,
        cutoff: CivilDate
    ) throws {
        let trial = StandardTrial(scheme: scheme, standing: standing, cutoff: cutoff)
        let places = ResultPlaces(result)
        let cut = Self.cut(of: result, target: scheme.forerunners.targetNumber)
        cutRank = cut
        let analyst = GapAnalyst(
            trial: trial, explainer: Explainer(trial: trial, places: places), places: places, cutRank: cut)
        var subjects: [Subject] = []
        for (position, entry) in result.entries.enumerated()
        where result.standard(of: entry).enterprise == enterprise {
            subjects.append(try analyst.subject(entry, at: position, in: result))
        }
        for exclusion in result.exclusions where result.standard(of: exclusion).enterprise == enterprise {
            subjects.append(try analyst.subject(exclusion, in: result))
        }
        self.subjects = subjects
    }

    static func cut(of result: RankingResult, target: Int) -> Int {
        var cut = 0
        var position = 0
        while position < result.entries.count {
            let rank = result.entries[position].rank
            let end = result.entries[position...].firstIndex { $0.rank > rank } ?? result.entries.count
            guard end <= target else { break }
            cut = rank
            position = end
        }
        return cut
    }
}

/// Works out the gaps of one standard after the other.
private struct GapAnalyst {
    let trial: StandardTrial
    let explainer: Explainer
    let places: ResultPlaces
    let cutRank: Int

    func subject(
        _ entry: RankedEntry, at position: Int, in result: RankingResult
    ) throws -> GapAnalysis.Subject {
        let standard = result.standard(of: entry)
        let candidate = trial.candidate(standard)
        var gaps: [GapAnalysis.Gap] = []
        if let grade = entry.grade, grade > 1 { gaps.append(self.grade(grade - 1, candidate)) }
        if cutRank > 0, entry.rank > cutRank { gaps.append(try forerunner(standard)) }
        gaps.append(allAdvanced(candidate))
        return GapAnalysis.Subject(
            row: entry.row, key: result.key(of: entry), rank: entry.rank, grade: entry.grade, reasons: [],
            indicators: explanations(candidate), gaps: gaps)
    }

    func subject(
        _ exclusion: ExcludedStandard, in result: RankingResult
    ) throws -> GapAnalysis.Subject {
        let standard = result.standard(of: exclusion)
        let explained = try explainer.explanation(of: standard, key: result.key(of: exclusion), at: nil)
        var gaps: [GapAnalysis.Gap] = []
        if case .leftOut(_, let admission?) = explained.outcome {
            gaps.append(gap(.admission, admission))
        }
        return GapAnalysis.Subject(
            row: exclusion.row, key: explained.key, rank: nil, grade: nil, reasons: exclusion.reasons,
            indicators: explained.indicators, gaps: gaps)
    }

    private func explanations(_ candidate: Candidate) -> [IndicatorExplanation] {
        let sum = WeightSum(candidate.judgements, trial.scheme.method)
        return candidate.judgements.map {
            IndicatorExplanation($0, attributes: candidate.standard.attributes, weightSum: sum)
        }
    }

    /// Of alternatives the smallest is the gap.
    private func gap(_ aim: GapAnalysis.Aim, _ improvement: Improvement) -> GapAnalysis.Gap {
        switch improvement {
        case .anyOf(let changes):
            .init(aim: aim, missed: Array(changes.prefix(1)), innovativeShort: 0, isReachable: true)
        case .allOf(let changes):
            .init(aim: aim, missed: changes, innovativeShort: 0, isReachable: true)
        case .unreachable:
            .init(aim: aim, missed: [], innovativeShort: 0, isReachable: false)
        }
    }

    private func forerunner(_ standard: DeclaredStandard) throws -> GapAnalysis.Gap {
        let position = cutRank - 1
        let better = places.standard(at: position)
        // One more with the last rank among them may be one too many for all who share it.
        let inside = places.firstPosition(in: position..<places.count) { places.rank(at: $0) > cutRank }
        let step = try explainer.step(
            of: standard, to: better, trial.key(of: better), before: cutRank,
            orEqual: inside < trial.scheme.forerunners.targetNumber)
        return gap(.forerunnerCut(rank: cutRank), step.improvement)
    }

    /// Every core indicator below the grade's level, and as many innovative ones as are short, closest first.
    private func grade(_ grade: Int, _ candidate: Candidate) -> GapAnalysis.Gap {
        let level: Level = grade == 1 ? .advanced : .average
        let method = trial.scheme.method
        let wanted = grade == 1 ? method.innovativeAdvancedMin : method.innovativeAverageMin
        let core = candidate.core.filter { $0.level < level }
        let innovative = candidate.innovative.filter { $0.level < level && $0.level != .notApplicable }
        let short = max(0, wanted - candidate.innovative.count { $0.level >= level })
        let coreChanges = core.map { change($0, to: level, candidate) }
        let extra = RequirementChange.inOrder(
            innovative.compactMap { change($0, to: level, candidate) }
        ).prefix(short)
        return GapAnalysis.Gap(
            aim: .grade(grade),
            missed: RequirementChange.inOrder(coreChanges.compactMap(\.self) + extra), innovativeShort: short,
            isReachable: !coreChanges.contains { $0 == nil } && extra.count == short)
    }

    private func allAdvanced(_ candidate: Candidate) -> GapAnalysis.Gap {
        let missing = candidate.judgements.filter {
            $0.indicator.kind != .basic && $0.level != .advanced && $0.level != .notApplicable
        }
        let changes = missing.map { change($0, to: .advanced, candidate) }
        return GapAnalysis.Gap(
            aim: .allAdvanced, missed: RequirementChange.inOrder(changes.compactMap(\.self)),
            innovativeShort: 0, isReachable: !changes.contains { $0 == nil })
    }

    /// The least change that brings an indicator to a level; nil when its limits do not allow it.
    private func change(
        _ judgement: IndicatorJudgement, to level: Level, _ candidate: Candidate
    ) -> RequirementChange? {
        let indicator = judgement.indicator
        guard let steps = RequirementSteps(indicator, in: candidate.standard, reference: nil) else {
            return nil
        }
        let least = steps.least {
            IndicatorJudgement(indicator, in: steps.standard(with: $0)).level >= level
        }
        return least.map { RequirementChange(steps, $0) }
    }
}
