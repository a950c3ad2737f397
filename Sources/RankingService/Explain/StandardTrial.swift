package import Regulation

/// Judges one standard by itself, by the plain rules of the law: what stops it, or what it is ordered by.
package struct StandardTrial: Sendable {
    package let scheme: EvaluationScheme
    package let standing: Standing
    /// 数据截止日.
    package let cutoff: CivilDate

    package enum Outcome: Sendable, Hashable {
        /// Every reason, in the order of the gates.
        case leftOut([Finding])
        case ranked(RankingKey)
    }

    package init(scheme: EvaluationScheme, standing: Standing, cutoff: CivilDate) {
        self.scheme = scheme
        self.standing = standing
        self.cutoff = cutoff
    }

    package func candidate(_ standard: DeclaredStandard) -> Candidate {
        Candidate(standard, under: scheme, standing: standing, cutoff: cutoff)
    }

    package func outcome(of standard: DeclaredStandard) -> Outcome {
        let candidate = candidate(standard)
        let reasons = EntryGates.inOrder.flatMap { $0.findings(in: candidate) }
        return reasons.isEmpty ? .ranked(RankingKey(of: candidate)) : .leftOut(reasons)
    }

    package func key(of standard: DeclaredStandard) -> RankingKey { RankingKey(of: candidate(standard)) }
}
