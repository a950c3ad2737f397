/// One standard on the ranking list (企业标准排行榜).
package struct RankedEntry: Sendable, Hashable {
    /// Index of the standard in the result's `standards`.
    package var row: Int
    /// Competition rank: 1, 1, 3.
    package var rank: Int
    /// 1 to 3 for the graded model, nil otherwise.
    package var grade: Int?
    /// Rounded to four decimals; nil where the method composes none.
    package var composite: ExactDecimal?
    /// Core indicators at advanced level.
    package var advancedCoreCount: Int
    /// One for each indicator of the scheme, in its order.
    package var levels: [Level]
    /// 1, or 2, 3, … for further standards with the same key.
    package var occurrence: Int

    package init(
        row: Int, rank: Int, grade: Int?, composite: ExactDecimal?, advancedCoreCount: Int, levels: [Level],
        occurrence: Int
    ) {
        self.row = row
        self.rank = rank
        self.grade = grade
        self.composite = composite
        self.advancedCoreCount = advancedCoreCount
        self.levels = levels
        self.occurrence = occurrence
    }
}

/// One standard left out of the ranking, with every reason, in the order of the gates.
package struct ExcludedStandard: Sendable, Hashable {
    /// Index of the standard in the result's `standards`.
    package var row: Int
    package var reasons: [Finding]
    /// 1, or 2, 3, … for further standards with the same key.
    package var occurrence: Int

    package init(row: Int, reasons: [Finding], occurrence: Int) {
        self.row = row
        self.reasons = reasons
        self.occurrence = occurrence
    }
}

/// What an evaluation found: every standard given is either ranked or left out.
package struct RankingResult: Sendable, Hashable {
    /// The standards evaluated, as they were given.
    package var standards: [DeclaredStandard]
    /// By rank, equal ranks in the neutral order of `NeutralOrder`.
    package var entries: [RankedEntry]
    /// In the neutral order.
    package var exclusions: [ExcludedStandard]

    package init(
        standards: [DeclaredStandard], entries: [RankedEntry], exclusions: [ExcludedStandard]
    ) {
        self.standards = standards
        self.entries = entries
        self.exclusions = exclusions
    }

    package func standard(of entry: RankedEntry) -> DeclaredStandard { standards[entry.row] }
    package func standard(of exclusion: ExcludedStandard) -> DeclaredStandard { standards[exclusion.row] }

    /// Identity of the entry within the list: the standard's key, with "#2", "#3", … for further ones
    /// with the same key.
    package func key(of entry: RankedEntry) -> String { key(entry.row, entry.occurrence) }
    package func key(of exclusion: ExcludedStandard) -> String { key(exclusion.row, exclusion.occurrence) }

    private func key(_ row: Int, _ occurrence: Int) -> String {
        let standard = standards[row]
        return DeclaredStandard.key(
            standard.enterprise, standard.number.text, standard.models, occurrence: occurrence)
    }
}
