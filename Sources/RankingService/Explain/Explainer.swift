package import Regulation

/// Explains standards of one evaluation, one at a time.
package struct Explainer {
    package let trial: StandardTrial
    package let places: any RankedPlaces

    package init(trial: StandardTrial, places: any RankedPlaces) {
        self.trial = trial
        self.places = places
    }

    /// - Parameters:
    ///   - position: where the standard stands in `places`; nil for one that was left out.
    ///   - key: its identity within the list.
    package func explanation(
        of standard: DeclaredStandard, key: String, at position: Int?
    ) throws -> StandardExplanation {
        let candidate = trial.candidate(standard)
        let weightSum = WeightSum(candidate.judgements, trial.scheme.method)
        let outcome: StandardExplanation.Outcome
        if let position {
            outcome = .ranked(try place(of: standard, candidate, at: position))
        } else {
            let reasons = EntryGates.inOrder.flatMap { $0.findings(in: candidate) }
            outcome = .leftOut(reasons, admission: admission(of: standard, reasons))
        }
        return StandardExplanation(
            key: key, standard: standard, outcome: outcome,
            indicators: candidate.judgements.map {
                IndicatorExplanation($0, attributes: standard.attributes, weightSum: weightSum)
            })
    }

    // MARK: Ranked

    private func place(
        of standard: DeclaredStandard, _ candidate: Candidate, at position: Int
    ) throws -> StandardExplanation.Place {
        let key = RankingKey(of: candidate)
        let rank = try places.rank(at: position)
        return StandardExplanation.Place(
            rank: rank, sharedBy: try places.sharing(at: position), entryCount: places.count,
            grade: key.grade, composite: key.composite, advancedCoreCount: candidate.advancedCoreCount,
            ahead: rank == 1 ? nil : try ahead(of: standard, key, rank))
    }

    private func ahead(
        of standard: DeclaredStandard, _ key: RankingKey, _ rank: Int
    ) throws -> StandardExplanation.Ahead {
        let betterRank = try places.rank(at: rank - 2)
        let better = try places.standard(at: betterRank - 1)
        let betterKey = trial.key(of: better)
        // Different ranks have different keys, so some part differs.
        let index = zip(key.parts, betterKey.parts).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
        return StandardExplanation.Ahead(
            rank: betterRank, sharedBy: rank - betterRank, key: try places.key(at: betterRank - 1),
            standard: better, decidingLabel: OrderLabel.labels(of: trial.scheme)[index],
            ownPart: key.parts[index], betterPart: betterKey.parts[index],
            reaching: try step(of: standard, to: better, betterKey, before: rank - 1, orEqual: true),
            passing: try step(of: standard, to: better, betterKey, before: rank - 1, orEqual: false))
    }

    /// What brings a ranked standard to the key of another, or before it.
    package func step(
        of standard: DeclaredStandard, to better: DeclaredStandard, _ betterKey: RankingKey, before end: Int,
        orEqual: Bool
    ) throws -> StandardExplanation.Step {
        let search = ImprovementSearch(standard, by: trial, reference: better) { outcome in
            guard case .ranked(let key) = outcome else { return false }
            return key < betterKey || (orEqual && key.parts == betterKey.parts)
        }
        let improvement = search.improvement()
        let changed: [DeclaredStandard] =
            switch improvement {
            case .anyOf(let changes): changes.map { search.applied([$0]) }
            case .allOf(let changes): [search.applied(changes)]
            case .unreachable: []
            }
        return StandardExplanation.Step(
            improvement: improvement,
            ranks: try changed.map { try places.rank(of: trial.key(of: $0), before: end, by: trial) })
    }

    // MARK: Left out

    /// Gates that other requirements could open.
    static let mendableCodes: Set<String> = [
        BasicIndicatorGate.code, MissingCoreGate.code, LegalLimitGate.code, StricterGate.code,
        BaselineGate.code,
    ]

    private static func isMendable(_ reason: Finding) -> Bool {
        mendableCodes.contains(reason.code) && reason != MissingCoreGate.noneApplies
    }

    /// What would open the gates that requirements can open, whatever the others say.
    private func admission(of standard: DeclaredStandard, _ reasons: [Finding]) -> Improvement? {
        guard reasons.contains(where: Self.isMendable) else { return nil }
        return ImprovementSearch(standard, by: trial, reference: nil) { outcome in
            switch outcome {
            case .ranked: true
            case .leftOut(let reasons): !reasons.contains(where: Self.isMendable)
            }
        }.improvement()
    }
}
